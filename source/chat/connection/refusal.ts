import type {Evidence, Observation} from '../../diagnosis/evidence.js';

/**
 * Whether what was observed lasts until the user does something: a token that was refused or withheld, an endpoint that is off, a
 * peer that is no gateway, a setting that cannot work. Temporary answers (429, 503) do not.
 */
export function blocksUse({observations}: Pick<Evidence, 'observations'>): boolean {
	return observations.some(blocks);
}

/** OpenClaw answers 401 to a wrong token, 404 when the chat endpoint is off, older ones 405 or their web page; proxies say 403. */
const lastingStatus: ReadonlySet<number> = new Set([401, 403, 404, 405]);

function blocks(observation: Observation): boolean {
	switch (observation.kind) {
		case 'http-answer':
			if (observation.layer === 'chat' && observation.status === 200) return observation.body === 'html';
			return (observation.layer === 'auth' || observation.layer === 'chat') && lastingStatus.has(observation.status);
		case 'peer-identified':
			return !['gateway', 'gateway-by-challenge', 'unknown'].includes(observation.peer);
		case 'credential-withheld':
		case 'configuration-problem':
		case 'pin-mismatch':
			return true;
		default:
			return false;
	}
}

/** When nobody answered, in milliseconds since the epoch, where that is all that was observed of the peer; else undefined. */
export function unansweredAt({at, observations}: Evidence): number | undefined {
	const failed = observations.find(seen => seen.kind === 'network-failure' && seen.path.endsWith('/healthz'));
	const answered = observations.some(({kind}) => kind === 'http-answer' || kind === 'peer-identified' || kind === 'websocket-closed');
	return failed === undefined || answered || blocksUse({observations}) ? undefined : Date.parse(at) + failed.atMs;
}
