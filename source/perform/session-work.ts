import type {CompletionItem, CompletionOrder} from '../chat/composer/completion.js';
import type {SessionName, SessionOrder} from '../chat/conversation/session-order.js';
import {canonicalKey} from '../gateway/canonical-key.js';
import {readAgents, readCommands, readModels} from '../gateway/control/gateway-lists.js';
import {readHistory} from '../gateway/control/session-history.js';
import {readSessions} from '../gateway/control/session-list.js';
import type {ControlPlane, JsonObject} from '../gateway/control-plane.js';
import type {HistoryPage} from '../gateway/session.js';
import {allSessions, type Call} from './all-sessions.js';
import type {Clock} from './clock.js';
import type {ConversationWork} from './conversation-desk.js';
import {followSession} from './followed-session.js';
import {newestTurns} from './newest-turns.js';

/** What is asked of the gateway. Everything rejects with a line for the user. */
export interface SessionWork {
	list(): Promise<object>;
	open(order: Extract<SessionOrder, {type: 'open-session'}>): Promise<object>;
	earlier(session: SessionName, older: number): Promise<object>;
	/** Resolves when it is followed; tells until the signal ends it. */
	follow(order: Extract<SessionOrder, {type: 'follow-session'}>, tell: (event: object) => void): Promise<undefined>;
	commands(): Promise<object>;
	agents(): Promise<object>;
	complete(order: CompletionOrder): Promise<object>;
}

interface Needed {
	readonly after: Clock['after'];
	readonly newId: () => string;
	readonly load: (() => Promise<ConversationWork>) | undefined;
}

/** Messages that are read when a session is opened, and by `/earlier`. */
const openedMessages = 200;
const earlierMessages = 60;

export function sessionWork(control: ControlPlane, signal: AbortSignal, {newId, load, after}: Needed): SessionWork {
	const call = async (method: string, params: JsonObject): Promise<JsonObject> => {
		const answer = await control.call(method, params, {signal});
		if (!answer.ok) throw new Error(answer.error.message);
		return answer.payload;
	};
	const isOld = () => control.state.kind === 'open' && control.state.hello.protocol < 4;
	const keyOf = ({sessionKey, agent}: SessionName) => wholeKey(sessionKey, agent, control);
	const history: ReadPage = async (session, limit, offset = 0) => {
		// 2026.2.9 knows no offset.
		const paging = isOld() ? {limit: Math.min(1000, limit + offset)} : {limit, ...(offset > 0 && {offset})};
		const answer = await call('chat.history', {sessionKey: keyOf(session), ...paging});
		const {totalMessages} = answer;
		return {...readHistory(answer, offset), ...(typeof totalMessages === 'number' && {total: totalMessages})};
	};
	return {
		async list() {
			if (load === undefined) throw new Error('this chat writes nothing to disk');
			const [{sessions, total}, work] = await Promise.all([allSessions(call, isOld()), load()]);
			const items = sessions.map(session => work.sessionItem(session));
			return {type: 'sessions-listed', items, more: Math.max(0, total - sessions.length)};
		},
		async open(order) {
			if (load === undefined) throw new Error('this chat writes nothing to disk');
			const work = await load();
			const known = await work.findBySession(order);
			if (known !== undefined) return {type: 'conversation-opened', opened: await work.open(known)};
			const [page, name] = await Promise.all([history(order, openedMessages), nameOf(call, order.sessionKey, isOld())]);
			const {sessionKey, origin, profile} = order;
			const id = newId();
			const of = {sessionKey, origin, ...(profile !== undefined && {profile}), ...(name !== undefined && {name})};
			await work.adopt(id, {...of, history: page});
			return {type: 'conversation-opened', opened: await work.open(id)};
		},
		async earlier(session, older) {
			const page = await earlierPage(history, session, older);
			return {type: 'earlier-read', turns: page.turns, older: page.older};
		},
		async follow(order, tell) {
			const {conversationId, own, catchUp} = order;
			const newest = newestTurns(limit => history(order, limit));
			const look = async () => {
				const {turns, older} = await newest();
				if (turns.length > 0) tell({type: 'session-heard', conversationId, turns, ...(older > 0 && {older})});
			};
			const say = (text: string) => tell({type: 'session-told', conversationId, text});
			const atWork = (text: string | undefined) =>
				tell({type: 'session-at-work', conversationId, sessionKey: order.sessionKey, ...(text !== undefined && {text})});
			await followSession({control, key: keyOf(order), own, isOld, after, signal, look, say, atWork}, catchUp);
			return undefined;
		},
		async commands() {
			// 2026.2.9 has no such method; it carries commands out all the same.
			return {type: 'gateway-commands-listed', commands: isOld() ? [] : readCommands(await call('commands.list', {scope: 'text'}))};
		},
		async agents() {
			const agents = readAgents(await call('agents.list', {}));
			return {type: 'agents-listed', agents: agents.map(({id}) => id)};
		},
		async complete(order) {
			const ofThinking = order.source === 'thinking';
			const items = ofThinking ? await thinkingLevels(call, order) : await models(call);
			const back = {text: 'default', description: ofThinking ? 'as the agent has it' : 'the agent chooses'};
			return {type: 'completions-found', items: ofThinking && items.length === 0 ? [] : [...items, back]};
		},
	};
}

/** `total`: of all messages, when the page was read; absent where the gateway does not say. */
type ReadPage = (session: SessionName, limit: number, offset?: number) => Promise<HistoryPage & {readonly total?: number}>;

/** A session that grows all the time is read no more often than this. */
const mostReads = 5;

/**
 * The page before the `older` oldest messages. Pages are counted from the newest message, so one that arrives while the page is asked for
 * moves it: then it is read again.
 */
async function earlierPage(read: ReadPage, session: SessionName, older: number): Promise<HistoryPage> {
	let {total = older} = await read(session, 1);
	for (let reads = 1; ; reads++) {
		const page = await read(session, earlierMessages, Math.max(0, total - older));
		if (page.total === undefined || page.total === total || reads === mostReads) return page;
		({total} = page);
	}
}

/** The name that somebody gave the session, where the gateway can be asked for one session. */
async function nameOf(call: Call, key: string, isOld: boolean): Promise<string | undefined> {
	if (isOld) return undefined;
	const {session} = await call('sessions.describe', {key});
	return readSessions({sessions: [session]}).sessions[0]?.name;
}

/** Events name the agent in every key. */
function wholeKey(sessionKey: string, agent: string | undefined, {state}: ControlPlane): string {
	return canonicalKey(sessionKey, agent ?? (state.kind === 'open' ? state.hello.defaultAgent : undefined) ?? 'main');
}

async function models(call: Call): Promise<readonly CompletionItem[]> {
	const listed = readModels(await call('models.list', {}));
	return listed.map(({id, name, isAvailable}) => ({text: id, description: isAvailable ? name : `${name}, not available now`}));
}

/** Levels of the model that was chosen, else of the agent. */
async function thinkingLevels(call: Call, {agent, model}: CompletionOrder): Promise<readonly CompletionItem[]> {
	const [agents, known] = await Promise.all([call('agents.list', {}).then(readAgents), call('models.list', {}).then(readModels)]);
	const asked = agents.find(({id, isDefault}) => (agent === undefined ? isDefault : id === agent));
	const ofModel = known.find(({id}) => id === model)?.thinking ?? [];
	const levels = ofModel.length > 0 ? ofModel : (asked?.thinking ?? []);
	return levels.map(text => ({text}));
}
