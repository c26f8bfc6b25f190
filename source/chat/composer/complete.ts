import {themeNames, themes} from '../../theme-names.js';
import {gatewayItems} from '../connection/gateway-commands.js';
import {hasControl} from '../conversation/follow-session.js';
import {fuzzyMatches} from '../fuzzy.js';
import {takeOrder} from '../orders.js';
import {hearCheck} from '../overlay/check-choice.js';
import {fillPicker} from '../overlay/choices.js';
import {askedOf, learnChoices} from '../overlay/known-choices.js';
import {closeOverlay, type KeyEvent} from '../overlay/overlay.js';
import {slashCommands} from '../slash.js';
import type {State} from '../state.js';
import {notice, type Step, stay, then, without} from '../step.js';
import {attach} from './attach.js';
import type {Completion, CompletionEvent, CompletionItem} from './completion.js';
import {replaceRange} from './draft.js';
import {mentionOf, type TypedWord, typedWord} from './typed-word.js';
import {changeDraft} from './update-draft.js';

/** After a key of the composer: typing opens or narrows the list, anything else that changes the text closes it. */
export function completeAfter(before: State, step: Step, event: KeyEvent): Step {
	const [after] = step;
	if (after.draft === before.draft && after.overlay === before.overlay) return step;
	if (!isTyping(event) || after.overlay !== undefined || after.phase !== 'open') return then(step, current => stay(closed(current)));
	return then(step, current => open(current));
}

/** Typing, and taking back what was typed; a paste and a walk through the history are whole already. */
function isTyping(event: KeyEvent): boolean {
	if (event.type === 'text-typed') return true;
	return event.type === 'edit-requested' && (event.edit === 'backward-delete-char' || event.edit === 'backward-kill-word');
}

/** A key that is for the list while it is shown, and Tab, which shows it; undefined for the keys of the composer. */
export function pressInCompletion(state: State, event: KeyEvent): Step | undefined {
	const {completion} = state;
	if (completion === undefined || !isShown(completion)) return event.type === 'completion-requested' ? open(closed(state)) : undefined;
	switch (event.type) {
		case 'edit-requested':
			if (event.edit !== 'previous-line' && event.edit !== 'next-line') return undefined;
			return stay(move(state, completion, event.edit === 'previous-line' ? -1 : 1));
		case 'scroll-requested':
			return stay(jump(state, completion, event.direction === 'up' ? -pageItems : pageItems));
		case 'completion-requested':
			return take(state, completion);
		case 'submit-requested':
			return isWritten(state, completion) || isGuessed(completion) ? undefined : take(state, completion);
		case 'cancel-requested':
			return stay({...state, completion: {...completion, items: [], isClosed: true}});
		default:
			return undefined;
	}
}

export function isShown({items, isClosed}: Completion): boolean {
	return items.length > 0 && isClosed !== true;
}

/** The answer to an order; one that is not awaited any more changes nothing. Why there is no list is said where one is waited for alone. */
export function hearCompletions(state: State, {orderId, items, problem}: CompletionEvent): State {
	const {completion} = state;
	const checked = hearCheck(state, orderId, items);
	if (checked !== undefined) return checked;
	if (completion?.order !== orderId) {
		const {overlay} = state;
		const isFor = overlay?.kind === 'picker' && overlay.order !== undefined && overlay.order === orderId;
		if (isFor && problem !== undefined) return notice(closeOverlay(state), `That could not be done: ${problem}.`);
		return fillPicker(
			isFor ? learnChoices(state, overlay.purpose, items) : state,
			orderId,
			items.map(({text, description}) => ({id: text, title: text, ...(description !== undefined && {detail: description})})),
		);
	}
	const {order: _answered, ...rest} = completion;
	const isRanked = rest.source === 'mention' || rest.source === 'files';
	const known = learnChoices(state, rest.source, items);
	return {...known, completion: {...rest, items: isRanked ? items : ranked(rest, items), selected: 0}};
}

/** The agents that the gateway lists, in a list that waits for them. */
export function hearAgents(state: State): State {
	const {completion} = state;
	if (completion?.source !== 'agents' || completion.isClosed) return state;
	return {...state, completion: {...completion, items: ranked(completion, localItems(state, 'agents') ?? [])}};
}

const pageItems = 7;

function closed(state: State): State {
	return state.completion === undefined ? state : without(state, 'completion');
}

/** Opens the list for the word at the caret, or narrows it. */
function open(state: State): Step {
	const word = typedWord(state.draft);
	if (word === undefined) return stay(closed(state));
	const before = state.completion;
	const goesOn = before?.source === word.source && before.from === word.from;
	if (goesOn && before.isClosed) return stay({...state, completion: {...before, ...word}});
	const local = localItems(state, word.source);
	if (local !== undefined) return stay(show(state, word, local));
	if (word.source === 'agents') {
		const waiting = show(state, word, []);
		return [waiting, goesOn ? [] : [{type: 'list-agents'}]];
	}
	if (word.source === 'commands' || word.source === 'themes') return stay(closed(state));
	const {source, query} = word;
	const [ordered, order] = takeOrder(state);
	// What is there stays while the new list is on its way, as far as it still matches.
	const shown = show(ordered, word, goesOn ? before.items : []);
	const completion = shown.completion && {...shown.completion, order};
	return [
		{...shown, ...(completion && {completion})},
		[{type: 'find-completions', orderId: order, source, query, ...askedOf(state, source)}],
	];
}

function show(state: State, word: TypedWord, items: readonly CompletionItem[]): State {
	const {source, from, to, query} = word;
	return {...state, completion: {source, from, to, query, items: ranked(word, items), selected: 0}};
}

/** What is known without asking; undefined where it has to be asked for. */
function localItems(state: State, source: TypedWord['source']): readonly CompletionItem[] | undefined {
	const {agents} = state;
	switch (source) {
		case 'commands':
			return [...commandItems(), ...(hasControl(state) ? gatewayItems(state.gatewayCommands) : [])];
		case 'themes':
			return themeNames.map(name => ({text: name, description: themes[name]}));
		case 'agents':
			// A gateway that was away listed none: it is asked again.
			if (agents === undefined || agents.length === 0) return undefined;
			return [...agents.map(name => ({text: name})), {text: 'default', description: 'the gateway chooses'}];
		default:
			return undefined;
	}
}

function commandItems(): readonly CompletionItem[] {
	return slashCommands.map(({name, argument, description}) => ({
		text: name,
		label: `/${name}${argument === undefined ? '' : ` ${argument}`}`,
		description,
		...(argument !== undefined && {takesArgument: true as const}),
	}));
}

/** Best first; what was typed in full, and commands that begin so, before all others. Files are ranked where they are found. */
function ranked({source, query}: Pick<TypedWord, 'source' | 'query'>, items: readonly CompletionItem[]): readonly CompletionItem[] {
	// A conversation without a name is known by its words, not by its id.
	const matching = fuzzyMatches(query, items, ({text, description}) =>
		source === 'conversations' ? `${text} ${description ?? ''}` : text,
	);
	const exact = matching.findIndex(({text}) => text === query);
	const begins = (item: CompletionItem) => source === 'commands' && query !== '' && item.text.startsWith(query);
	if (exact > 0) return [matching[exact] as CompletionItem, ...matching.filter((_, index) => index !== exact)];
	return matching.some(begins) ? [...matching.filter(begins), ...matching.filter(item => !begins(item))] : matching;
}

function move(state: State, completion: Completion, by: number): State {
	const count = completion.items.length;
	return {...state, completion: {...completion, selected: (completion.selected + by + count) % count}};
}

function jump(state: State, completion: Completion, by: number): State {
	const selected = Math.max(0, Math.min(completion.selected + by, completion.items.length - 1));
	return {...state, completion: {...completion, selected}};
}

/** The selected item stands there in full already, so Enter means what it always means; but not for a command that needs more. */
function isWritten({draft}: State, {source, from, query, items, selected}: Completion): boolean {
	const item = items[selected];
	if (item === undefined || item.text !== query) return false;
	const command = source === 'commands' ? slashCommands.find(({name}) => name === item.text) : undefined;
	return command?.needsArgument !== true || draft.text.slice(from).trimEnd() !== `/${item.text}`;
}

/** A command that only has the typed letters somewhere, and that nobody went to: `/foo` is a mistake, and no /taskflow_inbox. Tab takes it. */
function isGuessed({source, query, items, selected}: Completion): boolean {
	return source === 'commands' && selected === 0 && items[0]?.text.toLowerCase().includes(query.toLowerCase()) === false;
}

/** Puts the selected item into the draft; a folder goes on with what is in it, a file after an `@` is attached. */
function take(state: State, completion: Completion): Step {
	const item = completion.items[completion.selected];
	if (item === undefined) return stay(state);
	const isFolder = item.text.endsWith('/');
	if (completion.source === 'mention' && !isFolder) return takeFile(state, completion, item.text);
	const written = changeDraft(closed(state), replaceRange(state.draft, completion.from, completion.to, writtenOf(completion, item)));
	const goesOn = isFolder || (completion.source === 'commands' && written.draft.text.endsWith(' '));
	return goesOn ? open(written) : stay(written);
}

function takeFile(state: State, {from, to}: Completion, path: string): Step {
	const mention = mentionOf(path);
	const draft = replaceRange(state.draft, from, to, `${mention} `);
	return attach(changeDraft(closed(state), draft), path, mention);
}

function writtenOf({source}: Completion, {text, takesArgument}: CompletionItem): string {
	if (source === 'mention') return /\s/.test(text) ? `@"${text}` : `@${text}`;
	if (source !== 'commands') return text;
	return `/${text}${takesArgument ? ' ' : ''}`;
}
