import {type Frame, isRecord} from './frame.js';
import type {DemoState} from './options.js';
import {type Refusal, refusal} from './refusal.js';

const clientIds =
	'webchat-ui openclaw-control-ui openclaw-browser-copilot openclaw-tui webchat cli gateway-client openclaw-macos openclaw-linux openclaw-ios openclaw-watchos openclaw-android node-host openclaw-worker test fingerprint openclaw-probe'.split(
		' ',
	);

const modes = ['webchat', 'cli', 'ui', 'backend', 'node', 'worker', 'probe', 'test'];

/** Checks the form of the first frame as the generation does, in its order; undefined when it is right. */
export function checkConnect(state: DemoState, frame: Frame): Refusal | undefined {
	const old = state.generation === '2026.2.9';
	const {params} = frame;
	if (frame.method !== 'connect') return refusal('invalid handshake: first request must be connect');
	const client = params['client'];
	if (!isRecord(client)) return refusal("invalid connect params: must have required property 'client'");
	if (!clientIds.includes(String(client['id'])) || (old && client['id'] === 'openclaw-tui')) return notAllowed(old, 'id');
	if (client['mode'] !== undefined && !modes.includes(String(client['mode']))) return notAllowed(old, 'mode');
	const auth = isRecord(params['auth']) ? params['auth'] : {};
	if (old && auth['deviceToken'] !== undefined) return refusal("invalid connect params: at /auth: unexpected property 'deviceToken'");
	const protocol = checkProtocol(old, params);
	if (protocol) return refusal('protocol mismatch', {close: 1002, details: protocol});
	return params['role'] === 'operator' || params['role'] === 'node' ? undefined : refusal('invalid role');
}

function notAllowed(old: boolean, field: string): Refusal {
	const complaint = old
		? `must be equal to constant; at /client/${field}: must match a schema in anyOf`
		: 'must be equal to one of the allowed values';
	return refusal(`invalid connect params: at /client/${field}: ${complaint}`);
}

function checkProtocol(old: boolean, params: Frame['params']): Record<string, unknown> | undefined {
	const expected = old ? 3 : 4;
	const [minimum, maximum] = [Number(params['minProtocol']), Number(params['maxProtocol'])];
	if (minimum <= expected && expected <= maximum) {
		return undefined;
	}

	return old
		? {expectedProtocol: 3}
		: {
				code: 'PROTOCOL_MISMATCH',
				clientMinProtocol: minimum,
				clientMaxProtocol: maximum,
				expectedProtocol: 4,
				minimumProbeProtocol: 3,
			};
}
