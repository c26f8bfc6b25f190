import type {Entry} from '../chat/state.js';
import {sanitize, sanitizeLine} from '../terminal/sanitize.js';
import {wrapLines, wrapProse} from '../terminal/wrap.js';
import {answerEndLines} from './answer-end.js';
import {prompt} from './composer.js';
import {cutLine} from './cut-line.js';
import {type Drawing, withKeys} from './drawing.js';
import {failureLines} from './failure-lines.js';
import {thoughtLine, toolLines, unfoldedTool} from './run-lines.js';
import {toolTroubleLines} from './tool-trouble-lines.js';

/** One entry of the conversation as lines of at most `width` cells; `raw`: markdown as it came. */
export function entryLines(entry: Entry, width: number, drawing: Drawing, raw = false): readonly string[] {
	const {palette} = drawing;
	switch (entry.kind) {
		case 'banner':
			return wrapLines(sanitize(entry.text), width).map(line => palette.dim(line));
		case 'question':
			return [
				'',
				...(entry.elsewhere && entry.text === '' ? [] : questionLines(entry.text, width, drawing)),
				...unnamedFiles(entry, width, drawing),
				...whoAsked(entry, width, drawing),
			];
		case 'block':
			return [
				...(entry.continues ? [] : ['']),
				raw ? drawing.markdown(entry.source ?? entry.markdown, width, 'source') : drawing.markdown(entry.markdown, width),
			];
		case 'answer-end':
			return [...(entry.outcome.kind === 'complete' ? [] : ['']), ...answerEndLines(entry, width, drawing)];
		case 'tool':
			return [...gap(entry), ...(entry.isUnfolded ? unfoldedTool : toolLines)(entry.run, width, drawing)];
		case 'thought':
			return [...gap(entry), thoughtLine(entry, width, drawing)];
		case 'notice':
			return [
				'',
				...wrapLines(withKeys(sanitize(entry.text), drawing), width).map(line => palette.dim(line)),
				...(entry.tools ? toolTroubleLines(drawing.toolTroubles?.(entry.tools) ?? [], width, drawing) : []),
			];
		case 'help':
			return ['', ...drawing.help(width)];
		case 'failure':
			return ['', ...failureLines(entry.evidence, width, drawing, entry.isBrief ? 1 : undefined)];
	}
}

/** Runs that follow each other stand together. */
function gap({follows}: {readonly follows?: true}): readonly string[] {
	return follows ? [] : [''];
}

/** Files that travelled with a question and that its text does not name. */
function unnamedFiles({text, attachments = []}: Extract<Entry, {kind: 'question'}>, width: number, {palette}: Drawing): readonly string[] {
	const names = attachments.map(sanitizeLine).filter(name => !text.includes(name));
	return names.flatMap(name => wrapProse(`+ ${name}`, Math.max(1, width - prompt.length))).map(line => palette.dim(`  ${line}`));
}

/** What was said on another surface of the gateway is not taken for one's own words. */
function whoAsked({text, elsewhere}: Extract<Entry, {kind: 'question'}>, width: number, {palette}: Drawing): readonly string[] {
	if (elsewhere === undefined) return [];
	return [palette.dim(cutLine(text === '' ? 'The agent spoke by itself:' : '  asked elsewhere', width))];
}

function questionLines(text: string, width: number, {palette}: Drawing): readonly string[] {
	return wrapLines(sanitize(text), Math.max(1, width - prompt.length)).map((line, index) =>
		index === 0 ? palette.accent(prompt) + palette.bold(line) : line && `  ${palette.bold(line)}`,
	);
}
