import {randomUUID} from 'node:crypto';
import {initialState} from '../../source/chat/initial-state.js';
import type {State} from '../../source/chat/state.js';
import {Secret} from '../../source/diagnosis/redact.js';
import type {RefusalLedger} from '../../source/gateway/gateway.js';
import {openGateway} from '../../source/gateway/open-gateway.js';
import {type Clock, systemClock} from '../../source/perform/clock.js';
import {createPerformer} from '../../source/perform.js';
import {createStore} from '../../source/store.js';
import {openTranscripts, type Transcripts} from '../../source/transcripts/transcripts.js';
import type {TransportName} from '../../source/transport-names.js';

const forgetful: RefusalLedger = {
	find: () => Promise.resolve(undefined),
	record: () => Promise.resolve(),
	clear: () => Promise.resolve(),
};

/** A whole chat without a screen, against a gateway that is really there. */
export function liveChat(
	peer: {origin: string; token: string; transport?: TransportName},
	home: string,
	clock: Clock = systemClock,
	transcripts: Transcripts = openTranscripts(home),
	watchNetwork: (onChange: () => void) => () => void = () => () => undefined,
) {
	const credential = {kind: 'token', secret: new Secret(peer.token), source: 'test'} as const;
	const target = {
		origin: peer.origin,
		basePath: '',
		source: 'test',
		addressClass: 'loopback',
		credential,
		headers: {},
		transport: peer.transport ?? 'auto',
	} as const;
	const performer = createPerformer({
		gateway: openGateway(target, {ledger: forgetful, env: {}, now: Date.now}),
		transcripts,
		clock,
		random: Math.random,
		newId: randomUUID,
		openProfile: async () => ({ok: false, problem: 'no profiles here'}),
		clearScreen: () => undefined,
		watchNetwork,
	});
	const place = {origin: peer.origin, path: 'loopback'};
	const conversationId = randomUUID();
	const store = createStore(initialState({at: clock.now(), conversationId, ephemeral: false, place}), performer.perform);
	performer.start(store.dispatch);
	return {
		conversationId,
		store,
		close: performer.close,
		say(text: string) {
			store.dispatch({type: 'text-typed', at: clock.now(), text});
			store.dispatch({type: 'submit-requested', at: clock.now()});
		},
		press(type: 'cancel-requested' | 'submit-requested' | 'interrupt-requested' | 'quit-requested') {
			store.dispatch({type, at: clock.now()});
		},
		/** Resolves with the state when it is as wanted. */
		until: (wanted: (state: State) => boolean) =>
			new Promise<State>(resolve => {
				const look = () => wanted(store.getState()) && resolve(store.getState());
				store.subscribe(look);
				look();
			}),
	};
}

export function answersEnded(count: number): (state: State) => boolean {
	return state => state.entries.filter(entry => entry.kind === 'answer-end').length === count;
}
