/**
 * A part of a draft that stands for more than is shown: the label stands in the text and is one unit for the caret; what it stands for is
 * sent in its place. Labels of one draft differ.
 */
export type Piece =
	/** A long paste, `[Pasted text #1 +20 lines]`. */
	| {readonly kind: 'paste'; readonly label: string; readonly text: string}
	/** A text file, read when it was attached: what was shown is what is sent. */
	| {readonly kind: 'text-file'; readonly label: string; readonly path: string; readonly bytes: number; readonly text: string}
	/** An image; `id` names the content, which the performer holds. */
	| {
			readonly kind: 'image';
			readonly label: string;
			readonly path: string;
			readonly bytes: number;
			readonly mediaType: string;
			readonly id: string;
	  };

/** What a draft comes to when it is sent. */
export interface Outgoing {
	readonly text: string;
	readonly images: readonly Extract<Piece, {readonly kind: 'image'}>[];
}

/** The text with what its labels stand for, and the images that travel beside it. A label that was changed is text like any other. */
export function expand(text: string, pieces: readonly Piece[] = []): Outgoing {
	const used = pieces.filter(({label}) => text.includes(label));
	return {
		text: used.reduce((whole, piece) => whole.replace(piece.label, () => wordsOf(piece)), text),
		images: used.filter(piece => piece.kind === 'image'),
	};
}

function wordsOf(piece: Piece): string {
	switch (piece.kind) {
		case 'paste':
			return piece.text;
		case 'text-file':
			return `\n${fenced(piece.text, piece.path)}\n`;
		case 'image':
			return piece.label;
	}
}

/** A code block with a fence that is longer than any in the text. */
function fenced(text: string, path: string): string {
	const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${path}:\n${fence}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`;
}
