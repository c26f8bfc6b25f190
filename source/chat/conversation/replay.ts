import type {Outcome} from '../../gateway/transport.js';
import type {StoredAnswer, StoredTurn} from '../../transcripts/stored.js';
import {type Block, type BlockScan, emptyScan, endBlocks, scanBlocks, settleBlocks} from '../answer/blocks.js';
import {blockEntries} from '../answer/text-entries.js';
import {modelName} from '../model-name.js';
import type {Ending, NewEntry} from '../state.js';

/** Stored turns as entries, as they were shown when they came: for a conversation that is opened again, printed anew or paged through. */
export function replay(turns: readonly StoredTurn[]): readonly NewEntry[] {
	return turns.flatMap(replayTurn);
}

function replayTurn(turn: StoredTurn): readonly NewEntry[] {
	const {question, attachments, replaces, elsewhere} = turn;
	const asked: NewEntry = {
		kind: 'question',
		isEarlier: true,
		text: question,
		...(attachments !== undefined && {attachments}),
		...(elsewhere && {elsewhere}),
	};
	const anew: readonly NewEntry[] = replaces === undefined ? [] : [{kind: 'notice', text: 'Asked again, in a fresh session:'}];
	return [...anew, asked, ...answerEntries(turn)];
}

/** What came of a question, as it was shown when it came. */
export function answerEntries(turn: StoredTurn): readonly NewEntry[] {
	const {answer} = turn;
	return answer === undefined ? [unanswered(turn)] : [...contentOf(answer), endOf(turn, answer)];
}

/** Text and tool runs, each where it came. */
function contentOf({text, tools = []}: StoredAnswer): readonly NewEntry[] {
	const entries: NewEntry[] = [];
	let scan = emptyScan;
	let at = 0;
	let begun = false;
	const addText = (end: number, finish: (scan: BlockScan) => {readonly scan: BlockScan; readonly blocks: readonly Block[]}) => {
		const scanned = scanBlocks(scan, text.slice(at, end));
		const finished = finish(scanned.scan);
		const blocks = blockEntries({begun}, [...scanned.blocks, ...finished.blocks]);
		entries.push(...blocks.map(block => ({...block, isEarlier: true as const})));
		scan = finished.scan;
		at = Math.max(at, end);
		begun ||= blocks.length > 0;
	};
	for (const {from, ...run} of tools) {
		addText(from, settleBlocks);
		entries.push({kind: 'tool', isEarlier: true, run, ...(entries.at(-1)?.kind === 'tool' && {follows: true})});
	}
	addText(text.length, rest => ({scan: emptyScan, blocks: endBlocks(rest)}));
	return entries;
}

function unanswered({askedAt, agent, elsewhere}: StoredTurn): NewEntry {
	return {
		kind: 'answer-end',
		isEarlier: true,
		outcome: {kind: 'unrecorded', ...(elsewhere && {elsewhere})},
		at: askedAt,
		hadText: false,
		...(agent !== undefined && {agent}),
	};
}

function endOf(turn: StoredTurn, answer: StoredAnswer): NewEntry {
	const {usage, firstTokenMs, totalMs, text, tools} = answer;
	const model = turn.model ?? modelName(answer.model);
	return {
		kind: 'answer-end',
		isEarlier: true,
		outcome: endingOf(answer, turn),
		at: answer.endedAt ?? turn.askedAt,
		hadText: text.trim() !== '',
		...(totalMs !== undefined && {totalMs}),
		...(firstTokenMs !== undefined && {firstTokenMs}),
		...(usage !== undefined && {usage}),
		...(tools !== undefined && {toolRuns: tools.length}),
		...(turn.agent !== undefined && {agent: turn.agent}),
		...(model !== undefined && {model}),
	};
}

const endings: Readonly<Record<string, Outcome>> = {
	empty: {kind: 'empty'},
	failed: {kind: 'failed'},
	refused: {kind: 'refused'},
	unreachable: {kind: 'unreachable'},
	cut: {kind: 'cut'},
	lost: {kind: 'lost'},
	abandoned: {kind: 'abandoned'},
	cancelled: {kind: 'cancelled', by: 'user'},
};

/** A word that a later clawtalk wrote is taken for an end that is not known. */
function endingOf({ended, finishReason}: StoredAnswer, {elsewhere}: StoredTurn): Ending {
	if (ended === 'complete') return {kind: 'complete', finishReason: finishReason ?? 'unstated'};
	const isKnown = ended !== undefined && Object.hasOwn(endings, ended);
	return (isKnown ? endings[ended] : undefined) ?? {kind: 'unrecorded', ...(elsewhere && {elsewhere})};
}

/** The newest turns that fit a terminal of this size, and how many were left out. Of a last answer that is higher, the end. */
export function lastScreenful(
	turns: readonly StoredTurn[],
	{columns, rows}: {readonly columns: number; readonly rows: number},
): {readonly entries: readonly NewEntry[]; readonly left: number} {
	const last = turns.at(-1);
	if (last === undefined) return {entries: [], left: 0};
	const whole = replayTurn(last);
	let height = heightOfAll(whole, columns);
	const shown = [height <= rows ? whole : endOfTurn(whole, columns, rows)];
	let left = turns.length - 1;
	for (let turn = turns[left - 1]; turn !== undefined; turn = turns[left - 1]) {
		const entries = replayTurn(turn);
		height += heightOfAll(entries, columns);
		if (height > rows) break;
		shown.unshift(entries);
		left--;
	}
	return {entries: shown.flat(), left};
}

/** The question, and of its answer as much of the end as fits. */
function endOfTurn(entries: readonly NewEntry[], columns: number, rows: number): readonly NewEntry[] {
	const question = entries.findIndex(({kind}) => kind === 'question') + 1;
	let height = heightOfAll(entries.slice(0, question), columns) + 2;
	let from = entries.length;
	while (from > question && (height < rows || from > entries.length - 2)) {
		const entry = entries[--from];
		if (entry !== undefined) height += heightOf(entry, columns);
	}
	if (from === question) return entries;
	return [
		...entries.slice(0, question),
		{kind: 'notice', text: '… the beginning of this answer is not shown: /less shows all.'},
		...entries.slice(from),
	];
}

function heightOfAll(entries: readonly NewEntry[], columns: number): number {
	return entries.reduce((sum, entry) => sum + heightOf(entry, columns), 0);
}

/** Rows that an entry takes, about. */
function heightOf(entry: NewEntry, columns: number): number {
	if (entry.kind === 'tool' || entry.kind === 'thought')
		return (entry.follows ? 1 : 2) + (entry.kind === 'tool' && entry.run.error ? 1 : 0);
	const text = entry.kind === 'block' ? entry.markdown.trimEnd() : 'text' in entry ? entry.text : '';
	return 1 + text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}
