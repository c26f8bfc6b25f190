/** The text being typed. `caret` is an index in UTF-16 code units and always stands on a grapheme boundary. */
export interface Draft {
	readonly text: string;
	readonly caret: number;
}

export const emptyDraft: Draft = {text: '', caret: 0};
