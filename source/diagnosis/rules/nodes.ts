import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import {type NodeState, nodeName, nodesIn} from '../execution-plane.js';
import {findLast} from '../find.js';
import {here, onGatewayHost} from '../fixes.js';
import {approveRequest} from './approve-request.js';
import {seeNodes} from './execution-errors.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'fixes'> & Partial<Diagnosis>;

/** What the list of nodes shows. The chat works all the same: it is a note, or a warning where nothing can run. */
function aboutNodes(index: number, part: Part): Diagnosis {
	return {layer: 'control', severity: 'note', confidence: 'certain', evidence: [index], exitCode: exitCodes.ok, transient: false, ...part};
}

/** E01: nodes are known and the ones that run programs are not connected. One of several that is away stops nothing. */
const offline: Rule = evidence => {
	const nodes = nodesIn(evidence) ?? [];
	const index = findLast(evidence, 'nodes-listed')?.index ?? -1;
	const away = nodes.filter(({online}) => online === 'no');
	if (away.length === 0) return undefined;
	const isAnyThere = nodes.some(({online}) => online === 'yes');
	return aboutNodes(index, {
		id: 'E01',
		slug: 'node.offline',
		severity: isAnyThere ? 'note' : 'warning',
		title: isAnyThere
			? `${away.length} of ${nodes.length} nodes ${away.length === 1 ? 'is' : 'are'} offline: ${namesOf(away)}`
			: `Chat works; the node that runs commands is offline: ${namesOf(away)}`,
		explanation: 'The gateway answers and knows the node, but has no session with it.',
		fixes: [seeNodes, here('on the node, if it does not run: openclaw node restart')],
	});
};

/** E03: a node is connected and waits for the owner of the gateway to allow what it offers. */
const waits: Rule = evidence => {
	const node = nodesIn(evidence)?.find(one => one.waits && one.online === 'yes');
	const index = findLast(evidence, 'nodes-listed')?.index ?? -1;
	return (
		node &&
		aboutNodes(index, {
			id: 'E03',
			slug: 'node.waits',
			severity: 'warning',
			title: `The node ${nodeName(node)} waits for approval, so the agent cannot use what it offers`,
			explanation: 'Its session is online. Whoever approves it lets the agent run its commands.',
			// The list comes first, because a client that may only read is not told the id.
			fixes: [
				onGatewayHost('see which nodes ask', 'openclaw nodes pending'),
				approveRequest('nodes', 'approve it, if it is in that list and you know the machine', node.requestId),
			],
		})
	);
};

/** E05: a node that is connected says what its operating system does not let it do. */
const denied: Rule = evidence => {
	const node = nodesIn(evidence)?.find(one => one.online === 'yes' && one.denied.length > 0);
	const index = findLast(evidence, 'nodes-listed')?.index ?? -1;
	return (
		node &&
		aboutNodes(index, {
			id: 'E05',
			slug: 'node.permission',
			title: `The operating system of the node ${nodeName(node)} denies ${node.denied.slice(0, 4).join(', ')}`,
			explanation: 'What the agent wants to do with it fails there, and nothing else does.',
			fixes: [here('grant the permission in the system settings of the node'), seeNodes],
		})
	);
};

function namesOf(nodes: readonly NodeState[]): string {
	const names = nodes.slice(0, 3).map(nodeName);
	return names.length < nodes.length ? `${names.join(', ')} and ${nodes.length - names.length} more` : names.join(', ');
}

export const nodeRules: readonly Rule[] = [offline, waits, denied];
