import {mayRead} from './client.js';
import type {Run} from './runs.js';
import {isOld, type World} from './world.js';

/** Tells all clients what a run does, in the frames of the generation. */
export interface Announce {
	/** A `chat` event. It carries the number of the `agent` event before it. */
	chat(fields: Readonly<Record<string, unknown>>): void;
	/** An `agent` event of a stream. */
	agent(stream: string, data: Readonly<Record<string, unknown>>): void;
	/** An `agent` event that only the connection hears which asked, and only with the capability `tool-events`. */
	tool(data: Readonly<Record<string, unknown>>): void;
	/** What the run is about to do. 2026.2.9 does not say. */
	phase(phase: string, chatFields?: Readonly<Record<string, unknown>>, data?: Readonly<Record<string, unknown>>): void;
	/** An assistant message as `chat` events carry it. */
	message(text: string): Record<string, unknown>;
}

export function createAnnounce(world: World, run: Run): Announce {
	const old = isOld(world);
	const {now} = world.state;
	let seq = 0;
	const base = {runId: run.id, sessionKey: run.sessionKey, ...(old ? {} : {agentId: 'main'})};
	const agentPayload = (stream: string, data: Readonly<Record<string, unknown>>) => {
		seq += 1;
		return {...base, stream, data, seq, ts: now(), ...(old ? {} : {isHeartbeat: false})};
	};
	const announce: Announce = {
		chat: fields => world.broadcast('chat', {...base, seq, ...fields}, mayRead),
		agent: (stream, data) => world.broadcast('agent', agentPayload(stream, data), mayRead),
		tool(data) {
			const payload = agentPayload('tool', data);
			const asked = (client: {readonly connectionId: string; readonly capabilities: ReadonlySet<string>}) =>
				client.connectionId === run.connectionId && client.capabilities.has('tool-events');
			// 2026.2.9 counts it and keeps it to itself.
			if (!old) world.broadcast('agent', payload, asked);
		},
		phase(phase, chatFields = {}, data = {}) {
			if (old) return;
			seq += 1;
			// A run that answers for another one tells of its phases to nobody but those who follow the agent.
			const hears = run.insteadOf === undefined ? mayRead : () => false;
			world.broadcast(
				'chat',
				{...base, seq, state: 'status', phase: phase === 'retrying' ? 'starting_model' : phase, ...chatFields},
				hears,
			);
			seq -= 1;
			announce.agent('run_status', {phase, ...data});
		},
		message: text => ({role: 'assistant', content: [{type: 'text', text}], timestamp: now()}),
	};
	return announce;
}
