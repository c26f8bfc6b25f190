import type {Evidence} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {endsInTunnel, isThisMachine} from '../place.js';
import type {LocalOpenClawLook} from '../surroundings.js';
import {hostAndPort} from '../target-words.js';

/** The port of a gateway whose configuration names none (2026.2.9 and 2026.9.6). */
export const usualPort = 18789;

type Look = Found<LocalOpenClawLook>;

/** OpenClaw's configuration on this machine, when this machine was asked and the gateway is meant to run on it. */
export function localGateway(evidence: Evidence): Look | undefined {
	if (!isThisMachine(evidence) || endsInTunnel(evidence)) return undefined;
	return findLast(evidence, 'local-openclaw', ({state, mode}) => state === 'read' && mode !== 'remote');
}

/** The same, when it is for the very port that was asked. */
export function askedLocalGateway(evidence: Evidence): Look | undefined {
	const found = localGateway(evidence);
	return isForAskedPort(found, evidence) ? found : undefined;
}

/** What is in the way of a gateway on the port that was asked: its configuration, also one that cannot be parsed or is for another mode. */
export function askedLocalConfiguration(evidence: Evidence): Look | undefined {
	if (!isThisMachine(evidence) || endsInTunnel(evidence)) return undefined;
	const found = findLast(evidence, 'local-openclaw', ({state}) => state === 'read' || state === 'unparsable');
	return found?.observation.state === 'unparsable' || isForAskedPort(found, evidence) ? found : undefined;
}

function isForAskedPort(found: Look | undefined, {target}: Evidence): boolean {
	return found !== undefined && (found.observation.port ?? usualPort) === hostAndPort(target)?.port;
}
