import {exitCodes} from '../../exit-codes.js';
import type {Fix} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {here, onGatewayHost, readGatewayToken, setToken} from '../fixes.js';
import {enterPassword, secretFixes, secretWord} from '../own-secret.js';
import type {ControlPart} from './control-part.js';
import {approveDevice, listDevices} from './device-refusals.js';
import type {Refusal} from './refusal.js';

type Row = Omit<ControlPart, 'confidence' | 'layer'>;

const rotateDevice = onGatewayHost(
	'if the device is known, give it a new token',
	'openclaw devices rotate --device DEVICE_ID --role operator',
	'has-placeholders',
);

const generateToken: readonly Fix[] = [
	onGatewayHost('see how it signs people in', 'openclaw config get gateway.auth.mode'),
	onGatewayHost('save its configuration first', 'openclaw backup create --verify', 'safe-to-run', {
		since: '2026.8',
		fallback: 'copy ~/.openclaw/openclaw.json',
	}),
	onGatewayHost('let it make a token; this may change other settings too', 'openclaw doctor --generate-gateway-token', 'last-resort'),
];

/** Texts after `unauthorized:` (matrix §3B), the narrower ones first. What stands in parentheses depends on the client. */
const refusals: ReadonlyArray<readonly [RegExp, Row]> = [
	[
		/too many failed authentication attempts/,
		{
			id: 'A20',
			slug: 'auth.locked-out',
			title: 'The gateway refuses this address after wrong tokens',
			explanation: 'Until that ends it refuses the right token too, and every try may prolong it.',
			fixes: [here('wait five minutes, then try once'), readGatewayToken, setToken],
			exitCode: exitCodes.temporary,
			transient: true,
		},
	],
	[
		/device token scope mismatch/,
		{
			id: 'A13',
			slug: 'auth.device.scope',
			title: 'The device is known, but not approved for what it asks',
			explanation: 'Its token is not wrong; it is allowed less.',
			fixes: [listDevices, approveDevice(undefined)],
		},
	],
	[
		/device token (?:mismatch|rejected)/,
		{
			id: 'A12',
			slug: 'auth.device.token',
			title: 'The saved token of this device was revoked or replaced',
			explanation: 'The device has to be approved anew, or sign in with the token of the gateway.',
			fixes: [setToken, listDevices, rotateDevice],
		},
	],
	[
		/(?:token|password) not configured/,
		{
			id: 'A22',
			slug: 'auth.not-configured',
			title: 'The gateway has no token or password to compare with',
			explanation: 'Its configuration names none, or the variable that should hold it is not set where it runs.',
			fixes: generateToken,
		},
	],
	[
		/token missing/,
		{
			id: 'A10',
			slug: 'auth.token.missing',
			title: 'The gateway wants a token, and none was sent',
			explanation: 'It says so on its WebSocket.',
			fixes: [readGatewayToken, setToken],
		},
	],
	[
		/token mismatch/,
		{
			id: 'A11',
			slug: 'auth.token.rejected',
			title: 'The gateway rejected the token that was sent',
			explanation: 'The token may be mistyped or replaced, or belong to another gateway. Trying it again may lock this address out.',
			fixes: [readGatewayToken, setToken],
		},
	],
	[
		/setup code/,
		{
			id: 'A23',
			slug: 'auth.setup-code',
			title: 'The gateway does not take this setup code',
			explanation: 'It is mistyped, too old, revoked, or was used before.',
			fixes: [onGatewayHost('see which devices came in by it', 'openclaw devices list'), readGatewayToken, setToken],
		},
	],
	[
		/tailscale/,
		{
			id: 'A21',
			slug: 'auth.tailscale',
			title: 'The sign-in by Tailscale did not work',
			explanation: 'It works through the address of Tailscale Serve only, and never for the chat endpoint.',
			fixes: [setToken, onGatewayHost('see where Serve leads', 'tailscale serve status')],
		},
	],
	[
		/password/,
		{
			id: 'A23',
			slug: 'auth.password',
			title: 'The gateway wants its password',
			explanation: 'None was sent, or another one. Over HTTP it takes the place of the token.',
			fixes: [here('enter the password where the token goes, hidden', 'clawtalk config set gatewayToken')],
		},
	],
];

/** What a refusal of the credential means. */
export function unauthorizedPart(evidence: Evidence, refusal: Refusal): ControlPart | undefined {
	const {words: reason} = refusal;
	if (!/^(?:repeated )?unauthorized\b/.test(reason)) return undefined;
	const known = refusals.find(([pattern]) => pattern.test(reason))?.[1];
	if (known) return {layer: 'auth', confidence: 'certain', ...withDetails(evidence, known, refusal)};
	return {
		id: 'A23',
		slug: 'auth.unauthorized',
		layer: 'auth',
		confidence: 'likely',
		title: `The gateway refuses the sign-in: ${reason}`,
		explanation: 'It does not say what is wrong with it.',
		fixes: [readGatewayToken, setToken],
	};
}

/** What an answered handshake tells beyond its words: how long to wait, and which credential went with it. */
function withDetails(evidence: Evidence, known: Row, {retryAfterMs, with: credential}: Refusal): Row {
	if (known.id === 'A20') return lockedOut(evidence, known, retryAfterMs);
	if (known.slug === 'auth.password')
		return {...known, fixes: [enterPassword(evidence, 'enter the password where the token goes, hidden')]};
	if (known.id === 'A11' && credential === 'device-token') {
		return {
			...known,
			title: 'The gateway rejected the token that it had given this device',
			fixes: [setToken, listDevices, rotateDevice],
		};
	}
	return known;
}

/** 2026.9.6 says how long, on loopback and beyond alike, but not to a client that comes with a device. */
function lockedOut(evidence: Evidence, known: Row, retryAfterMs: number | undefined): Row {
	const secret = secretWord(evidence);
	const explanation = `Until that ends it refuses the right ${secret} too, and every try may prolong it.`;
	if (retryAfterMs === undefined) {
		const title = `The gateway refuses this address after wrong ${secret}s`;
		return {...known, title, explanation, fixes: [here('wait five minutes, then try once'), ...secretFixes(evidence)]};
	}
	const seconds = Math.ceil(retryAfterMs / 1000);
	return {
		...known,
		title: `The gateway refuses this address for another ${seconds} s, after wrong ${secret}s`,
		explanation,
		fixes: [
			here('wait until that is over, then try once', `clawtalk ask --wait ${seconds + 3}s QUESTION`, 'has-placeholders'),
			...secretFixes(evidence),
		],
		retryAfterMs,
	};
}
