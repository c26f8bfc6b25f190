import type {Locations} from '../config/location.js';
import {openStateFile} from '../config/state-file.js';
import type {Diagnosis} from '../diagnosis/diagnosis.js';
import type {Evidence} from '../diagnosis/evidence.js';
import {findLast, isIdentified} from '../diagnosis/find.js';
import {redactTexts} from '../diagnosis/redact.js';
import type {LastKnownGood} from '../diagnosis/surroundings.js';
import {isUnfinished} from '../diagnosis/unfinished.js';
import {pathTo} from '../network/path-words.js';
import {appendToConnectionLog, type LogRecord, readConnectionLog} from './connection-log.js';
import {type LastStatus, noProfile, statusOf, withStatus} from './last-status-format.js';

/** One look at a gateway, or one question put to it. */
export interface Seen {
	readonly evidence: Evidence;
	readonly by: LogRecord['by'];
	readonly profile?: string | undefined;
	/** How long the gateway took to answer, milliseconds. */
	readonly latencyMs?: number | undefined;
	/** A look at another gateway than the one in use (`status --all`): shell prompts do not change to it. */
	readonly aside?: boolean;
}

/**
 * What is kept between runs of what was seen of gateways: the last status of each (for shell prompts), a line for each change between
 * usable and not, and the evidence of the last failure. Nothing here rejects; what cannot be kept is told to `notice`.
 */
export interface ConnectionMemory {
	/** Keeps one look. Evidence that shows neither a gateway nor a failure is not kept. */
	remember(seen: Seen): Promise<void>;
	/** When this gateway was last usable, as an observation; undefined when that is not known. */
	lastKnownGood(origin: string): Promise<LastKnownGood | undefined>;
}

export function openConnectionMemory(
	locations: Locations,
	now: () => number = Date.now,
	notice: (line: string) => void = () => undefined,
): ConnectionMemory {
	const lastStatus = openStateFile(locations.lastStatusFile, locations, 'last status of the gateways', now);
	const lastFailure = openStateFile(locations.lastFailureFile, locations, 'evidence of the last failure', now);
	const tell = (lines: readonly string[]) => lines.forEach(notice);
	const attempt = async (what: string, work: () => Promise<unknown>) => {
		try {
			await work();
		} catch (error) {
			notice(`the ${what} cannot be kept (${(error as NodeJS.ErrnoException).code ?? 'locked'}).`);
		}
	};
	const lastKnownGood: ConnectionMemory['lastKnownGood'] = async origin => {
		const {lastGoodAt, version} = statusOf((await lastStatus.read()).value, origin) ?? (await lastGoodInLog(locations, origin));
		if (lastGoodAt === undefined) return undefined;
		return {kind: 'last-known-good', layer: 'config', atMs: 0, lastGoodAt, ...(version === undefined ? {} : {version})};
	};
	const remember = async (seen: Seen) => {
		const {diagnose} = await import('../diagnosis/diagnose.js');
		const {primary} = diagnose(seen.evidence);
		// A look that was not finished shows neither that it works nor that it does not.
		if (isUnfinished(primary) || (primary === undefined && !isIdentified(seen.evidence))) return;
		let before: LastStatus | undefined;
		const at = new Date(now()).toISOString();
		const update = (content: Readonly<Record<string, unknown>>) => {
			before = statusOf(content, seen.evidence.target.origin);
			return withStatus(content, keyOf(seen), statusFrom(seen, primary, at, before), seen.aside !== true && !isOfFlag(seen));
		};
		await attempt('last status', async () => tell(await lastStatus.update(update)));
		await attempt('connection log', () => logChange(locations, recordFrom(seen, primary, at, before)));
		if (primary !== undefined) {
			const evidence = redactTexts(seen.evidence);
			await attempt('evidence of the failure', async () => tell(await lastFailure.update(() => ({...evidence}))));
		}
	};
	return {
		remember: seen => attempt('connection', () => remember(seen)),
		lastKnownGood: origin => lastKnownGood(origin).catch(() => undefined),
	};
}

/** A gateway that a flag named is kept under its own address: it is not the one that is used every day. */
function keyOf(seen: Seen): string {
	return seen.profile ?? (isOfFlag(seen) ? seen.evidence.target.origin : noProfile);
}

function isOfFlag({profile, evidence}: Seen): boolean {
	return profile === undefined && evidence.target.source === '--gateway';
}

async function lastGoodInLog(locations: Locations, origin: string): Promise<{lastGoodAt?: string; version?: string}> {
	const {records} = await readConnectionLog(locations);
	const good = records.findLast(record => record.origin === origin && (record.state === 'up' || record.lastGoodAt !== undefined));
	const version = records.findLast(record => record.origin === origin && record.version !== undefined)?.version;
	if (good === undefined) return {};
	return {lastGoodAt: good.state === 'up' ? good.at : (good.lastGoodAt ?? good.at), ...(version === undefined ? {} : {version})};
}

/** The version is that of the last look that told one: what it was when the gateway was last usable. */
function statusFrom(seen: Seen, primary: Diagnosis | undefined, at: string, before: LastStatus | undefined): LastStatus {
	const {evidence, latencyMs} = seen;
	const {origin, addressClass} = evidence.target;
	const version = primary === undefined ? (versionIn(evidence) ?? before?.version) : before?.version;
	const lastGoodAt = primary === undefined ? at : before?.lastGoodAt;
	return {
		at,
		origin,
		ok: primary === undefined,
		exitCode: primary?.exitCode ?? 0,
		...(primary === undefined ? {} : {id: primary.id}),
		path: pathTo(addressClass),
		...(latencyMs === undefined ? {} : {latencyMs: Math.round(latencyMs)}),
		...(version === undefined ? {} : {version}),
		...(lastGoodAt === undefined ? {} : {lastGoodAt}),
	};
}

function versionIn(evidence: Evidence): string | undefined {
	return findLast(evidence, 'gateway-facts', ({version}) => version !== undefined)?.observation.version;
}

function recordFrom(seen: Seen, primary: Diagnosis | undefined, at: string, before: LastStatus | undefined): LogRecord {
	const {evidence, by, profile, latencyMs} = seen;
	const closeCode = findLast(evidence, 'websocket-closed', ({byUs}) => !byUs)?.observation.code;
	const silentMs = findLast(evidence, 'stream-ended')?.observation.silentMs;
	const version = versionIn(evidence);
	return {
		at,
		origin: evidence.target.origin,
		...(profile === undefined ? {} : {profile}),
		state: primary === undefined ? 'up' : 'down',
		by,
		...(primary === undefined ? {} : {id: primary.id}),
		...(primary === undefined || closeCode === undefined ? {} : {closeCode}),
		...(primary === undefined || silentMs === undefined ? {} : {silentMs}),
		path: pathTo(evidence.target.addressClass),
		...(latencyMs === undefined ? {} : {latencyMs: Math.round(latencyMs)}),
		...(version === undefined ? {} : {version}),
		...(primary === undefined || before?.lastGoodAt === undefined ? {} : {lastGoodAt: before.lastGoodAt}),
	};
}

/** A line for a change only; every cut answer is one. */
async function logChange(locations: Locations, record: LogRecord): Promise<void> {
	const {records} = await readConnectionLog(locations);
	const before = records.findLast(({origin}) => origin === record.origin);
	const isChange = before?.state !== record.state || before.id !== record.id || isNewVersion(before, record);
	if (isChange || record.silentMs !== undefined) await appendToConnectionLog(locations, record);
}

function isNewVersion(before: LogRecord, record: LogRecord): boolean {
	return record.version !== undefined && before.version !== undefined && before.version !== record.version;
}
