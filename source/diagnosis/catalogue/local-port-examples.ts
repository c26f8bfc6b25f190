import type {Evidence} from '../evidence.js';
import type {ListenerLook, LocalOpenClawLook} from '../surroundings.js';
import {exampleOf} from './entry.js';
import {connectFailure, failure, healthAnswer, identified, localOpenClaw, loopback, port, sibling} from './example-observations.js';

const refused = connectFailure('ECONNREFUSED', '127.0.0.1');
const pluginProxy: Evidence['observations'][number] = {kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'plugin-proxy'};

/** Refused on this machine, and what OpenClaw is set to here. */
function setTo(more: Partial<LocalOpenClawLook>): Evidence {
	return exampleOf([refused, localOpenClaw(more)], loopback);
}

function listener(addresses: readonly string[]): ListenerLook {
	return {kind: 'listener-look', layer: 'tcp', atMs: 30, port, addresses, program: 'node'};
}

/** The port of the gateway on its own machine, and why a gateway does not start. */
export const localPortExamples: Readonly<Record<string, Evidence>> = {
	O01: exampleOf([localOpenClaw({pluginProxyPort: port}), healthAnswer(404, {body: 'json'}), pluginProxy], loopback),
	O02: exampleOf([healthAnswer(404, {body: 'json'}), pluginProxy], loopback),
	O04: exampleOf([failure('request', 'HPE_INVALID_CONSTANT', {bytesRead: 40})]),
	O05: exampleOf([localOpenClaw({bind: 'lan'}), identified, listener(['127.0.0.1', '::1'])], loopback),
	O06: setTo({tailscaleMode: 'serve', bind: 'lan'}),
	O07: setTo({authMode: 'none', bind: 'lan'}),
	O08: setTo({mode: 'remote'}),
	O09: exampleOf([refused, {kind: 'local-openclaw', layer: 'config', atMs: 1, state: 'unparsable'}], loopback),
	O10: setTo({bind: 'custom'}),
	O11: exampleOf([identified, sibling('default-port', 'http://127.0.0.1:19001')], loopback),
};
