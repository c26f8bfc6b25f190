import {fuzzyMatches} from '../fuzzy.js';
import {closeOverlay, type KeyEvent, openOverlay} from '../overlay/overlay.js';
import type {State} from '../state.js';
import {type Step, stay} from '../step.js';
import {type Draft, edit, emptyDraft, insert} from './draft.js';
import {walkTo} from './input-history.js';

/** A search in what was sent before, of this run and of earlier ones. What was typed stays in the composer until something is taken. */
export interface HistorySearch {
	readonly kind: 'history-search';
	readonly query: Draft;
	/** Place among what was found. */
	readonly selected: number;
}

export interface FoundLine {
	/** Place in the input history. */
	readonly position: number;
	readonly text: string;
	/** Where the query stands in it, in UTF-16 code units; absent when only its letters do, in their order. */
	readonly at?: number;
}

/** As much of a line is searched by its letters; a longer one is mostly a paste, and nobody remembers its end. */
const maxFuzzyCharacters = 500;

/** How far PgUp and PgDn go. */
const pageLines = 8;

export function openHistorySearch(state: State): State {
	return state.hasScreen ? openOverlay(state, {kind: 'history-search', query: emptyDraft, selected: 0}) : state;
}

/** Each text once, newest first: those that hold the query as it is, then those that hold its letters in their order. */
export function foundLines(query: string, lines: readonly string[]): readonly FoundLine[] {
	const newest = new Map<string, number>();
	for (const [position, text] of lines.entries()) {
		newest.delete(text);
		newest.set(text, position);
	}
	const all = [...newest].map(([text, position]) => ({position, text})).reverse();
	const wanted = query.toLowerCase();
	if (wanted.trim() === '') return all;
	const holding = all.flatMap(line => {
		const at = line.text.toLowerCase().indexOf(wanted);
		return at === -1 ? [] : [{...line, at}];
	});
	const held = new Set(holding.map(({position}) => position));
	const others = all.filter(({position}) => !held.has(position));
	return [...holding, ...fuzzyMatches(query, others, ({text}) => text.slice(0, maxFuzzyCharacters))];
}

/** Typing narrows, Ctrl+R and ↑ go to older lines, ↓ to newer ones; Enter puts the line into the composer and sends nothing. */
export function pressInHistorySearch(state: State, search: HistorySearch, event: KeyEvent): Step {
	switch (event.type) {
		case 'text-typed':
		case 'text-pasted':
			return stay(narrow(state, search, insert(search.query, event.text.replaceAll('\n', ' '))));
		case 'history-search-requested':
			return stay(move(state, search, 1));
		case 'edit-requested':
			if (event.edit === 'previous-line') return stay(move(state, search, 1));
			if (event.edit === 'next-line') return stay(move(state, search, -1));
			return stay(narrow(state, search, edit(search.query, event.edit).draft));
		case 'scroll-requested':
			return stay(move(state, search, event.direction === 'up' ? -pageLines : pageLines));
		case 'submit-requested':
		case 'completion-requested':
			return stay(take(state, search));
		case 'cancel-requested':
		case 'interrupt-requested':
			return stay(closeOverlay(state));
		default:
			return stay(state);
	}
}

function narrow(state: State, search: HistorySearch, query: Draft): State {
	const selected = query.text === search.query.text ? search.selected : 0;
	return {...state, overlay: {...search, query, selected}};
}

function move(state: State, search: HistorySearch, by: number): State {
	const last = foundLines(search.query.text, state.inputHistory.lines).length - 1;
	return {...state, overlay: {...search, selected: Math.max(0, Math.min(search.selected + by, last))}};
}

/** As if ↑ had led there: ↓ goes on from it, Esc brings back what was typed. */
function take(state: State, search: HistorySearch): State {
	const found = foundLines(search.query.text, state.inputHistory.lines)[search.selected];
	if (found === undefined) return state;
	const {draft, history} = walkTo(state.inputHistory, state.draft, found.position);
	return {...closeOverlay(state), draft, inputHistory: history};
}
