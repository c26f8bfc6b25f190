import {exitCodes} from '../../exit-codes.js';
import type {Fix} from '../diagnosis.js';
import {here, onGatewayHost} from '../fixes.js';
import {approveRequest} from './approve-request.js';
import {setClock} from './clock-fixes.js';
import type {ControlPart} from './control-part.js';
import type {Refusal} from './refusal.js';
import {compareVersions} from './version-fixes.js';

export const listDevices = onGatewayHost('see which devices ask', 'openclaw devices list');

/** Lets one device in; the list of devices comes before it. */
export function approveDevice(requestId: string | undefined): Fix {
	return approveRequest('devices', 'approve this one, if it is in that list and you know the device', requestId);
}

/** What a refusal because of the device means. */
export function devicePart(refusal: Refusal): ControlPart | undefined {
	const {words: reason} = refusal;
	if (/^pairing required/.test(reason)) return pairing(refusal);
	if (/^(?:control ui requires )?device identity required|^control ui requires device identity/.test(reason)) {
		return {
			id: 'A18',
			slug: 'auth.device.required',
			layer: 'auth',
			confidence: 'certain',
			title: 'The gateway wants a signed device identity',
			explanation: 'A token alone is not enough for this client on its WebSocket. Over HTTP it is.',
			fixes: [here('open the chat: it shows the device, and waits for its approval', 'clawtalk'), listDevices],
		};
	}
	if (/^origin not allowed/.test(reason)) {
		return {
			id: 'A19',
			slug: 'auth.origin',
			layer: 'auth',
			confidence: 'certain',
			title: 'The gateway takes the client for a web page of another origin',
			explanation:
				'An Origin header was sent, by a browser or by a proxy that adds one. Its Control UI opens from the origins it allows only.',
			fixes: [
				onGatewayHost('see which origins it allows', 'openclaw config get gateway.controlUi.allowedOrigins'),
				here('if a proxy adds the header, reach the gateway without it'),
			],
		};
	}
	if (/^device signature expired/.test(reason)) return clockDiffers();
	return /^device (?:identity mismatch|nonce|signature invalid|public key invalid|id mismatch)/.test(reason) ? badProof(reason) : undefined;
}

const pairingTitles: ReadonlyArray<readonly [RegExp, string]> = [
	[/higher role/, 'This device asks for a higher role than it was approved for'],
	[/more scopes/, 'This device asks for more permissions than it was approved for'],
	[/changed/, 'This device has changed and waits for a new approval'],
];

/** A16. Only connections from loopback are approved by themselves; the gateway's own LAN and tailnet addresses are not. */
function pairing({words, requestId, requestedScopes = []}: Refusal): ControlPart {
	const asks = requestedScopes.filter(scope => /^[a-z][a-z.]{2,40}$/.test(scope));
	return {
		id: 'A16',
		slug: 'auth.pairing',
		layer: 'auth',
		confidence: 'certain',
		title: pairingTitles.find(([pattern]) => pattern.test(words))?.[1] ?? 'This device waits for approval',
		explanation:
			asks.length === 0
				? 'The owner of the gateway approves it once, on the gateway host. Trying again before that changes nothing.'
				: `The owner of the gateway approves it once, on the gateway host; it asks for ${asks.join(' and ')}. The chat waits, and goes on by itself when that is done.`,
		fixes: [listDevices, approveDevice(requestId)],
	};
}

/** A14, by the gateway's own word. The clock-reading rule tells how far the clocks are apart. */
function clockDiffers(): ControlPart {
	return {
		id: 'A14',
		slug: 'auth.clock',
		layer: 'auth',
		confidence: 'likely',
		title: 'The gateway finds the signature of this device too old: the clocks differ',
		explanation: 'It allows two minutes in most releases. Which of the two clocks is wrong is not known.',
		fixes: setClock,
	};
}

/** The gateway does not know the new one: it has to be approved again. */
const newIdentity = here('if nothing else helps, make a new key; it has to be approved again', 'clawtalk identity reset', 'last-resort');

/** A15. */
function badProof(reason: string): ControlPart {
	return {
		id: 'A15',
		slug: 'auth.device.proof',
		layer: 'auth',
		confidence: 'certain',
		title: `The gateway does not accept the proof of this device: ${reason}`,
		explanation: 'The identity file of the client is damaged, or its version signs in a way this gateway does not know.',
		fixes: [...compareVersions, here('see the key of this device', 'clawtalk identity show'), newIdentity],
		exitCode: exitCodes.authentication,
	};
}
