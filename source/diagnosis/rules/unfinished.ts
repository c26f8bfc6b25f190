import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import {type Layer, layers} from '../evidence.js';
import {gatewayStatus, here} from '../fixes.js';
import {unfinishedAt, unfinishedId} from '../unfinished.js';
import {chatWorks} from './chat-works.js';

const questions: Readonly<Record<Layer, string>> = {
	config: 'what the configuration says',
	dns: 'which addresses the name has',
	tcp: 'whether a connection can be made',
	tls: 'who the certificate belongs to',
	identity: 'whether a gateway answers',
	auth: 'whether the gateway takes the token',
	chat: 'whether the chat endpoint is on',
	control: 'whether the gateway greets on its WebSocket',
};

/**
 * X01: nothing was seen to fail, and something that a chat needs was not seen either, because our own time was over. Said only when no
 * other rule names a problem; a look that did not see everything that questions need is never a good one.
 */
export const unfinished: Rule = evidence => {
	const found = layers.flatMap(layer => {
		const open = unfinishedAt(layer, evidence);
		return open ? [{layer, ...open}] : [];
	});
	const [first] = found;
	if (!first) return undefined;
	// Questions go over HTTP: what is not known of the WebSocket stops none of them.
	const matters = first.layer !== 'control' || !chatWorks(evidence);
	const took = first.waitedMs === undefined ? 'The time of the look was over' : `It took longer than ${inSeconds(first.waitedMs)}`;
	return {
		id: unfinishedId,
		slug: 'look.unfinished',
		layer: first.layer,
		severity: matters ? 'error' : 'warning',
		confidence: 'certain',
		title: `${took}: it is not known ${questions[first.layer]}`,
		explanation: 'Nothing was seen to fail. The gateway, the way to it or this machine may be busy.',
		evidence: [...new Set(found.map(({index}) => index))],
		fixes: [here('look once more', 'clawtalk status'), gatewayStatus],
		exitCode: matters ? exitCodes.temporary : exitCodes.ok,
		transient: true,
	};
};

/** `2 s`, `2.5 s`. */
export function inSeconds(ms: number): string {
	return `${Number((ms / 1000).toFixed(1))} s`;
}
