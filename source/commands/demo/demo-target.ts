import type {DemoGateway} from '../../demo/options.js';
import {Secret} from '../../diagnosis/redact.js';
import type {Gateway, GatewayTarget, RefusalLedger} from '../../gateway/gateway.js';
import {openGateway} from '../../gateway/open-gateway.js';
import {readingRestMs} from '../../perform/reply-frames.js';
import {isTransportName} from '../../transport-names.js';
import type {FlagValues} from '../command.js';

/** The demo gateway lives as long as this process: a refused token need not be remembered longer. */
const noLedger: RefusalLedger = {
	find: () => Promise.resolve(undefined),
	record: () => Promise.resolve(),
	clear: () => Promise.resolve(),
};

/** clawtalk's own client, pointed at the demo gateway in this process, on the way that `--transport` names; nothing is read from or written to the user's home. */
export function openDemoGateway({origin, token}: DemoGateway, flags: FlagValues = {}): Gateway {
	const transport = String(flags['transport'] ?? 'auto');
	const target: GatewayTarget = {
		origin,
		basePath: '',
		source: 'demo',
		addressClass: 'loopback',
		credential: {kind: 'token', secret: new Secret(token), source: 'demo'},
		headers: {},
		...(isTransportName(transport) && {transport}),
	};
	return openGateway(target, {ledger: noLedger, env: {}, now: Date.now, restMs: readingRestMs, approvals: true});
}
