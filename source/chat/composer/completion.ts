/** What could stand at the caret: shown while it is typed; the composer keeps the keys. */
export interface Completion {
	readonly source: CompletionSource;
	/** The part of the draft that a choice replaces, in UTF-16 code units. */
	readonly from: number;
	readonly to: number;
	/** What was typed of it. */
	readonly query: string;
	/** Those that match, best first. */
	readonly items: readonly CompletionItem[];
	readonly selected: number;
	/** The order that brings items; absent when they are there. */
	readonly order?: number;
	/** Esc: nothing is offered for this word any more, but by Tab. */
	readonly isClosed?: true;
}

export interface CompletionItem {
	/** What is put into the draft. */
	readonly text: string;
	/** As it is listed; the text when absent. */
	readonly label?: string;
	readonly description?: string;
	/** A command that more can follow. */
	readonly takesArgument?: true;
}

/** What a word may be completed from. `mention` is a file to attach, after an `@`. */
export type CompletionSource = 'commands' | 'mention' | ArgumentSource;

/** What the argument of a slash command may be completed from (`completes` in slash.ts). */
export type ArgumentSource = 'agents' | 'models' | 'thinking' | 'conversations' | 'profiles' | 'themes' | 'files';

/** Asks for what matches the query; where one is found by its words, the whole list will do. Answered by `completions-found`. */
export interface CompletionOrder {
	readonly type: 'find-completions';
	readonly orderId: number;
	readonly source: Exclude<CompletionSource, 'commands' | 'themes' | 'agents'>;
	readonly query: string;
	/** Whose thinking levels are wanted. */
	readonly agent?: string;
	readonly model?: string;
}

export interface CompletionEvent {
	readonly type: 'completions-found';
	readonly orderId: number;
	readonly items: readonly CompletionItem[];
	/** Why there are none, in a line, where the gateway did not give its list. */
	readonly problem?: string;
}
