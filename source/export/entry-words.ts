import {modelName} from '../chat/model-name.js';
import type {ExportedAnswer, ExportedConversation, ExportedTurn} from './exported-conversation.js';

/** The words that the readable formats share. They come from files: whoever prints them makes them safe first. */

/** `2026-11-21 15:06 UTC`. */
export function moment(at: string): string {
	return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** What stands under the title. The address of the gateway and the session key are left out: readable exports are passed on. */
export function aboutConversation({createdAt, updatedAt, entries}: ExportedConversation): readonly string[] {
	const turns = entries.filter(({kind}) => kind === 'turn').length;
	const asked = turns === 1 ? '1 question' : `${turns} questions`;
	const times = moment(createdAt) === moment(updatedAt) ? moment(createdAt) : `${moment(createdAt)} – ${moment(updatedAt)}`;
	return [times, asked];
}

/** Who answers, and when and how: `Agent main · gpt-5 · 2.1 s · 340 tokens`. */
export function aboutAnswer({agent, model}: ExportedTurn, answer: ExportedAnswer | undefined): string {
	const named = model ?? modelName(answer?.model);
	return [
		agent === undefined ? 'Agent' : `Agent ${agent}`,
		...(named === undefined ? [] : [named]),
		...(answer?.totalMs === undefined ? [] : [`${(answer.totalMs / 1000).toFixed(1)} s`]),
		...(answer?.usage === undefined ? [] : [`${answer.usage.completionTokens} tokens`]),
	].join(' · ');
}

/** What has to be said after an answer; undefined when it is whole. */
export function endingWords(answer: ExportedAnswer | undefined): string | undefined {
	if (answer === undefined) return 'No answer was kept.';
	const {ended, finishReason, text} = answer;
	if (ended === 'complete') return finishReason === 'length' ? 'Stopped at the length limit of the model; not complete.' : undefined;
	const words = (Object.hasOwn(endings, ended) ? endings[ended] : undefined) ?? `Not complete (${ended}).`;
	return text.trim() === '' ? `${words} No text came.` : `${words} What came is kept.`;
}

const endings: Readonly<Record<string, string>> = {
	cancelled: 'Stopped by the user.',
	cut: 'The connection broke off.',
	abandoned: 'The gateway fell silent.',
	failed: 'The turn failed at the gateway.',
	empty: 'The turn ended.',
	refused: 'The gateway refused the question.',
	unreachable: 'The gateway was not reached.',
	unrecorded: 'clawtalk ended before the answer did.',
};

/** What happened beside questions and answers; undefined for what readers need not know. */
export function asideWords(entry: ExportedConversation['entries'][number]): string | undefined {
	switch (entry.kind) {
		case 'notice':
			return entry.text;
		case 'session':
			return 'A fresh session of the gateway began here.';
		case 'forked':
			return 'Copied up to here from another conversation.';
		case 'renamed':
		case 'turn':
			return undefined;
	}
}
