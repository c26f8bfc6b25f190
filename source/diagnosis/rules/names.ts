import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import {findFailedAttempt} from '../find.js';
import {here} from '../fixes.js';
import {hostAndPort} from '../target-words.js';

/** D01: the name servers answered that there is no such name. */
const nameNotFound: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['ENOTFOUND', 'ENODATA']);
	if (!found) return undefined;
	const host = hostAndPort(evidence.target)?.host ?? 'of the gateway';
	const tailnet = evidence.target.addressClass === 'tailnet-name';
	return {
		id: 'D01',
		slug: 'dns.not-found',
		layer: 'dns',
		severity: 'error',
		confidence: 'certain',
		title: `The name ${host} does not exist`,
		explanation: tailnet
			? 'Names under ts.net exist only while Tailscale is connected on this machine. Otherwise the name is misspelt or gone.'
			: 'The name servers of this machine answered that they do not know it: a typing error, or a name of another network.',
		evidence: [found.index],
		fixes: [
			...(tailnet ? [here('see whether Tailscale is connected', 'tailscale status')] : []),
			here('check the spelling of the gateway URL', 'clawtalk config get gatewayUrl'),
			here('use the address instead of the name', 'clawtalk config set gatewayUrl http://ADDRESS:18789', 'has-placeholders'),
		],
		exitCode: exitCodes.nameNotFound,
		transient: false,
	};
};

/** D02: no name server answered, which says nothing about the name. */
const nameServerSilent: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['EAI_AGAIN', 'ETIMEOUT', 'ESERVFAIL', 'EAI_FAIL']);
	if (!found) return undefined;
	return {
		id: 'D02',
		slug: 'dns.no-answer',
		layer: 'dns',
		severity: 'error',
		confidence: 'certain',
		title: 'No name server answered',
		explanation: `So the address of ${hostAndPort(evidence.target)?.host ?? 'the gateway'} is not known: this machine may be offline, behind a sign-in page, or its VPN may be down.`,
		evidence: [found.index],
		fixes: [here('check the network of this machine and try again')],
		exitCode: exitCodes.temporary,
		transient: true,
	};
};

export const nameRules: readonly Rule[] = [nameNotFound, nameServerSilent];
