import type {CompletionOrder} from '../chat/composer/completion.js';
import type {SessionOrder} from '../chat/conversation/session-order.js';
import type {Event} from '../chat/event.js';
import type {ControlPlane} from '../gateway/control-plane.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';
import type {ConversationWork} from './conversation-desk.js';
import type {SessionWork} from './session-work.js';

/** Carries out orders about what the gateway knows: sessions, agents, models, thinking levels, commands. */
export interface SessionDesk {
	perform(order: SessionOrder, dispatch: Dispatch): void;
	/** Completes from the gateway's own lists. False: it cannot be asked, somebody else is to answer. */
	complete(order: CompletionOrder, dispatch: Dispatch): boolean;
	/** Lists the gateway's agents. False: it cannot be asked. */
	listAgents(dispatch: Dispatch): boolean;
	close(): void;
}

export interface SessionDeskSurroundings {
	readonly clock: Clock;
	readonly newId: () => string;
	/** The control plane of the gateway in use; asked for anew each time. */
	readonly control: () => ControlPlane;
	/** Loads what is done with conversations on disk; absent where nothing is kept there. */
	readonly load: (() => Promise<ConversationWork>) | undefined;
}

type Answering = (work: SessionWork) => Promise<object | undefined>;

/** The work itself is loaded with the first order: nothing of it is needed before the gateway can be asked. */
export function createSessionDesk({clock, newId, control, load}: SessionDeskSurroundings): SessionDesk {
	const lifetime = new AbortController();
	let following: AbortController | undefined;
	const leave = () => following?.abort();
	const answer = async (dispatch: Dispatch, orderId: number | undefined, answering: Answering, signal = lifetime.signal) => {
		try {
			const {sessionWork} = await import('./session-work.js');
			// What was left meanwhile is not begun: nothing would end it.
			if (signal.aborted) return;
			const asked = control();
			const happened = await answering(sessionWork(asked, signal, {newId, load, after: clock.after}));
			// Without a number an answer has to be of the gateway that is talked to.
			const isWanted = !signal.aborted && (orderId !== undefined || asked === control());
			if (happened !== undefined && isWanted) dispatch({at: clock.now(), ...(orderId !== undefined && {orderId}), ...happened} as Event);
		} catch (error) {
			if (signal.aborted || orderId === undefined) return;
			dispatch({type: 'conversation-told', at: clock.now(), orderId, text: `That could not be done: ${(error as Error).message}.`});
		}
	};
	const isOpen = () => control().state.kind === 'open';
	return {
		perform(order, dispatch) {
			switch (order.type) {
				case 'list-sessions':
					return void answer(dispatch, order.orderId, work => work.list());
				case 'open-session':
					return void answer(dispatch, order.orderId, work => work.open(order));
				case 'read-earlier':
					return void answer(dispatch, order.orderId, work => work.earlier(order, order.older));
				case 'list-gateway-commands':
					return void answer(dispatch, undefined, work => work.commands());
				case 'leave-session':
					return leave();
				case 'follow-session': {
					leave();
					following = new AbortController();
					const {signal} = following;
					const tell = (event: object) => signal.aborted || dispatch({at: clock.now(), ...event} as Event);
					return void answer(dispatch, undefined, work => work.follow(order, tell), signal);
				}
			}
		},
		complete(order, dispatch) {
			if ((order.source !== 'models' && order.source !== 'thinking') || !isOpen()) return false;
			const none = ({message}: Error) => ({type: 'completions-found', items: [], problem: message});
			void answer(dispatch, order.orderId, work => work.complete(order).catch(none));
			return true;
		},
		listAgents(dispatch) {
			if (!isOpen()) return false;
			// Who waits for a list hears that there is none, as over HTTP.
			const none = () => ({type: 'agents-listed', agents: []});
			void answer(dispatch, undefined, work => work.agents().catch(none));
			return true;
		},
		close() {
			leave();
			lifetime.abort();
		},
	};
}
