import type {Fix} from './diagnosis.js';
import type {Evidence, PeerIdentified} from './evidence.js';
import {type Found, findLast} from './find.js';

/**
 * Remedies for the release that the gateway runs: where it is known to be older than a command, what works there instead; where it is
 * known to have it, the command alone. Where nothing is known both stay.
 */
export function fitRelease(fixes: readonly Fix[], evidence: Evidence): readonly Fix[] {
	const has = (since: string) => hasReached(since, evidence);
	const fitted = fixes.map(fix => (fix.since === undefined ? fix : fitFix(fix, has(fix.since))));
	const isRepeated = ({command, where}: Fix, index: number) =>
		command !== undefined && fitted.slice(0, index).some(other => other.command === command && other.where === where);
	return fitted.filter((fix, index) => fixes[index] === fix || !isRepeated(fix, index));
}

function fitFix(fix: Fix, isReached: boolean | undefined): Fix {
	const {since: _since, fallback, command, ...words} = fix;
	if (isReached === undefined) return fix;
	if (isReached) return {...words, ...(command === undefined ? {} : {command})};
	if (fallback === undefined) return fix;
	return fallback.startsWith('openclaw ') ? {...words, command: fallback} : {...words, action: `${words.action}: ${fallback}`};
}

/** Undefined where the evidence does not tell. */
function hasReached(since: string, evidence: Evidence): boolean | undefined {
	const version = findLast(evidence, 'gateway-facts', facts => facts.version !== undefined)?.observation.version;
	if (version !== undefined && partsOf(version) !== undefined) return !isOlder(version, since);
	return gatewayByChallenge(evidence) && isOlder('2026.2', since) ? false : undefined;
}

/** The proof that the gateway is older than OpenClaw 2026.3: it greets on the WebSocket and has no health endpoint. */
export function gatewayByChallenge(evidence: Evidence): Found<PeerIdentified> | undefined {
	const found = findLast(evidence, 'peer-identified');
	return found?.observation.peer === 'gateway-by-challenge' && !isAnsweredByProxy(evidence) ? found : undefined;
}

/** The web page of a proxy in the place of the health endpoint: the gateway behind it may well have one. */
function isAnsweredByProxy(evidence: Evidence): boolean {
	const isError = findLast(evidence, 'http-answer', ({layer, status, body}) => layer === 'identity' && status >= 400 && body === 'html');
	return isError !== undefined;
}

/** Compares `2026.2.9` with `2026.10.1` or `2026.8` part by part, as numbers; what follows a hyphen is left out. Unreadable ones are not older. */
export function isOlder(one: string, other: string): boolean {
	const [left, right] = [partsOf(one), partsOf(other)];
	if (!left || !right) return false;
	const at = left.findIndex((part, index) => part !== right[index]);
	return at !== -1 && (left[at] ?? 0) < (right[at] ?? 0);
}

function partsOf(version: string): readonly number[] | undefined {
	const match = /^v?(\d{4})\.(\d{1,2})(?:\.(\d{1,3}))?(?!\d)/.exec(version);
	return match?.slice(1).map(part => Number(part ?? 0));
}
