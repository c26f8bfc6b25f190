import type {Explained} from '../../diagnosis/catalogue/explained.js';
import type {Recognition} from '../../diagnosis/catalogue/recognise.js';
import {describeObservation} from '../../diagnosis/describe.js';
import type {Diagnosis, Findings} from '../../diagnosis/diagnosis.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {redactTexts} from '../../diagnosis/redact.js';
import type {AskedId} from './explain-ids.js';

/**
 * `clawtalk.explain/1`: `{schema, recognised, rows, unknown}`. A row is a diagnosis as in `clawtalk.status/1`, with `kind`, the lines
 * it was `seen` in, `example: true` where its addresses and numbers are made up, and `onlyInText`: why clawtalk does not see it itself, else
 * null. Stable; new keys may be added.
 */
export function explainDocument(rows: readonly Explained[], unknown: readonly AskedId[]): unknown {
	return document(
		rows.length > 0,
		rows.map(rowOf),
		unknown.map(({asked, near}) => ({asked, near})),
	);
}

/** For a text: `line` is the line that a row was recognised in. The first row counts, the others are in the text too. */
export function textDocument(found: readonly Recognition[]): unknown {
	return document(
		found.length > 0,
		found.map(({line, diagnosis, kind, byExample}) => ({
			line: line.slice(0, 300),
			kind,
			...diagnosis,
			seen: [],
			example: byExample,
		})),
		[],
	);
}

/** For the last failure: `of` names it, the first row is the primary problem, `notes` stop nothing. */
export function failureDocument({primary, alternatives, notes}: Findings, evidence: Evidence): unknown {
	const row = (diagnosis: Diagnosis) => ({kind: 'rule', ...diagnosis, seen: seenIn(diagnosis, evidence), example: false});
	const rows = [...(primary ? [primary] : []), ...alternatives].map(row);
	const of = {at: evidence.at, origin: evidence.target.origin};
	return document(primary !== undefined, rows, [], {of, notes: notes.map(row)});
}

/** Every id with its title. */
export function listDocument(rows: readonly Explained[]): unknown {
	return document(
		true,
		rows.map(row => ({id: row.id, kind: row.kind, title: row.kind === 'unseen' ? row.title : row.diagnosis.title})),
		[],
	);
}

function document(recognised: boolean, rows: readonly unknown[], unknown: readonly unknown[], more: object = {}): unknown {
	return redactTexts({schema: 'clawtalk.explain/1', recognised, rows, unknown, ...more});
}

function rowOf(row: Explained): unknown {
	if (row.kind === 'unseen') return row;
	const {kind, diagnosis, evidence, onlyInText, samples, seeAlso} = row;
	return {
		kind,
		...diagnosis,
		seen: seenIn(diagnosis, evidence),
		example: kind === 'rule',
		onlyInText: onlyInText ?? null,
		samples,
		seeAlso,
	};
}

function seenIn({evidence: indexes}: Diagnosis, {observations}: Evidence): readonly string[] {
	return indexes.flatMap(index => observations[index] ?? []).map(describeObservation);
}
