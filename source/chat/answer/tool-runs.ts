import type {ToolCall} from '../../gateway/transport.js';
import type {ToolEnded} from '../../transcripts/record.js';
import {isHeldBack} from '../approval/tool-approval.js';
import type {Answer, Entry, State} from '../state.js';
import {append, type Step, stay, then} from '../step.js';
import {appendRecord} from './ask.js';
import {settleBlocks} from './blocks.js';
import {blockEntries} from './text-entries.js';
import {rememberRun} from './tool-failures.js';
import {endedRun, hasEnded, heardOf, idOf, type RunningTool} from './tool-run.js';

/** What is remembered of the tools of an answer that have ended. */
export interface EndedTools {
	readonly count: number;
	readonly failed: number;
	/** Of the newest ones: what is said again of them changes nothing. */
	readonly ids: readonly string[];
}

/** More at a time are not believed: the oldest is taken for one whose end was missed. */
const mostRunning = 64;
const mostIds = 256;

/** Takes what was said of a tool run: one that has ended becomes an entry, in its place between what was written before and after. */
export function hearTool(state: State, answer: Answer, heard: ToolCall): Step {
	const id = idOf(heard);
	if (answer.toolsEnded?.ids.includes(id)) return stay({...state, answer});
	const known = answer.tools.find(tool => tool.id === id);
	const running = heardOf(known, heard, state.now);
	const tools = known === undefined ? [...answer.tools, running] : answer.tools.map(tool => (tool === known ? running : tool));
	const next: State = {...state, answer: {...answer, tools}};
	if (hasEnded(heard)) return endTool(rememberRun(next, running, answer.questionId), running);
	const [oldest] = tools;
	return oldest !== undefined && tools.length > mostRunning ? endTool(next, oldest) : stay(next);
}

/** The answer ends: nothing more will be heard of the tools that are running. */
export function endRunningTools(state: State): Step {
	const {answer} = state;
	return (answer?.tools ?? []).reduce<Step>((step, tool) => then(step, current => endTool(current, tool)), stay(state));
}

function endTool(state: State, tool: RunningTool): Step {
	if (state.answer === undefined) return stay(state);
	const written = settleText(state, state.answer);
	const {answer} = written;
	if (answer === undefined) return stay(state);
	const run = endedRun(tool, state.now, isHeldBack(state, tool));
	const {count, failed, ids} = answer.toolsEnded ?? {count: 0, failed: 0, ids: []};
	const after: Answer = {
		...answer,
		tools: answer.tools.filter(({id}) => id !== tool.id),
		toolsEnded: {count: count + 1, failed: failed + (run.ended === 'failed' ? 1 : 0), ids: [...ids.slice(1 - mostIds), tool.id]},
	};
	const record: ToolEnded = {
		kind: 'tool',
		questionId: answer.questionId,
		callId: tool.id,
		at: new Date(state.now).toISOString(),
		from: answer.text.length - answer.scan.pending.length,
		...run,
	};
	return [append({...written, answer: after}, {kind: 'tool', run, ...placeAfter(written)}), [appendRecord(state, record)]];
}

/** What was written before stands above: the text so far is a block of its own, also in the middle of a paragraph. */
export function settleText(state: State, answer: Answer): State {
	const {scan, blocks} = settleBlocks(answer.scan);
	const entries = blockEntries(answer, blocks);
	return append({...state, answer: {...answer, scan, begun: answer.begun || entries.length > 0}}, ...entries);
}

/** Says something about the answer under way where it happened: between what was written before and after. */
export function noticeInPlace(state: State, text: string): State {
	return append(state.answer === undefined ? state : settleText(state, state.answer), {kind: 'notice', text});
}

/** Tool runs and thoughts that follow each other stand together. */
export function placeAfter({entries}: State): {readonly follows?: true} {
	const kind = entries.at(-1)?.kind;
	return kind === 'tool' || kind === 'thought' ? {follows: true} : {};
}

export type RunEntry = Extract<Entry, {kind: 'tool' | 'thought'}>;

/** The tool runs and thoughts of the answers in memory, oldest first. */
export function runsIn({entries}: Pick<State, 'entries'>): readonly RunEntry[] {
	return entries.filter((entry): entry is RunEntry => (entry.kind === 'tool' && !entry.isUnfolded) || entry.kind === 'thought');
}
