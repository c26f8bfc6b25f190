import type {ControlRefused, WebSocketClosed} from '../../diagnosis/evidence.js';
import type {EvidenceLog} from '../evidence-log.js';
import {profileHeaders, type Relation} from '../relation.js';
import type {SocketEnd} from '../route-socket.js';
import type {ConnectPlan} from './connect-plan.js';
import {type Connection, type ConnectionListener, dial} from './connection.js';
import type {ControlLimits} from './control-limits.js';
import {type GatewayError, readRefusal} from './read-refusal.js';

/** What a connection tells after its welcome; it may begin before the attempt has returned. */
export type LaterNews = Pick<ConnectionListener, 'event' | 'gap'> & {closed(closed: WebSocketClosed): void};

interface Answered {
	readonly plan: ConnectPlan;
}

export interface Welcomed extends Answered {
	readonly kind: 'welcomed';
	readonly hello: unknown;
	readonly connection: Connection;
	readonly atMs: number;
}

/** What came of one handshake. */
export type Outcome =
	| Welcomed
	| (Answered & {readonly kind: 'refused'; readonly refusal: ControlRefused; readonly closed: WebSocketClosed})
	| {readonly kind: 'closed'; readonly closed: WebSocketClosed; readonly end: SocketEnd};

/** Dials and shakes hands; resolves with the welcome, or when the connection has ended. */
export async function handshake(
	relation: Relation,
	limits: ControlLimits,
	plan: ConnectPlan,
	signal: AbortSignal,
	log: EvidenceLog,
	later: LaterNews,
): Promise<Outcome> {
	const atMs = log.elapsed();
	const expected = relation.gatekeeper?.at ?? {};
	let refusal: GatewayError | undefined;
	let tell: (outcome: Outcome) => void = () => undefined;
	let isWelcomed = false;
	const told = new Promise<Outcome>(resolve => {
		tell = resolve;
	});
	const connection = await dial(
		{
			route: relation.route,
			socket: {expected, headers: profileHeaders(relation.target)},
			plan: async () => {
				if (plan.credential.kind === 'token') log.tokenSent();
				return plan;
			},
			now: relation.now,
			limits,
		},
		log,
		{
			welcomed(hello) {
				isWelcomed = true;
				tell({kind: 'welcomed', hello, connection, plan, atMs});
			},
			refused(error) {
				refusal = error;
			},
			event: later.event,
			gap: later.gap,
			closed(closed, end) {
				signal.removeEventListener('abort', drop);
				if (isWelcomed) later.closed(closed);
				else if (refusal === undefined) tell({kind: 'closed', closed, end});
				else tell({kind: 'refused', refusal: describeRefusal(refusal, plan, atMs, log), closed, plan});
			},
		},
	);
	const drop = () => connection.drop();
	signal.addEventListener('abort', drop, {once: true});
	if (signal.aborted) drop();
	const outcome = await told;
	signal.removeEventListener('abort', drop);
	return outcome;
}

function describeRefusal(error: GatewayError, plan: ConnectPlan, atMs: number, log: EvidenceLog): ControlRefused {
	const {credential, scopes, device} = plan;
	return readRefusal(error, {atMs, tookMs: log.elapsed() - atMs, with: credential.kind, scopes, deviceId: device?.id});
}
