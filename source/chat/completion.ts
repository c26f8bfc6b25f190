/** What could stand at the caret: shown below the composer's text while it is typed; the composer keeps the keys. */
export interface Completion {
	/** The part of the draft that a choice replaces, in UTF-16 code units. */
	readonly from: number;
	readonly to: number;
	readonly items: readonly CompletionItem[];
	readonly selected: number;
}

export interface CompletionItem {
	/** What is put into the draft. */
	readonly text: string;
	/** As it is listed; the text when absent. */
	readonly label?: string;
	readonly description?: string;
}
