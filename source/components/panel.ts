import type {Panel} from '../chat/panel/panel.js';
import type {State} from '../chat/state.js';
import {diagnose} from '../diagnosis/diagnose.js';
import type {Diagnosis} from '../diagnosis/diagnosis.js';
import type {Evidence} from '../diagnosis/evidence.js';
import {type Explained, explained} from '../diagnosis/explained.js';
import {climb, type LayerReport} from '../diagnosis/ladder.js';
import type {Palette} from '../terminal/palette.js';
import {wrapProse, wrapVerbatim} from '../terminal/wrap.js';
import {clean, hang, noteLines, seenWords, shownFixes, titleLines} from './connection-report.js';
import type {Drawing, PanelDrawn} from './drawing.js';
import {ladderLines, ladderRow} from './ladder-lines.js';
import {nextLook} from './next-look.js';
import {brokenToolLines, nodeLines} from './node-lines.js';
import {type Block, fitting} from './panel-blocks.js';
import {fixBlock} from './panel-fixes.js';
import {panelKeys} from './panel-keys.js';
import {longView} from './panel-views.js';

/** What a panel is drawn from: derived from the evidence, once for each. */
export interface PanelContent {
	readonly panel: Panel;
	readonly state: State;
	readonly told: Explained | undefined;
	readonly rungs: readonly LayerReport[];
	readonly palette: Palette;
	readonly width: number;
	readonly clock: (at: number) => string;
	/** See `Drawing`. */
	readonly keysNamed?: NonNullable<Drawing['keysNamed']>;
	/** Another address at which a gateway answered. */
	readonly otherOrigin: string | undefined;
	/** Which way questions go, and what is known of the gateway by it. */
	readonly way: readonly string[];
}

/** Draws the panel; keeps what it derived, for the frames of an answer that streams below it. */
export function createPanelDrawing(
	palette: Palette,
	findOther: (evidence: Evidence | undefined) => string | undefined,
	clock: (at: number) => string,
	keysNamed?: Drawing['keysNamed'],
	wayText: (state: State) => readonly string[] = () => [],
): (state: State, width: number, height: number) => PanelDrawn {
	let last: {readonly panel: Panel; readonly told: Explained | undefined; readonly rungs: readonly LayerReport[]} | undefined;
	return (state, width, height) => {
		const {panel} = state;
		if (panel === undefined || height < 1) return {lines: [], isAtEnd: true};
		if (last?.panel !== panel) last = {panel, ...derive(panel)};
		const content = {
			...last,
			state,
			palette,
			width,
			clock,
			way: wayText(state),
			otherOrigin: findOther(panel.evidence),
			...(keysNamed && {keysNamed}),
		};
		const keys = panelKeys(content);
		const head = headLine(content);
		const {kind} = panel.view;
		if (kind !== 'summary') return longView(content, head, keys, height);
		// The keys come first: whoever has given the keys to the panel must see how to take them back.
		const blocks = [{rank: 1, lines: [head]}, ...summaryBlocks(content), {rank: -1, lines: keys}];
		const folded = blocks.map(({rank, lines}) => ({rank, lines: lines.flatMap(line => wrapVerbatim(line, width))}));
		const lines = fitting(folded, height);
		return {lines, isAtEnd: true};
	};
}

function derive({evidence, cause, look}: Panel): {readonly told: Explained | undefined; readonly rungs: readonly LayerReport[]} {
	const seen = look?.evidence ?? evidence;
	return {
		told: evidence === undefined ? undefined : explained(evidence, cause),
		rungs: seen === undefined ? [] : climb(seen, diagnose(seen), {pending: look !== undefined}),
	};
}

/** `Connection  http://127.0.0.1:18789 · loopback · from config.json`, in one line. */
function headLine(content: PanelContent): string {
	const {state, panel, told, palette, width} = content;
	const {place} = state;
	const source = (panel.look?.evidence ?? told?.evidence)?.target.source;
	const what = [panel.look ? 'looking' : waiting(content), place.profile, place.origin, place.path, source && `from ${source}`]
		.filter(Boolean)
		.join(' · ');
	const title = 'Connection'.slice(0, width);
	const room = width - title.length - 2;
	const [line = '', ...more] = room < 2 ? [] : wrapVerbatim(clean(what), room - 1);
	const text = more.length === 0 ? line : `${line.trimEnd()}…`;
	return `${panel.focused ? palette.accent(title) : palette.bold(title)}${line === '' ? '' : `  ${palette.dim(text)}`}`;
}

function waiting({panel: {wait}, state: {now}, clock}: PanelContent): string | undefined {
	return wait?.retryAt === undefined ? undefined : nextLook(wait.retryAt, wait.since, now, clock);
}

function summaryBlocks(content: PanelContent): readonly Block[] {
	const {told, rungs, palette, width, panel, state} = content;
	const {primary} = told?.findings ?? {};
	if (told !== undefined && primary !== undefined)
		return [{rank: 4, lines: ladderRow(rungs, {palette, width})}, ...problemBlocks(primary, told.evidence, content)];
	const lamp = panel.look === undefined && told !== undefined ? wrapProse(allWell(content), width).map(palette.good) : [];
	return [
		{rank: 2, lines: ladderLines(rungs, {palette, width})},
		{rank: 6, lines: told === undefined ? [] : nodeLines(told.evidence, {palette, width})},
		{rank: 6, lines: told === undefined ? [] : brokenToolLines(state, told.evidence, {palette, width})},
		{rank: 1, lines: lamp},
		{rank: 3, lines: told === undefined ? [] : content.way.flatMap(line => wrapProse(clean(line), width))},
		...(told === undefined ? [] : [{rank: 5, lines: noteLines(told.findings, told.evidence, {palette, width})}]),
	];
}

function allWell({state: {connection, place}, rungs}: PanelContent): string {
	if (rungs.some(({id, state}) => (id === 'auth' || id === 'chat') && state === 'not-run'))
		return 'Nothing was seen to fail, and not everything was looked at';
	const time = connection.state === 'online' ? ` · ${Math.round(connection.latencyMs)} ms` : '';
	return `All is well as far as can be seen without a question: ${place.path}${time}`;
}

function problemBlocks(diagnosis: Diagnosis, evidence: Evidence, {palette, width}: PanelContent): readonly Block[] {
	const style = {palette, width};
	const {fixes, explanation} = diagnosis;
	const seen = seenLines(diagnosis, evidence, width);
	const rest = fixes.length - shownFixes;
	return [
		{rank: 0, lines: titleLines(diagnosis, style)},
		{rank: 6, lines: seen.slice(0, 1)},
		{rank: 8, lines: seen.slice(1)},
		{rank: 5, lines: hang('  Why   ', explanation, style)},
		...fixes.slice(0, shownFixes).map((fix, index) => ({rank: 2 + index, lines: fixBlock(fix, index, evidence, style)})),
		{rank: 7, lines: rest > 0 ? [palette.dim(`        ${rest} more: d`)] : []},
	];
}

const mostSeen = 4;

function seenLines(diagnosis: Diagnosis, evidence: Evidence, width: number): readonly string[] {
	return seenWords({evidence: withoutEchoes(diagnosis.evidence, evidence)}, evidence)
		.slice(0, mostSeen)
		.flatMap((line, index) => hang(index === 0 ? '  Seen  ' : '        ', line, {width}));
}

/** A bare connection that failed like a request that is shown says nothing more. */
function withoutEchoes(indexes: readonly number[], {observations}: Evidence): readonly number[] {
	const failed = new Set(
		indexes.flatMap(index => {
			const seen = observations[index];
			return seen?.kind === 'network-failure' ? seen.attempts.map(({code, address}) => `${code} ${address}`) : [];
		}),
	);
	return indexes.filter(index => {
		const seen = observations[index];
		return seen?.kind !== 'tcp-attempt' || !failed.has(`${seen.failure?.code} ${seen.address}`);
	});
}
