import type {ControlObservation, ControlRefused, ControlWelcomed, NodesListed} from './evidence.js';

/** One observation of the control plane as one line of plain fact. */
export function describeControl(seen: ControlObservation): string {
	switch (seen.kind) {
		case 'control-refused':
			return `control plane refused us: ${[seen.code, seen.detail].filter(Boolean).join(' ')} ${seen.message}${request(seen)}`.trim();
		case 'control-welcomed':
			return `control plane welcomed us: ${seen.version === undefined ? '' : `OpenClaw ${seen.version}, `}protocol ${seen.protocol}${missing(seen)}`;
		case 'sequence-gap':
			return `${seen.missing} ${seen.missing === 1 ? 'event is' : 'events are'} missing`;
		case 'nodes-listed':
			return seen.nodes.length === 0 ? 'no nodes' : seen.nodes.map(describeNode).join('; ');
		case 'tool-failed':
			return `tool ${seen.tool} failed${seen.node === undefined ? '' : ` on ${seen.node}`}: ${seen.message}`;
	}
}

function request({requestId, message}: ControlRefused): string {
	return requestId === undefined || message.includes(requestId) ? '' : ` (request ${requestId})`;
}

function missing({missingScopes}: ControlWelcomed): string {
	return missingScopes.length === 0 ? '' : `, without ${missingScopes.join(', ')}`;
}

function describeNode({id, name, connected}: NodesListed['nodes'][number]): string {
	return `node ${name ?? id} ${connected ? 'connected' : 'not connected'}`;
}
