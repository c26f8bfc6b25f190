import type {State} from '../chat/state.js';
import type {Evidence} from '../diagnosis/evidence.js';
import {nodeName, nodesIn, nodeWords} from '../diagnosis/execution-plane.js';
import {toolTroubles} from '../diagnosis/tool-trouble.js';
import {hang, type ReportStyle} from './connection-report.js';

/** More nodes than these are counted, not shown. */
const mostShown = 4;

/**
 * What runs commands for the agent: a line a node, with three facts that can each be missing while the chat works. Nothing where the
 * gateway was not asked, or has none.
 */
export function nodeLines(evidence: Evidence, style: ReportStyle): readonly string[] {
	const nodes = nodesIn(evidence) ?? [];
	const lines = nodes.slice(0, mostShown).map(node => `${nodeName(node)}: ${nodeWords(node)}`);
	const rest = nodes.length - mostShown;
	const told = rest > 0 ? [...lines, `and ${rest} more: clawtalk nodes`] : lines;
	return told.flatMap((line, index) => hang(index === 0 ? 'Nodes     ' : '          ', line, style));
}

/**
 * Why tools of the agent failed, until the same can be done again: what the gateway lists of its nodes need not show it. Where tools are not
 * seen, what the answers of this conversation let guess.
 */
export function brokenToolLines(
	{toolFailures = [], toolGuess, conversation}: State,
	evidence: Evidence,
	style: ReportStyle,
): readonly string[] {
	const observations = toolFailures.flatMap(({seen, isOver}) => (isOver ? [] : [seen]));
	const troubles = toolTroubles({...evidence, observations}).flatMap(({title, fix}) => [title, ...(fix === undefined ? [] : [fix])]);
	const guess = toolGuess?.conversationId === conversation.id ? toolGuess.text : undefined;
	const told = guess === undefined ? troubles : [...troubles, guess];
	return told.flatMap((text, index) => hang(index === 0 ? 'Tools     ' : '          ', text, style));
}
