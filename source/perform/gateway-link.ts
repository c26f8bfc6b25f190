import type {Event} from '../chat/event.js';
import type {Place} from '../chat/state.js';
import type {Gateway} from '../gateway/gateway.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';
import {type GatewayWatch, type Sight, watchGateway} from './gateway-watch.js';

/** Another gateway to talk to, or why there is none, in one line. */
export type OpenedProfile =
	| {readonly ok: true; readonly gateway: Gateway; readonly place: Place; readonly agent?: string; readonly model?: string}
	| {readonly ok: false; readonly problem: string};

export interface LinkSurroundings {
	/** The gateway to begin with. */
	readonly gateway: Gateway;
	readonly clock: Clock;
	/** From 0 up to 1; spreads the looks at a gateway that is away. */
	readonly random: () => number;
	readonly openProfile: (name: string) => Promise<OpenedProfile>;
	/** Calls back after sleep or a change of interfaces (`watchNetworkChanges`). Returns how to stop. */
	readonly watchNetwork: (onChange: () => void) => () => void;
}

/** The gateway a chat talks to at the moment, watched. */
export interface GatewayLink {
	readonly gateway: Gateway;
	start(dispatch: Dispatch): void;
	look(): void;
	lookAsked(): void;
	listAgents(dispatch: Dispatch): void;
	/** Goes over to the gateway of another profile and closes the one before; or says why not. */
	switchProfile(name: string, dispatch: Dispatch): void;
	close(): Promise<void>;
}

export function createGatewayLink(surroundings: LinkSurroundings): GatewayLink {
	const {clock} = surroundings;
	const lifetime = new AbortController();
	let {gateway} = surroundings;
	let watch: GatewayWatch | undefined;
	let stopNetwork: (() => void) | undefined;

	const watchIt = (dispatch: Dispatch) => {
		watch?.stop();
		watch = watchGateway(gateway, surroundings, sight => dispatch(eventOf(sight, clock.now())));
		watch.look();
	};
	const askForAgents = async (dispatch: Dispatch) => {
		const {value} = await gateway.listAgents(lifetime.signal);
		if (!lifetime.signal.aborted) dispatch({type: 'agents-listed', at: clock.now(), agents: value});
	};
	const goOver = async (name: string, dispatch: Dispatch) => {
		const opened = await surroundings.openProfile(name);
		if (!opened.ok) return dispatch({type: 'profile-refused', at: clock.now(), problem: opened.problem});
		if (lifetime.signal.aborted) return opened.gateway.close();
		const left = gateway;
		gateway = opened.gateway;
		const {place, agent, model} = opened;
		const named = {...(agent !== undefined && {agent}), ...(model !== undefined && {model})};
		dispatch({type: 'place-changed', at: clock.now(), place, ...named});
		watchIt(dispatch);
		await left.close();
	};

	return {
		get gateway() {
			return gateway;
		},
		start(dispatch) {
			watchIt(dispatch);
			stopNetwork = surroundings.watchNetwork(() => watch?.lookAnew());
		},
		look: () => watch?.look(),
		lookAsked: () => watch?.lookAsked(),
		listAgents: dispatch => void askForAgents(dispatch),
		switchProfile: (name, dispatch) => void goOver(name, dispatch),
		async close() {
			stopNetwork?.();
			watch?.stop();
			lifetime.abort('closed');
			await gateway.close();
		},
	};
}

function eventOf(sight: Sight, at: number): Event {
	const {evidence} = sight;
	switch (sight.kind) {
		case 'usable':
			return {type: 'connection-checked', at, latencyMs: sight.latencyMs, evidence};
		case 'away':
			return {type: 'connection-lost', at, evidence, retryAt: sight.nextLookAt};
		case 'refused':
			return {type: 'connection-refused', at, evidence};
	}
}
