import type {Diagnosis, Fix} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {here, onGatewayHost, readGatewayToken} from '../fixes.js';
import {secretWord} from '../own-secret.js';
import {authProblem} from './auth-part.js';
import {askedLocalGateway} from './local-gateway.js';

const restart = onGatewayHost(
	'restart it, so that it reads that anew; this ends running answers',
	'openclaw gateway restart',
	'last-resort',
);
const seeService = onGatewayHost('see whether the service brings a token of its own (Linux)', 'systemctl --user cat openclaw-gateway');
const enterPassword: Fix = here('enter the password of the gateway where the token goes, hidden', 'clawtalk config set gatewayToken');

/** Where it was seen that the token of that configuration is another one than ours. */
export function localTokenDiffers(evidence: Evidence): number | undefined {
	const local = askedLocalGateway(evidence);
	return local?.observation.tokenMatches === false ? local.index : undefined;
}

/** A03, A04, A05 and A07: why a gateway on this machine refuses, by its own configuration. `refusal` is the index of its 401. */
export function localExplanation(evidence: Evidence, refusal: number): Diagnosis | undefined {
	const local = askedLocalGateway(evidence);
	if (!local) return undefined;
	const {authMode, token, tokenMatches} = local.observation;
	const seen = {evidence: [refusal, local.index], confidence: 'likely'} as const;
	if (authMode === 'password') {
		// A password was sent, and it is not the right one.
		if (secretWord(evidence) === 'password') return undefined;
		return authProblem({
			...seen,
			id: 'A05',
			slug: 'auth.wants-password',
			title: 'The gateway signs people in with a password, not with a token',
			explanation: 'Its openclaw.json on this machine says so. Over HTTP the password takes the place of the token.',
			fixes: [enterPassword],
		});
	}
	if (authMode === 'trusted-proxy') {
		return authProblem({
			...seen,
			id: 'A07',
			slug: 'auth.trusted-proxy',
			title: 'The gateway lets in only whom its identity proxy vouches for',
			explanation: 'Its openclaw.json on this machine says so. Where it has a password as well, that takes the place of the token here.',
			fixes: [here('use the URL of that proxy', 'clawtalk config set gatewayUrl https://NAME', 'has-placeholders'), enterPassword],
		});
	}
	if (!evidence.credential.set) return undefined;
	if (tokenMatches === true) return olderToken(seen);
	return token === 'variable' && tokenMatches === undefined ? unexpanded(seen) : undefined;
}

type Seen = Pick<Diagnosis, 'evidence' | 'confidence'>;

/** A03. */
function olderToken(seen: Seen): Diagnosis {
	return authProblem({
		...seen,
		id: 'A03',
		slug: 'auth.gateway.older-token',
		title: 'The gateway refuses the very token that its openclaw.json names',
		explanation: 'The running gateway uses another one: from a variable of its service, or from before the file was changed.',
		fixes: [
			seeService,
			restart,
			onGatewayHost(
				'write the service anew from the configuration; this ends running answers',
				'openclaw gateway install --force',
				'last-resort',
			),
		],
	});
}

/** A04. */
function unexpanded(seen: Seen): Diagnosis {
	return authProblem({
		...seen,
		id: 'A04',
		slug: 'auth.gateway.unexpanded',
		title: 'The gateway refuses the token, and names its own only by a variable',
		explanation: 'Where that variable is not set for the gateway, no token fits. It may also be that the token here is wrong.',
		fixes: [readGatewayToken, seeService, onGatewayHost('write the variable with its value into ~/.openclaw/.env'), restart],
		rivals: [{id: 'A02', title: 'The token here is wrong', tellApart: 'the token that the gateway shows'}],
	});
}
