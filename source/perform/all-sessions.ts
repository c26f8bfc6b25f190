import {readSessions} from '../gateway/control/session-list.js';
import type {JsonObject} from '../gateway/control-plane.js';
import type {GatewaySession} from '../gateway/session.js';

/** Calls a method of the control plane and gives what it answers. */
export type Call = (method: string, params: JsonObject) => Promise<JsonObject>;

/** Sessions of one page, and pages: more than a few hundred nobody looks through. */
const pageOfSessions = 200;
const mostPages = 3;

/**
 * The sessions of a gateway, the newest first, up to a limit; `total` counts all.
 *
 * @param isOld It speaks protocol 3: it knows no pages.
 */
export async function allSessions(call: Call, isOld: boolean): Promise<{sessions: readonly GatewaySession[]; total: number}> {
	const sessions: GatewaySession[] = [];
	const wanted = {limit: pageOfSessions, includeDerivedTitles: true, includeLastMessage: true};
	let offset: number | undefined = 0;
	let total = 0;
	for (let pages = 0; offset !== undefined && pages < mostPages; pages++) {
		const page = readSessions(await call('sessions.list', {...wanted, ...(offset > 0 && {offset})}));
		sessions.push(...page.sessions);
		({total} = page);
		// A page that does not go forward would be read for ever.
		offset = !isOld && page.nextOffset !== undefined && page.nextOffset > offset ? page.nextOffset : undefined;
	}
	return {sessions, total};
}
