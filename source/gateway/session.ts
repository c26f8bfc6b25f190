/** What the control plane tells of sessions, agents, models and commands. Texts of conversations are as they came: whoever shows them makes them safe. */

/** A session in the gateway's list. Titles and previews are one line, sanitised and bounded. */
export interface GatewaySession {
	/** `agent:main:clawtalk:…`. */
	readonly key: string;
	readonly agent: string;
	/** A name that somebody gave it. */
	readonly name?: string;
	/** What it may be called otherwise: a title made from its first message (2026.2.9), or its last message in quotes (2026.9.6 makes no titles). */
	readonly title: string;
	readonly lastMessage?: string;
	/** Milliseconds since the epoch, by the gateway's clock; 0 when it does not say. */
	readonly updatedAt: number;
	/** The gateway says that nobody has looked at it since its last message; 2026.2.9 does not say. */
	readonly isUnread: boolean;
	readonly isRunning: boolean;
	/** Where it is from, in a word or two: `main`, `clawtalk`, `HTTP`, `telegram`, `cron`. */
	readonly from: string;
}

export interface SessionPage {
	readonly sessions: readonly GatewaySession[];
	/** How many there are in all, as far as it is known. */
	readonly total: number;
	/** Where the next page begins; absent at the end, and before protocol 4. */
	readonly nextOffset?: number;
}

/** A question of a session's history and what came of it. */
export interface SessionTurn {
	/** The id of its run where it is known, which is the question's own id when clawtalk asked it over the control plane. */
	readonly id: string;
	/** Empty: the agent spoke without being asked. */
	readonly question: string;
	readonly askedAt: number;
	/** Names of what came with it. */
	readonly attachments?: readonly string[];
	/** Absent: none yet, or none was kept. */
	readonly answer?: SessionAnswer;
}

export interface SessionAnswer {
	readonly text: string;
	readonly endedAt: number;
	readonly ended: 'complete' | 'cancelled' | 'failed';
	/** In the gateway's word: `stop`, `length`. */
	readonly finishReason?: string;
	readonly model?: string;
}

export interface HistoryPage {
	readonly turns: readonly SessionTurn[];
	/** Messages that are older than these turns; 0 at the beginning of the session, and where that is not known (before protocol 4). */
	readonly older: number;
	/** Messages of these turns. */
	readonly messages: number;
}

export interface GatewayAgent {
	readonly id: string;
	readonly name?: string;
	readonly model?: string;
	readonly isDefault: boolean;
	/** How much it can be told to think, in the gateway's words. */
	readonly thinking: readonly string[];
}

export interface GatewayModel {
	/** `provider/id`, as questions name it. */
	readonly id: string;
	readonly name: string;
	readonly isAvailable: boolean;
	readonly thinking: readonly string[];
}

/** A slash command that the gateway carries out by itself. */
export interface GatewayCommand {
	/** Without the slash. */
	readonly name: string;
	readonly aliases: readonly string[];
	readonly description: string;
	/** Its arguments in a word; absent: it takes none. */
	readonly argument?: string;
}
