import {tailMarkdown} from '../../chat/answer/blocks.js';
import {awaitsApproval} from '../../chat/approval/approval.js';
import {approvalFacts, approvalTitle} from '../../chat/approval/approval-words.js';
import {foundLines} from '../../chat/composer/history-search.js';
import {wayText} from '../../chat/connection/status-text.js';
import {narrowed} from '../../chat/overlay/picker.js';
import {answeringOrigin} from '../../chat/panel/panel.js';
import {slashCommands} from '../../chat/slash.js';
import type {Drawing, MarkdownForm} from '../../components/drawing.js';
import type {Findings} from '../../diagnosis/diagnosis.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import type {ColourLevel} from '../../terminal/colour.js';
import {type BoundKey, nameKeys} from '../../terminal/key-bindings.js';
import {keyHelp, keyTable} from '../../terminal/key-table.js';
import {createPalette, type PaletteTheme} from '../../terminal/palette.js';
import {sanitize} from '../../terminal/sanitize.js';
import {wrapLines, wrapRows} from '../../terminal/wrap.js';

/** Columns from which a key is listed with all of its chords. */
const comfortableWidth = 70;
/** Between two looks at a refusal that may end by itself, in milliseconds. */
const usualPauseMs = 30_000;

export interface LateDrawing {
	readonly drawing: Drawing;
	/** Loads the connection panel, when it is first opened. */
	loadPanel(): Promise<void>;
	/** Milliseconds to wait before a refusal is looked at again; undefined when waiting changes nothing. */
	pauseAfterRefusal(evidence: Evidence): number | undefined;
	/** Loads the markdown parser (about 10 ms); from then on the drawing uses it. */
	loadMarkdown(): Promise<void>;
	/** Loads that and the rules of the diagnosis (about 15 ms more). */
	load(): Promise<void>;
	/** Other colours, from the next frame on. */
	setTheme(theme: PaletteTheme): void;
}

const nothingDrawn = {text: '', width: 0, form: 'settled' as MarkdownForm, drawn: ''};

/** A drawing that can paint at once and learns markdown and explanations after the first paint. */
export function createDrawing(
	colour: ColourLevel,
	firstTheme: PaletteTheme,
	keys: readonly BoundKey[] = keyTable,
	hyperlinks = false,
): LateDrawing {
	let render = (text: string, width: number, _form: MarkdownForm) => wrapLines(sanitize(text), width).join('\n');
	let explain: Drawing['explain'] = () => [];
	let troubles: NonNullable<Drawing['toolTroubles']> = () => [];
	let last = nothingDrawn;
	let judge: (evidence: Evidence) => Findings = () => ({alternatives: [], notes: []});
	let panel: NonNullable<Drawing['panel']> = () => ({lines: [], isAtEnd: true});
	let theme = firstTheme;
	let palette = createPalette(colour, theme);
	let drawPanel: (() => void) | undefined;
	const keysNamed = keys.some(({usual}) => usual !== undefined) ? (text: string) => nameKeys(text, keys) : undefined;
	const loadMarkdown = async () => {
		const [{renderMarkdown, renderSource}, {createHighlighter}] = await Promise.all([
			import('../../terminal/markdown.js'),
			import('../../terminal/highlight.js'),
		]);
		const {highlight} = createHighlighter(() => {
			last = nothingDrawn;
		});
		render = (text, width, form) =>
			form === 'source'
				? renderSource(text, width)
				: renderMarkdown(text, {width, colour, theme, hyperlinks, highlight, inProgress: form === 'in-progress'});
		last = nothingDrawn;
	};
	let markdown: Promise<void> | undefined;
	const loadMarkdownOnce = () => {
		markdown ??= loadMarkdown();
		return markdown;
	};
	return {
		drawing: {
			get palette() {
				return palette;
			},
			markdown(text, width, form = 'settled') {
				// The unfinished block is drawn again with every key and every second; mostly it is the same.
				if (text !== last.text || width !== last.width || form !== last.form) last = {text, width, form, drawn: render(text, width, form)};
				return last.drawn;
			},
			tail: tailMarkdown,
			explain: evidence => explain(evidence),
			toolTroubles: evidence => troubles(evidence),
			help: helpLines,
			helpRows: width => ({keys: keyHelp(chordsAt(width), keys), commands: commandRows()}),
			foundLines,
			...(keysNamed && {keysNamed}),
			panel: (state, width, height) => panel(state, width, height),
			narrowed,
			approval: (state, waiting) => ({title: approvalTitle(state, waiting), facts: approvalFacts(state, waiting)}),
			awaitsApproval,
			clock: timeOfDay,
		},
		pauseAfterRefusal(evidence) {
			const {primary} = judge(evidence);
			return primary?.transient ? (primary.retryAfterMs ?? usualPauseMs) : undefined;
		},
		async loadPanel() {
			const {createPanelDrawing} = await import('../../components/panel.js');
			drawPanel = () => {
				panel = createPanelDrawing(palette, answeringOrigin, timeOfDay, keysNamed, wayText);
			};
			drawPanel();
		},
		setTheme(next) {
			theme = next;
			palette = createPalette(colour, next);
			last = nothingDrawn;
			drawPanel?.();
		},
		loadMarkdown: loadMarkdownOnce,
		async load() {
			const [{failureLines}, {diagnose}, {inChat}, {toolTroubles}] = await Promise.all([
				import('../../diagnosis/failure-lines.js'),
				import('../../diagnosis/diagnose.js'),
				import('../../diagnosis/in-chat.js'),
				import('../../diagnosis/tool-trouble.js'),
				loadMarkdownOnce(),
			]);
			judge = diagnose;
			troubles = toolTroubles;
			explain = evidence => failureLines(evidence, inChat(diagnose(evidence), evidence));
		},
	};
}

function helpLines(width: number): readonly string[] {
	return [...wrapRows(commandRows(), width), '', ...wrapRows(lineKeys, width)];
}

/** Line by line the terminal edits the line, and these keys are the chat's. */
const lineKeys: ReadonlyArray<readonly [chord: string, help: string]> = [
	['Enter', 'send'],
	['Ctrl+C', 'stop the answer; twice when idle: quit'],
	['Ctrl+D', 'on an empty line: quit'],
];

function commandRows(): ReadonlyArray<readonly [command: string, help: string]> {
	return slashCommands.map(({name, argument, description}) => [`/${name}${argument ? ` ${argument}` : ''}`, description]);
}

function chordsAt(width: number): number {
	return width < comfortableWidth ? 1 : 3;
}

/** `14:03`, local time. Not Intl's: its first formatter costs 6 ms of the first paint. */
function timeOfDay(at: number): string {
	const date = new Date(at);
	return [date.getHours(), date.getMinutes()].map(part => String(part).padStart(2, '0')).join(':');
}
