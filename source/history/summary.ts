import type {LogRecord} from './connection-log.js';

/** What the log says about one gateway since a moment. */
export interface HistorySummary {
	readonly origin: string;
	readonly profile?: string;
	/** ISO 8601: the first change that is known of. */
	readonly since: string;
	readonly state: LogRecord['state'];
	readonly changes: number;
	/** Connections that stood and were lost, by diagnosis, the most frequent first. */
	readonly drops: readonly Drops[];
	/** Failures that were no drops, in the same form: a token that was refused, a turn that failed, a gateway that was not there at first. */
	readonly otherFailures: readonly Drops[];
	/** Versions of the gateway in the order seen, each with when it was first seen. */
	readonly versions: ReadonlyArray<{readonly version: string; readonly since: string}>;
	readonly lastGoodAt?: string;
	/** It was not usable once, as far back as is known: its failures are no drops. */
	readonly neverUsable?: true;
}

export interface Drops {
	readonly id: string;
	readonly count: number;
	/** ISO 8601. */
	readonly lastAt: string;
	/** Median of the silence before answers were cut, milliseconds. */
	readonly silentMs?: number;
	/** All of them came after about the same silence: a time limit of something in between. */
	readonly regular?: true;
}

/** One summary a gateway, the one that changed last first. */
export function summarise(records: readonly LogRecord[], sinceMs: number): readonly HistorySummary[] {
	const recent = records.filter(({at}) => Date.parse(at) >= sinceMs);
	const origins = [...new Set(recent.toReversed().map(({origin}) => origin))];
	return origins.map(origin => summariseOne(recent.filter(record => record.origin === origin)));
}

function summariseOne(records: readonly LogRecord[]): HistorySummary {
	const [first] = records;
	const last = records.at(-1);
	if (first === undefined || last === undefined) throw new Error('a summary needs a record');
	const lastGoodAt = last.state === 'up' ? last.at : lastGoodIn(records);
	return {
		origin: last.origin,
		...(last.profile === undefined ? {} : {profile: last.profile}),
		since: first.at,
		state: last.state,
		changes: records.length,
		drops: byDiagnosis(records.filter((record, index) => isDrop(record, records[index - 1]))),
		otherFailures: byDiagnosis(records.filter((record, index) => record.state === 'down' && !isDrop(record, records[index - 1]))),
		versions: versionsIn(records),
		...(lastGoodAt === undefined ? {neverUsable: true} : {lastGoodAt}),
	};
}

/** Diagnoses of a path or a gateway that is gone; all others are refusals, settings, and what agents and providers could not do. */
const losses = /^(?:[ND]\d\d|H2[1-7]|S0[3-57]|S11|W(?:0[0234579]|08|1[0235789]|2[0123]|25))$/;

/** A connection that stood and was lost. Every cut answer is one; that an outage is explained in other words by and by is none. */
function isDrop({state, id, silentMs, lastGoodAt}: LogRecord, before: LogRecord | undefined): boolean {
	if (state === 'up' || id === undefined || !losses.test(id)) return false;
	if (silentMs !== undefined) return true;
	if (before === undefined) return lastGoodAt !== undefined;
	return before.state === 'up' || before.id === undefined || !losses.test(before.id);
}

function byDiagnosis(records: readonly LogRecord[]): readonly Drops[] {
	const ids = [...new Set(records.flatMap(({id}) => id ?? []))];
	const found = ids.map(id =>
		dropsOf(
			id,
			records.filter(record => record.id === id),
		),
	);
	return found.toSorted((one, other) => other.count - one.count);
}

/** Every record of a failure names the last good moment that was known then. */
function lastGoodIn(records: readonly LogRecord[]): string | undefined {
	const known = records.findLast(({state, lastGoodAt}) => state === 'up' || lastGoodAt !== undefined);
	return known?.state === 'up' ? known.at : known?.lastGoodAt;
}

/** Silences this close to their median are taken for the same time limit. */
const tolerance = 0.1;
const shortestLimitMs = 5000;

function dropsOf(id: string, records: readonly LogRecord[]): Drops {
	const silences = records.flatMap(({silentMs}) => silentMs ?? []).toSorted((one, other) => one - other);
	const median = silences[Math.floor(silences.length / 2)];
	const close = median !== undefined && silences.every(silence => Math.abs(silence - median) <= Math.max(1000, median * tolerance));
	const regular = close && median >= shortestLimitMs && silences.length >= 2 && silences.length === records.length;
	const lastAt = records.at(-1)?.at ?? '';
	return {id, count: records.length, lastAt, ...(median === undefined ? {} : {silentMs: median}), ...(regular ? {regular} : {})};
}

function versionsIn(records: readonly LogRecord[]): HistorySummary['versions'] {
	const versions: Array<{version: string; since: string}> = [];
	for (const {version, at} of records) {
		if (version !== undefined && versions.at(-1)?.version !== version) versions.push({version, since: at});
	}
	return versions;
}
