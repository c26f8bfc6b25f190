import {diagnose} from '../diagnose.js';
import type {Diagnosis} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {catalogue, findEntry} from './catalogue.js';
import {recogniseAnswers} from './recognise-answers.js';
import {recogniseCloses} from './recognise-closes.js';
import {recogniseErrors} from './recognise-errors.js';
import {recogniseOpenClaw} from './recognise-openclaw.js';
import {recognisePrograms} from './recognise-programs.js';
import {evidenceOfText, type Sighting, weights} from './sighting.js';
import {textDiagnosis} from './text-diagnosis.js';
import {linesOf} from './text-source.js';

/** A cause that a text was recognised as. */
export interface Recognition {
	/** The line of the text it rests on, as it stands there. */
	readonly line: string;
	readonly diagnosis: Diagnosis;
	/** Made from the text; absent for rows that are recognised by words alone. */
	readonly evidence?: Evidence;
	/** Numbers and addresses of the words are those of the example: the text has none. */
	readonly byExample: boolean;
}

const mostCauses = 6;

/**
 * What a pasted text tells, the most telling first and of equals the last, because it holds now: an error of Node, curl, ssh or a browser, a close of OpenClaw's WebSocket, an HTTP
 * answer, or a message of OpenClaw. The text is a stranger's: it is bounded, it must be sanitised already, and of its values only
 * plain hosts, numbers and ids get into a command. Empty when nothing is recognised.
 */
export function recognise(text: string): readonly Recognition[] {
	const lines = linesOf(text);
	const lastPlaces = new Map(lines.map((line, index) => [line, index]));
	const placeOf = ({line}: Sighting) => lastPlaces.get(line) ?? 0;
	const sightings = [
		...recogniseRows(lines),
		...recogniseOpenClaw(lines),
		...recogniseCloses(lines),
		...recogniseErrors(lines),
		...recogniseAnswers(lines),
		...recognisePrograms(lines),
	].toSorted((a, b) => b.weight - a.weight || placeOf(b) - placeOf(a));
	const found = new Map<string, Recognition>();
	for (const sighting of sightings) {
		const recognition = explained(sighting);
		if (recognition && !found.has(recognition.diagnosis.id)) found.set(recognition.diagnosis.id, recognition);
	}
	return withoutEchoes([...found.values()]).slice(0, mostCauses);
}

/** Lines that a text row knows by its own words. */
function recogniseRows(lines: readonly string[]): readonly Sighting[] {
	const rows = catalogue.flatMap(entry => (entry.kind === 'text' ? [entry.row] : []));
	return lines.flatMap(line =>
		rows.flatMap(row => {
			const found = row.patterns.map(pattern => pattern.exec(line)).find(match => match !== null);
			return found ? [{line, weight: weights.named, id: row.id, values: {...found.groups}}] : [];
		}),
	);
}

function explained(sighting: Sighting): Recognition | undefined {
	const {line, id, values} = sighting;
	if (id !== undefined) {
		const entry = findEntry(id);
		if (entry?.kind === 'text') return {line, diagnosis: textDiagnosis(entry.row, values), byExample: false};
		if (entry?.kind === 'rule') return ofExample(line, entry.id, entry.example);
		return undefined;
	}
	const evidence = evidenceOfText(sighting);
	const {primary, notes} = diagnose(evidence);
	const diagnosis = primary ?? notes[0];
	return diagnosis && {line, diagnosis, evidence, byExample: false};
}

function ofExample(line: string, id: string, example: Evidence): Recognition | undefined {
	const diagnosis = diagnosisOf(id, example);
	return diagnosis && {line, diagnosis, byExample: true};
}

/** The diagnosis with this id in the findings of some evidence. */
export function diagnosisOf(id: string, evidence: Evidence): Diagnosis | undefined {
	const {primary, alternatives, notes} = diagnose(evidence);
	return [primary, ...alternatives, ...notes].find(found => found?.id === id);
}

/** "It failed" beside a known cause tells nothing more. */
function withoutEchoes(recognitions: readonly Recognition[]): readonly Recognition[] {
	const known = recognitions.filter(({diagnosis}) => !diagnosis.id.endsWith('00'));
	return known.length > 0 ? known : recognitions;
}
