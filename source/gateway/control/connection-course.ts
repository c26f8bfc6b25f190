import type {WebSocketClosed} from '../../diagnosis/evidence.js';
import type {JsonObject} from '../control-plane.js';
import type {EvidenceLog} from '../evidence-log.js';
import {plainLine} from '../plain-text.js';
import type {RouteSocket, SocketEnd} from '../route-socket.js';
import {isAmount, lineIn} from './fields.js';
import type {TickWatch} from './tick-watch.js';

/** How far a connection has come. */
export interface Course {
	readonly atMs: number;
	openedAtMs?: number;
	challenged: boolean;
	welcomed: boolean;
	isRefused?: boolean;
	socket?: RouteSocket;
	watch?: TickWatch;
	cancelGoodbye?: () => void;
	shutdown?: NonNullable<WebSocketClosed['shutdown']>;
	silentMs?: number;
	end?: SocketEnd;
}

/** What the event `shutdown` announces. */
export function readShutdown(payload: JsonObject): NonNullable<WebSocketClosed['shutdown']> {
	const {restartExpectedMs} = payload;
	return {reason: lineIn(payload, 'reason', 120) ?? '', ...(isAmount(restartExpectedMs) ? {restartExpectedMs} : {})};
}

/** How a connection ended, as evidence. */
export function describeEnd(course: Course, {code, reason, byUs, upgradeStatus}: SocketEnd, log: EvidenceLog): WebSocketClosed {
	const {atMs, openedAtMs, challenged, welcomed, shutdown, silentMs} = course;
	return {
		kind: 'websocket-closed',
		layer: 'control',
		atMs,
		tookMs: log.elapsed() - atMs,
		code: silentMs === undefined ? code : 4000,
		reason: plainLine(reason, 120),
		...(openedAtMs === undefined ? {} : {openMs: log.elapsed() - openedAtMs}),
		challenged,
		welcomed,
		...(upgradeStatus === undefined ? {} : {upgradeStatus}),
		byUs,
		...(shutdown === undefined ? {} : {shutdown}),
		...(silentMs === undefined ? {} : {silentMs: Math.round(silentMs)}),
	};
}
