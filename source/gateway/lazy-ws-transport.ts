import type {WsTransportOptions} from './control/ws-transport.js';
import type {ControlPlane} from './control-plane.js';
import type {Relation} from './relation.js';
import type {Transport} from './transport.js';
import {wsCapabilities} from './ws-capabilities.js';

/** Questions over the control plane; what they need is loaded with the first, or when the connection stands. */
export function createLazyWsTransport(relation: Relation, control: ControlPlane, options: WsTransportOptions): Transport {
	let loading: Promise<Transport> | undefined;
	let loaded: Transport | undefined;
	const closing = new AbortController();
	const load = () => {
		loading ??= import('./control/ws-transport.js').then(({createWsTransport}) => {
			loaded = createWsTransport(relation, control, options);
			return loaded;
		});
		return loading;
	};
	return {
		get capabilities() {
			return wsCapabilities(control.state);
		},
		async send(question, signal, emit) {
			const transport = await load();
			// Closed meanwhile: nothing would end what is begun now.
			return transport.send(question, closing.signal.aborted ? closing.signal : signal, emit);
		},
		close() {
			closing.abort();
			if (loaded === undefined) control.disconnect();
			else loaded.close();
		},
	};
}
