/** What the last look at one gateway found. */
export interface LastStatus {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly origin: string;
	readonly ok: boolean;
	readonly exitCode: number;
	/** Of the primary diagnosis. */
	readonly id?: string;
	readonly path: string;
	readonly latencyMs?: number;
	readonly version?: string;
	/** When it was last usable, ISO 8601. */
	readonly lastGoodAt?: string;
}

/** The name under which a gateway without a profile is kept. */
export const noProfile = 'default';

const schema = 'clawtalk.last-status/1';
const mostEntries = 64;

/** The content with this look in it; `isLatest`: it is the one that `--cached` shows when no profile is named. */
export function withStatus(
	content: Readonly<Record<string, unknown>>,
	profile: string,
	status: LastStatus,
	isLatest: boolean,
): Readonly<Record<string, unknown>> {
	const others = Object.entries(entriesIn(content)).filter(([name]) => name !== profile);
	const kept = others.toSorted(([, one], [, other]) => other.at.localeCompare(one.at)).slice(0, mostEntries - 1);
	const latest = isLatest || typeof content['latest'] !== 'string' ? profile : content['latest'];
	return {schema, latest, gateways: Object.fromEntries([[profile, status], ...kept])};
}

/** What is kept of a profile, or of the latest one. */
export function statusIn(content: unknown, profile?: string): (LastStatus & {readonly profile: string}) | undefined {
	if (!isRecord(content)) return undefined;
	const name = profile ?? content['latest'];
	if (typeof name !== 'string') return undefined;
	const found = entriesIn(content)[name];
	return found && {...found, profile: name};
}

/** The newest of an origin, and under which profile it is kept. */
export function statusOf(content: unknown, origin: string): (LastStatus & {readonly profile: string}) | undefined {
	if (!isRecord(content)) return undefined;
	const [newest] = Object.entries(entriesIn(content))
		.map(([profile, entry]) => ({...entry, profile}))
		.filter(entry => entry.origin === origin)
		.toSorted((one, other) => other.at.localeCompare(one.at));
	return newest;
}

function entriesIn(content: Readonly<Record<string, unknown>>): Readonly<Record<string, LastStatus>> {
	const gateways = isRecord(content['gateways']) ? content['gateways'] : {};
	return Object.fromEntries(Object.entries(gateways).filter((entry): entry is [string, LastStatus] => isStatus(entry[1])));
}

function isStatus(value: unknown): value is LastStatus {
	if (!isRecord(value)) return false;
	const {at, origin, ok, exitCode, path, id, latencyMs, version, lastGoodAt} = value;
	const given = [at, origin, path].every(text => typeof text === 'string') && typeof ok === 'boolean' && Number.isInteger(exitCode);
	const optional = [id, version, lastGoodAt].every(text => text === undefined || typeof text === 'string');
	return given && optional && (latencyMs === undefined || typeof latencyMs === 'number') && !Number.isNaN(Date.parse(String(at)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
