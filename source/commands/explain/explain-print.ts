import {clean, diagnosisLines, hang, type ReportStyle} from '../../components/connection-report.js';
import {catalogue, groups} from '../../diagnosis/catalogue/catalogue.js';
import {type Explained, explainEntry} from '../../diagnosis/catalogue/explained.js';
import {type Recognition, recognise} from '../../diagnosis/catalogue/recognise.js';
import {evidenceOfText, weights} from '../../diagnosis/catalogue/sighting.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {sanitize} from '../../terminal/sanitize.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {styleFor} from '../status/status-style.js';
import {explainDocument, listDocument, textDocument} from './explain-document.js';
import type {AskedId} from './explain-ids.js';

/** Prints the rows that were asked for. */
export async function explainIds(context: CommandContext, asked: readonly AskedId[]): Promise<ExitCode> {
	const rows = asked.flatMap(({entries}) => entries.map(explainEntry));
	const unknown = asked.filter(({entries}) => entries.length === 0);
	if (context.flags['json'] === true) writeJson(context, explainDocument(rows, unknown));
	else {
		const style = await styleFor(context);
		const parts = rows.map(row => explainedLines(row, style).join('\n'));
		if (parts.length > 0) context.stdout.write(`${parts.join('\n\n')}\n`);
	}
	for (const {asked: word, near} of unknown) {
		say(context, `There is no diagnosis ${word}. ${near.length > 0 ? `Near it: ${near.join(', ')}.` : ''} All: clawtalk explain`);
	}
	return unknown.length > 0 ? exitCodes.usage : exitCodes.ok;
}

function explainedLines(row: Explained, style: ReportStyle): readonly string[] {
	if (row.kind === 'unseen') {
		return [`${style.palette.bold(clean(row.title))}  [${row.id}]`, ...hang('  ', row.reason, style)];
	}
	const {diagnosis, evidence, onlyInText, samples, seeAlso} = row;
	const about =
		row.kind === 'rule'
			? 'This is an example: its addresses, names, numbers and texts are made up.'
			: 'clawtalk does not observe this itself, and recognises it in a text that it is given.';
	const inText = row.kind === 'rule' && onlyInText !== undefined ? ` It is recognised in text: ${onlyInText}` : '';
	return [
		...diagnosisLines(diagnosis, evidence, {...style, verbose: true}),
		...samples.flatMap((sample, index) => hang(index === 0 ? '  Text  ' : '        ', sample, style)),
		...(seeAlso.length > 0 ? hang('  See   ', seeAlso.join(', '), style) : []),
		...hang('', `${about}${inText} Layer ${diagnosis.layer}, name ${diagnosis.slug}, exit code ${diagnosis.exitCode}.`, style).map(
			style.palette.dim,
		),
	];
}

/** Prints what a pasted text tells. The text is sanitised before anything looks at it. */
export async function explainText(context: CommandContext, text: string): Promise<ExitCode> {
	const found = recognise(sanitize(text));
	if (context.flags['json'] === true) writeJson(context, textDocument(found));
	const [first, ...others] = found;
	if (first === undefined) {
		say(context, 'This text is not recognised. What clawtalk sees itself: clawtalk status. The ids it knows: clawtalk explain');
		return exitCodes.usage;
	}
	if (context.flags['json'] !== true) {
		const style = await styleFor(context);
		context.stdout.write(`${[...recognisedLines(first, style), ...others.flatMap(other => alsoLines(other, style))].join('\n')}\n`);
	}
	return exitCodes.ok;
}

const noEvidence = evidenceOfText({line: '', weight: weights.vague});

function recognisedLines({line, diagnosis, evidence, byExample}: Recognition, style: ReportStyle): readonly string[] {
	const note = byExample ? ['clawtalk itself said this. Addresses, names and numbers that the text does not have are of an example.'] : [];
	return [
		...hang('Text: ', shortened(line), style),
		...diagnosisLines({...diagnosis, evidence: []}, evidence ?? noEvidence, {...style, verbose: true}),
		...note.flatMap(words => hang('', words, style).map(style.palette.dim)),
	];
}

function alsoLines({line, diagnosis}: Recognition, style: ReportStyle): readonly string[] {
	return [...hang('', `Also in the text: ${diagnosis.title} [${diagnosis.id}]`, style), ...hang('  ', shortened(line), style)];
}

function shortened(line: string): string {
	return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** Prints every id with its title, by group. */
export async function listIds(context: CommandContext): Promise<ExitCode> {
	const rows = catalogue.map(explainEntry);
	if (context.flags['json'] === true) {
		writeJson(context, listDocument(rows));
		return exitCodes.ok;
	}
	const style = await styleFor(context);
	const lines = Object.entries(groups).flatMap(([letter, title]) => [
		style.palette.bold(title),
		...rows.filter(({id}) => id.startsWith(letter)).flatMap(row => hang(`  ${row.id}  `, titleOf(row), style)),
		'',
	]);
	context.stdout.write(`${[...lines, 'Addresses, names and numbers are examples. One of them: clawtalk explain ID'].join('\n')}\n`);
	return exitCodes.ok;
}

function titleOf(row: Explained): string {
	return row.kind === 'unseen' ? `${row.title} (no diagnosis of its own)` : row.diagnosis.title;
}

function writeJson({stdout}: CommandContext, document: unknown): void {
	stdout.write(`${JSON.stringify(document)}\n`);
}
