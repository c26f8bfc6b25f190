import {listNodes} from '../../gateway/control/node-list.js';
import {findLast} from '../find.js';
import type {Look} from './look.js';
import {runProbe} from './run-probe.js';

/** Signing in and asking for the nodes take less than 0.1 s as a rule, in milliseconds. */
const limitMs = 2_500;

/**
 * Signs in on the control plane, asks which nodes there are, and leaves again. A connection that stands is asked and left alone, so that
 * the look of a chat takes nothing from it. No device is shown to a gateway that does not know it: a look leaves no request for approval.
 */
export async function signIn(look: Look): Promise<void> {
	const {control} = look.gateway;
	const {kind} = control.state;
	if (!look.reaches('control') || (!look.signsIn && kind === 'closed')) return;
	await runProbe(look, {name: 'sign-in', layer: 'control', limitMs}, async ({signal, add, join, elapsed}) => {
		const stood = control.state;
		if (stood.kind === 'open') add({...stood.hello.welcomed, atMs: elapsed()});
		else if (stood.kind === 'refused') add({...stood.refusal, atMs: elapsed()});
		if (stood.kind !== 'open' && !look.signsIn) return;
		try {
			if (stood.kind !== 'open') {
				const {evidence} = await control.connect(signal, {offersDevice: false});
				join(withoutEchoes(look, evidence));
			}
			if (control.state.kind !== 'open' || !control.state.hello.scopes.includes('operator.read')) return;
			const startedAt = elapsed();
			const list = await listNodes(control, {signal, timeoutMs: limitMs});
			if (list.ok) add({kind: 'nodes-listed', layer: 'control', atMs: startedAt, tookMs: elapsed() - startedAt, nodes: list.nodes});
		} finally {
			if (stood.kind !== 'open') control.disconnect();
		}
	});
}

/** A token that was refused over HTTP just now is held back here: the refusal itself says more. */
function withoutEchoes<T extends {readonly observations: readonly {readonly kind: string}[]}>({journal}: Look, evidence: T): T {
	const isRefused = findLast(journal.evidence(), 'http-answer', ({status}) => status === 401 || status === 429) !== undefined;
	if (!isRefused && findLast(journal.evidence(), 'credential-withheld') === undefined) return evidence;
	return {...evidence, observations: evidence.observations.filter(({kind}) => kind !== 'credential-withheld')};
}
