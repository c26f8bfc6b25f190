import type {Edit} from '../event.js';
import {type Draft, edit, type Fragment, insertFragment, replaceRange} from './draft.js';

/** What the composer remembers of the edits before: what undo takes back, and what was killed. */
export interface Editing {
	/** Drafts to go back to, oldest first. */
	readonly past: readonly Draft[];
	/** Drafts that undo took back, the newest last. */
	readonly future: readonly Draft[];
	/** The text that these steps end in: a draft that came from elsewhere has no steps yet. */
	readonly text: string;
	/** What was killed, the newest last. */
	readonly kills: readonly Fragment[];
	/** The edit before, when nothing else came since: edits of one kind in a row are one step. */
	readonly last?: LastEdit;
}

interface LastEdit {
	readonly kind: EditKind;
	readonly at: number;
	/** Of a yank: where it stands, and which kill it was, counted from the newest. */
	readonly yanked?: {readonly from: number; readonly to: number; readonly back: number};
}

type EditKind = 'typing' | 'deleting' | 'kill-forward' | 'kill-backward' | 'yank' | 'other';

export interface EditedNow {
	readonly draft: Draft;
	readonly editing: Editing;
	readonly atEdge?: true;
}

export const noEditing: Editing = {past: [], future: [], text: '', kills: []};

/** Typing that goes on within this time is one step of undo, in milliseconds. */
const pauseMs = 2_000;
const maxSteps = 300;
/** Code units that all steps of undo may hold together; the newest one is always kept. */
const maxStepsLength = 2_000_000;
const maxKills = 30;

/** Carries out an edit, with what it means after the edits before: kills in a row join, yank and undo bring back. */
export function editNow(editing: Editing, draft: Draft, name: Edit, at: number): EditedNow {
	if (name === 'undo' || name === 'redo') return walkSteps(upToDate(editing, draft), draft, name);
	if (name === 'yank') return yank(editing, draft, draft, {back: 0, at});
	if (name === 'yank-pop') return yankPop(editing, draft, at);
	const {draft: edited, killed, atEdge} = edit(draft, name);
	const kind = kindOf(name);
	const next = changed(killed === undefined ? editing : keepKill(editing, killed, kind), draft, edited, kind, at);
	return {draft: edited, editing: next, ...(atEdge && {atEdge})};
}

/** Notes that the draft became another one; the one before is a step to go back to, unless this goes on with the step before. */
export function changed(before: Editing, from: Draft, to: Draft, kind: EditKind, at: number): Editing {
	const editing = upToDate(before, from);
	if (from.text === to.text) return {...editing, last: {kind, at}};
	const {last} = editing;
	const goesOn = last !== undefined && last.kind === kind && grouped.has(kind) && at - last.at < pauseMs && editing.past.length > 0;
	const past = goesOn ? editing.past : bounded([...editing.past, from]);
	return {...editing, past, future: [], text: to.text, last: {kind, at}};
}

const grouped: ReadonlySet<EditKind> = new Set(['typing', 'deleting']);

function kindOf(name: Edit): EditKind {
	if (name === 'backward-delete-char' || name === 'delete-char') return 'deleting';
	if (name === 'kill-word' || name === 'kill-line') return 'kill-forward';
	return name === 'backward-kill-word' || name === 'unix-line-discard' ? 'kill-backward' : 'other';
}

/** Steps belong to one draft: one that was sent, recalled or restored begins without. */
function upToDate(editing: Editing, {text}: Draft): Editing {
	return editing.text === text ? editing : {past: [], future: [], text, kills: editing.kills};
}

function bounded(past: readonly Draft[]): readonly Draft[] {
	let length = 0;
	const first = past.findLastIndex(({text}, index) => {
		length += text.length;
		return length > maxStepsLength && index < past.length - 1;
	});
	return past.slice(Math.max(first + 1, past.length - maxSteps));
}

function walkSteps({past, future, kills}: Editing, draft: Draft, direction: 'undo' | 'redo'): EditedNow {
	const target = (direction === 'undo' ? past : future).at(-1);
	if (target === undefined) return {draft, editing: {past, future, text: draft.text, kills}};
	const editing =
		direction === 'undo' ? {past: past.slice(0, -1), future: [...future, draft]} : {past: [...past, draft], future: future.slice(0, -1)};
	return {draft: target, editing: {...editing, text: target.text, kills}};
}

/** Kills in a row are one: what is cut backwards goes before, what is cut forwards behind. */
function keepKill(editing: Editing, killed: Fragment, kind: EditKind): Editing {
	const {kills, last} = editing;
	const before = kills.at(-1);
	const joins = before !== undefined && (last?.kind === 'kill-forward' || last?.kind === 'kill-backward');
	if (!joins) return {...editing, kills: [...kills, killed].slice(-maxKills)};
	const [first, second] = kind === 'kill-backward' ? [killed, before] : [before, killed];
	const {caret: _end, ...joined} = insertFragment({...first, caret: first.text.length}, second);
	return {...editing, kills: [...kills.slice(0, -1), joined]};
}

/** @param into The draft, as it is to take the kill. */
function yank(editing: Editing, draft: Draft, into: Draft, {back, at}: {readonly back: number; readonly at: number}): EditedNow {
	const kill = editing.kills.at(-1 - back);
	if (kill === undefined) return {draft, editing};
	const yanked = insertFragment(into, kill);
	const next = changed(editing, draft, yanked, 'yank', at);
	const place = {from: into.caret, to: yanked.caret, back};
	return {draft: yanked, editing: {...next, last: {kind: 'yank', at, yanked: place}}};
}

/** Right after a yank: the kill before that one in its place. */
function yankPop(editing: Editing, draft: Draft, at: number): EditedNow {
	const yanked = editing.last?.yanked;
	if (yanked === undefined || editing.text !== draft.text) return {draft, editing};
	const emptied = replaceRange(draft, yanked.from, yanked.to, '');
	return yank(editing, draft, emptied, {back: (yanked.back + 1) % editing.kills.length, at});
}
