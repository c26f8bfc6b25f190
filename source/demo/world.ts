import {type Approvals, createApprovals} from './approvals.js';
import type {Client} from './client.js';
import type {Devices} from './devices.js';
import type {DemoCall, DemoState} from './options.js';
import type {Run} from './runs.js';
import type {Sessions} from './sessions.js';

/** What outlives a restart: it is on the disk of a real gateway. */
export interface Kept {
	readonly sessions: Sessions;
	readonly devices: Devices;
	/** What was asked so far. */
	readonly calls: DemoCall[];
}

/** What the methods of the control plane work with. */
export interface World extends Kept {
	readonly state: DemoState;
	readonly clients: Set<Client>;
	/** Runs by their id, ended ones too. */
	readonly runs: Map<string, Run>;
	readonly approvals: Approvals;
	/** Sends an event to all clients, or to those that `hears` says. */
	broadcast(event: string, payload: unknown, hears?: (client: Client) => boolean): void;
	/** Leaves out the next events: they are counted and not sent. */
	skip(count: number): void;
}

/** 2026.2.9 speaks protocol 3, with fewer methods and fields. */
export function isOld({state}: {readonly state: DemoState}): boolean {
	return state.generation === '2026.2.9';
}

export function createWorld(state: DemoState, kept: Kept): World {
	const clients = new Set<Client>();
	// 2026.2.9 counts the events of all clients together, 2026.9.6 those of each.
	let sent = 0;
	let skipped = 0;
	return {
		...kept,
		state,
		clients,
		runs: new Map(),
		approvals: createApprovals(state.now),
		broadcast(event, payload, hears = () => true) {
			sent += 1;
			const isSkipped = skipped > 0;
			if (isSkipped) skipped -= 1;
			for (const client of clients) {
				if (!hears(client)) continue;
				client.sequence += 1;
				if (!isSkipped) client.send({type: 'event', event, payload, seq: isOld({state}) ? sent : client.sequence});
			}
		},
		skip(count) {
			skipped += count;
		},
	};
}
