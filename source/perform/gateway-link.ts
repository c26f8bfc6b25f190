import type {Event} from '../chat/event.js';
import type {Place} from '../chat/state.js';
import type {Evidence} from '../diagnosis/evidence.js';
import type {Gateway} from '../gateway/gateway.js';
import type {Dispatch} from '../store.js';
import {type GatewayWatch, type Sight, type WatchSurroundings, watchGateway} from './gateway-watch.js';

/** Another gateway to talk to, or why there is none, in one line. */
export type OpenedProfile =
	| {readonly ok: true; readonly gateway: Gateway; readonly place: Place; readonly agent?: string; readonly model?: string}
	| {readonly ok: false; readonly problem: string};

/** Something happened to the path to the gateway; `text` is for the user. The gateway is looked at anew. */
export interface PathNews {
	readonly text?: string;
}

export interface LinkSurroundings extends WatchSurroundings {
	/** The gateway to begin with. */
	readonly gateway: Gateway;
	/** Of which profile it is, if of any. */
	readonly profile?: string | undefined;
	/** Keeps what a change of the connection showed. */
	readonly remember?: (evidence: Evidence, profile: string | undefined, latencyMs: number | undefined) => Promise<void>;
	readonly openProfile: (name: string) => Promise<OpenedProfile>;
	/** Opens a tunnel to the gateway of a profile (absent: of none), or says why not. Absent where there are no tunnels. */
	readonly openTunnel?: (profile: string | undefined) => Promise<OpenedProfile>;
	/** Tells what happens to a tunnel in use. Returns how to stop. */
	readonly hearPath?: (onNews: (news: PathNews) => void) => () => void;
	/** Calls back after sleep or a change of interfaces (`watchNetworkChanges`). Returns how to stop. */
	readonly watchNetwork: (onChange: () => void) => () => void;
}

/** The gateway a chat talks to at the moment, watched. */
export interface GatewayLink {
	readonly gateway: Gateway;
	start(dispatch: Dispatch): void;
	/** An answer failed: what it showed is kept, and the gateway looked at. */
	lookAfter(evidence: Evidence): void;
	lookAsked(): void;
	/** Tells of the gateway that is talked to, now and whenever it is another one. */
	hearGateways(listener: (gateway: Gateway) => void): void;
	listAgents(): void;
	/** Goes over to the gateway of another profile and closes the one before; or says why not. */
	switchProfile(name: string): void;
	/** Goes over to the same gateway by way of a tunnel, or says why not. */
	openTunnel(profile: string | undefined): void;
	/** Goes over to another relation to the gateway, at another address or with another token, and closes the one before. */
	adopt(gateway: Gateway): void;
	/** Resolves when its sockets are closed and what was seen is kept. */
	close(): Promise<void>;
}

export function createGatewayLink(surroundings: LinkSurroundings): GatewayLink {
	const {clock} = surroundings;
	const lifetime = new AbortController();
	let {gateway, profile} = surroundings;
	let watch: GatewayWatch | undefined;
	let stopNetwork: (() => void) | undefined;
	let stopPath: (() => void) | undefined;
	let dispatch: Dispatch = () => undefined;
	const keeping = new Set<Promise<void>>();
	const listeners: ((gateway: Gateway) => void)[] = [];

	const keep = (evidence: Evidence, latencyMs?: number) => {
		const kept = surroundings.remember?.(evidence, profile, latencyMs).finally(() => keeping.delete(kept as Promise<void>));
		if (kept) keeping.add(kept);
	};
	const watchIt = () => {
		void watch?.stop();
		let known: Sight['kind'] | undefined;
		watch = watchGateway(gateway, surroundings, sight => {
			if (sight.kind !== known) keep(sight.evidence, 'latencyMs' in sight ? sight.latencyMs : undefined);
			known = sight.kind;
			dispatch(eventOf(sight, clock.now()));
		});
		watch.look();
	};
	const askForAgents = async () => {
		const asked = gateway;
		const {value} = await asked.listAgents(lifetime.signal);
		if (asked === gateway && !lifetime.signal.aborted) dispatch({type: 'agents-listed', at: clock.now(), agents: value});
	};
	const adopt = (opened: Gateway) => {
		const left = gateway;
		gateway = opened;
		for (const listener of listeners) listener(gateway);
		watchIt();
		return left.close();
	};
	const goOver = async (opening: Promise<OpenedProfile>, samePeer: boolean) => {
		const opened = await opening;
		if (!opened.ok) return dispatch({type: 'profile-refused', at: clock.now(), problem: opened.problem});
		if (lifetime.signal.aborted) return opened.gateway.close();
		profile = opened.place.profile;
		const {place, agent, model} = opened;
		const named = {...(agent !== undefined && {agent}), ...(model !== undefined && {model})};
		const at = clock.now();
		const left = adopt(opened.gateway);
		dispatch(samePeer ? {type: 'path-changed', at, place} : {type: 'place-changed', at, place, ...named});
		await left;
	};

	return {
		get gateway() {
			return gateway;
		},
		start(given) {
			dispatch = given;
			watchIt();
			stopNetwork = surroundings.watchNetwork(() => watch?.lookAnew());
			stopPath = surroundings.hearPath?.(({text}) => {
				if (text !== undefined) dispatch({type: 'path-told', at: clock.now(), text});
				watch?.lookAnew();
			});
		},
		lookAfter(evidence) {
			keep(evidence);
			watch?.look();
		},
		lookAsked: () => watch?.lookAsked(),
		hearGateways(listener) {
			listeners.push(listener);
			listener(gateway);
		},
		listAgents: () => void askForAgents(),
		switchProfile: name => void goOver(surroundings.openProfile(name), false),
		openTunnel(profile) {
			const opening = surroundings.openTunnel?.(profile) ?? Promise.resolve({ok: false, problem: 'There are no tunnels here.'} as const);
			void goOver(opening, true);
		},
		adopt: opened => void (lifetime.signal.aborted ? opened.close() : adopt(opened)),
		async close() {
			stopNetwork?.();
			stopPath?.();
			const stopped = watch?.stop();
			lifetime.abort('closed');
			await Promise.all([gateway.close(), stopped, ...keeping]);
		},
	};
}

function eventOf(sight: Sight, at: number): Event {
	const {evidence} = sight;
	switch (sight.kind) {
		case 'usable':
			return {type: 'connection-checked', at, latencyMs: sight.latencyMs, evidence, via: sight.via};
		case 'away':
			return {type: 'connection-lost', at, evidence, retryAt: sight.nextLookAt ?? at};
		case 'refused':
			return {type: 'connection-refused', at, evidence, retryAt: sight.nextLookAt};
	}
}
