/** One message of a conversation as the gateway remembers it. */
export interface Remembered {
	readonly role: 'user' | 'assistant' | 'tool';
	readonly text: string;
	/** Milliseconds since the epoch. */
	readonly at?: number;
	/** The run it belongs to: one that a question began, or the one that answered. */
	readonly runId?: string;
	/** Why the model stopped: `stop`, `length`, `toolUse`, `aborted` … */
	readonly stopReason?: string;
	/** The gateway answered by itself, e.g. a slash command; no model did. */
	readonly isInjected?: boolean;
	/** The tool that the assistant calls with this message, or whose result the message is. */
	readonly tool?: RememberedTool;
	/** What the model counted for it. */
	readonly outputTokens?: number;
	/** Why the answer failed. */
	readonly error?: string;
}

export interface RememberedTool {
	readonly callId: string;
	readonly name: string;
	readonly arguments: Readonly<Record<string, unknown>>;
	readonly isError: boolean;
}

/** A conversation with all that belongs to it. */
export interface Session {
	/** With the agent before it, e.g. `agent:main:clawtalk:1`. */
	readonly key: string;
	readonly id: string;
	readonly createdAt: number;
	updatedAt: number;
	readonly messages: Remembered[];
	/** A model chosen for this session, e.g. `fake/fake-2`. */
	model?: string;
	thinking?: string;
	/** The run under way and those that wait for it. */
	readonly active: Set<string>;
	lastRunId?: string;
	wasAborted: boolean;
	/** Something came that nobody has read over the control plane. */
	isUnread: boolean;
}

/** The conversations a gateway keeps, by session key. */
export interface Sessions {
	/** Runs one turn. Turns of the same key wait for each other, as on real gateways; without a key the turn stands alone. */
	turn(key: string | undefined, run: (session: Session) => Promise<void>): Promise<void>;
	/** The session of a key, made when there is none. */
	open(key: string): Session;
	find(key: string): Session | undefined;
	/** The one that changed last comes first. */
	list(): readonly Session[];
	add(session: Session, message: Remembered): void;
	/** Takes back what was kept of a run. */
	forget(session: Session, runId: string): void;
	/** Empties a session, as `/new` does. */
	reset(session: Session): void;
	/** Called with every message that is added. */
	onMessage: (session: Session, message: Remembered) => void;
}

/** A session key with the agent it belongs to, as every gateway writes it in its answers. */
export function fullKey(key: string): string {
	return key.startsWith('agent:') ? key : `agent:main:${key}`;
}

/** Creates an empty set of sessions, kept in memory. */
export function createSessions(now: () => number): Sessions {
	const kept = new Map<string, Session>();
	const lastTurns = new Map<string, Promise<void>>();
	const sessions: Sessions = {
		onMessage: () => undefined,
		async turn(key, run) {
			const session = sessions.open(key ?? `openai:${crypto.randomUUID()}`);
			const before = lastTurns.get(session.key) ?? Promise.resolve();
			const turn = before.then(async () => run(session));
			lastTurns.set(
				session.key,
				turn.catch(() => undefined), // the next turn waits for this one, whatever became of it
			);
			return turn;
		},
		open(key) {
			const full = fullKey(key);
			const session = kept.get(full) ?? emptySession(full, now());
			kept.set(full, session);
			return session;
		},
		find: key => kept.get(fullKey(key)),
		list: () => [...kept.values()].sort((left, right) => right.updatedAt - left.updatedAt),
		add(session, message) {
			const dated = {at: now(), ...message};
			session.messages.push(dated);
			session.updatedAt = now();
			session.isUnread = message.role === 'assistant';
			sessions.onMessage(session, dated);
		},
		forget(session, runId) {
			session.messages.splice(0, Infinity, ...session.messages.filter(message => message.runId !== runId));
		},
		reset(session) {
			session.messages.length = 0;
			session.updatedAt = now();
		},
	};
	return sessions;
}

function emptySession(key: string, at: number): Session {
	return {
		key,
		id: crypto.randomUUID(),
		createdAt: at,
		updatedAt: at,
		messages: [],
		active: new Set(),
		wasAborted: false,
		isUnread: false,
	};
}
