import {forSameTarget, statusCommand, verifyCommand} from '../client-commands.js';
import {diagnose} from '../diagnose.js';
import type {Diagnosis} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {catalogue, findEntry} from './catalogue.js';
import {diagnosisOf} from './diagnosis-of.js';
import {asText} from './in-doubt.js';
import {recogniseOwnIds, recogniseOwnTitles} from './own-words.js';
import {recogniseAnswers} from './recognise-answers.js';
import {recognisePages} from './recognise-browsers.js';
import {recogniseCloses} from './recognise-closes.js';
import {recogniseErrors} from './recognise-errors.js';
import {recogniseOpenClaw} from './recognise-openclaw.js';
import {recognisePrograms} from './recognise-programs.js';
import {evidenceOfText, type Sighting, weights} from './sighting.js';
import {sshRows} from './ssh-rows.js';
import {textDiagnosis} from './text-diagnosis.js';
import {linesOf} from './text-source.js';
import {wordsOfText} from './text-words.js';

/** A cause that a text was recognised as. */
export interface Recognition {
	/** The line of the text it rests on, as it stands there. */
	readonly line: string;
	readonly diagnosis: Diagnosis;
	/** Made from the text; absent for rows that are recognised by words alone. */
	readonly evidence?: Evidence;
	readonly kind: 'rule' | 'text';
	/** Below the title, names, numbers and addresses are those of the example: clawtalk named the row itself and no more of it is known. */
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
	const own = recogniseOwnIds(lines);
	const isOwn = new Set(own.map(({line}) => line));
	const told = lines.filter(line => !isOwn.has(line));
	const sightings = inOrder([...own, ...recogniseTold(told)], lines);
	const found = withoutEchoes(unique(sightings));
	return (found.length > 0 ? found : unique(inOrder(recogniseOwnTitles(lines), lines))).slice(0, mostCauses);
}

/** What other programs say. A line in which ssh speaks of itself is about no gateway, whatever words of the system it has. */
function recogniseTold(lines: readonly string[]): readonly Sighting[] {
	const ofSsh = (line: string) => sshRows.some(({patterns}) => patterns.some(pattern => pattern.test(line)));
	const others = lines.filter(line => !ofSsh(line));
	return [
		...recogniseRows(lines),
		...recogniseOpenClaw(others),
		...recogniseCloses(others),
		...recogniseErrors(others),
		...recogniseAnswers(others),
		...recognisePrograms(others),
		...recognisePages(others),
	];
}

function inOrder(sightings: readonly Sighting[], lines: readonly string[]): readonly Sighting[] {
	const lastPlaces = new Map(lines.map((line, index) => [line, index]));
	const placeOf = ({line}: Sighting) => lastPlaces.get(line) ?? 0;
	return sightings.toSorted((a, b) => b.weight - a.weight || placeOf(b) - placeOf(a));
}

/** Each id once; what was made from the text itself before what is only known by an example. */
function unique(sightings: readonly Sighting[]): readonly Recognition[] {
	const found = new Map<string, Recognition>();
	for (const sighting of sightings) {
		const recognition = explained(sighting);
		const known = recognition && found.get(recognition.diagnosis.id);
		if (recognition && (!known || (known.byExample && !recognition.byExample))) found.set(recognition.diagnosis.id, recognition);
	}
	return [...found.values()];
}

/** Lines that a text row knows by its own words. */
function recogniseRows(lines: readonly string[]): readonly Sighting[] {
	const rows = catalogue.flatMap(entry => (entry.kind === 'text' ? [entry.row] : []));
	return lines.flatMap(line =>
		rows.flatMap(row => {
			const found = row.patterns.map(pattern => pattern.exec(line)).find(match => match !== null);
			return found ? [{line, weight: row.weight ?? weights.named, id: row.id, values: {...found.groups}}] : [];
		}),
	);
}

function explained(sighting: Sighting): Recognition | undefined {
	const {line, id} = sighting;
	if (id !== undefined) return named(id, sighting);
	const evidence = evidenceOfText(sighting);
	const {primary, notes} = diagnose(evidence);
	const diagnosis = primary ?? notes[0];
	return diagnosis && {line, diagnosis: complete(asText(diagnosis, sighting), sighting), evidence, kind: 'rule', byExample: false};
}

/** A row that the text names by its words or its id. */
function named(id: string, sighting: Sighting): Recognition | undefined {
	const {line, values, own} = sighting;
	const entry = findEntry(id);
	if (entry?.kind === 'text') {
		const diagnosis = asText(textDiagnosis(entry.row, values), sighting);
		return {line, diagnosis: complete({...diagnosis, ...own}, sighting), kind: 'text', byExample: false};
	}
	const example = entry?.kind === 'rule' ? diagnosisOf(id, entry.example) : undefined;
	if (!example) return undefined;
	if (own) return {line, diagnosis: complete({...example, ...own}, sighting), kind: 'rule', byExample: true};
	return {line, diagnosis: complete({...example, ...wordsOfText[id]?.(line)}, sighting), kind: 'rule', byExample: false};
}

/** With commands about the gateway that the text names. */
function complete(diagnosis: Diagnosis, sighting: Sighting): Diagnosis {
	const evidence = evidenceOfText(sighting);
	const rivals = diagnosis.rivals?.map(rival =>
		rival.tellApart === 'clawtalk status' ? {...rival, tellApart: statusCommand(evidence)} : rival,
	);
	const fitted = forSameTarget(rivals ? {...diagnosis, rivals} : diagnosis, evidence);
	// A look at a gateway shows nothing of ssh, and what is in order has nothing to mend.
	const hasNoLook = fitted.slug.startsWith('ssh.') || fitted.severity === 'note';
	return hasNoLook ? fitted : {...fitted, verify: verifyCommand(fitted, evidence)};
}

/** "It failed" beside a known cause tells nothing more. */
function withoutEchoes(recognitions: readonly Recognition[]): readonly Recognition[] {
	const known = recognitions.filter(({diagnosis}) => !diagnosis.id.endsWith('00'));
	return known.length > 0 ? known : recognitions;
}
