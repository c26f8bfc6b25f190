import type {UnseenEntry} from './entry.js';

type Words = readonly [title: string, reason: string];

/** Rows that clawtalk cannot see: with the reason, so that nobody takes its silence for an all-clear. */
const rows: Readonly<Record<string, Words>> = {};

export const unseenEntries: readonly UnseenEntry[] = Object.entries(rows).map(([id, [title, reason]]) => ({
	kind: 'unseen',
	id,
	title,
	reason,
}));
