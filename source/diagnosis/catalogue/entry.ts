import type {Diagnosis} from '../diagnosis.js';
import type {Evidence, Observation, TargetEvidence} from '../evidence.js';
import type {Weight} from './sighting.js';

/** One row of the catalogue. Every id is in it exactly once, in one of three kinds. */
export type Entry = RuleEntry | TextEntry | UnseenEntry;

/** A row that a rule gives. Its words stand in the rule alone: the example is the evidence that makes the rule say them. */
export interface RuleEntry {
	readonly kind: 'rule';
	readonly id: string;
	/** Small evidence, with addresses and names for documentation, from which `diagnose` gives this id. */
	readonly example: Evidence;
	/** Present when no look and no question shows it: the rule then explains texts alone. What is absent here is shown by a scenario or a live case. */
	readonly inText?: InText;
}

/** Why a row is only recognised in texts, and in which. */
export interface InText {
	readonly reason: string;
	/** Lines as they are met, each recognised as the row. */
	readonly samples: readonly string[];
}

/** A row that this client does not observe itself, and recognises in a text that somebody pastes. */
export interface TextEntry {
	readonly kind: 'text';
	readonly id: string;
	readonly row: TextRow;
}

/** A row without a diagnosis of its own: this client cannot see it, or tells it as another row. */
export interface UnseenEntry {
	readonly kind: 'unseen';
	readonly id: string;
	readonly title: string;
	/** Why, and what to do if it is suspected. */
	readonly reason: string;
}

/** The words of a row, and the texts that it is recognised in. */
export interface TextRow
	extends Pick<Diagnosis, 'id' | 'slug' | 'layer' | 'severity' | 'confidence' | 'title' | 'explanation' | 'fixes' | 'exitCode'>,
		Pick<Partial<Diagnosis>, 'transient' | 'verify'> {
	/** One line each. A named group such as `REQUEST_ID` fills the placeholder of that name in the commands, when its value is safe. */
	readonly patterns: readonly RegExp[];
	/** Texts as they are met, each recognised by a pattern, or by a recogniser that knows the row. */
	readonly samples: readonly string[];
	/** Rows that say more, or that are the cause more often. */
	readonly seeAlso?: readonly string[];
	/** How much its lines say about the cause; they name it unless this says otherwise. */
	readonly weight?: Weight;
}

/** Evidence for an example: a gateway with a documentation name on a private network, with a token, unless told otherwise. */
export function exampleOf(
	observations: readonly Observation[],
	target: Partial<TargetEvidence> = {},
	credential: Partial<Evidence['credential']> = {},
): Evidence {
	return {
		schema: 'clawtalk.evidence/1',
		at: '2026-01-02T12:00:00.000Z',
		target: {origin: 'http://gateway.example:18789', source: 'config.json', addressClass: 'private', ...target},
		credential: {set: true, source: 'config.json', length: 48, sent: true, ...credential},
		observations,
	};
}

export function textEntries(rows: readonly TextRow[]): readonly TextEntry[] {
	return rows.map(row => ({kind: 'text', id: row.id, row}));
}

export function ruleEntries(examples: Readonly<Record<string, Evidence>>, inText: Readonly<Record<string, InText>>): readonly RuleEntry[] {
	return Object.entries(examples).map(([id, example]) => {
		const marked = inText[id];
		return {kind: 'rule', id, example, ...(marked === undefined ? {} : {inText: marked})};
	});
}
