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

/** Where a piece stands in a text, in UTF-16 code units. */
export interface PieceSpan {
	readonly piece: Piece;
	readonly start: number;
	readonly end: number;
}

/** An image whose content the performer holds. */
export type HeldImage = Extract<Piece, {readonly kind: 'image'}>;

/** What a draft comes to when it is sent. */
export interface Outgoing {
	readonly text: string;
	readonly images: readonly HeldImage[];
}

/** The pieces whose labels stand in the text, in the order of the text. A label that was changed is text like any other. */
export function pieceSpans(text: string, pieces: readonly Piece[] = []): readonly PieceSpan[] {
	if (pieces.length === 0) return [];
	const found = pieces.flatMap(piece => {
		const start = text.indexOf(piece.label);
		return start === -1 ? [] : [{piece, start, end: start + piece.label.length}];
	});
	return found.toSorted((one, other) => one.start - other.start);
}

/** The text with what its labels stand for, and the images that travel beside it. What a piece stands for is not searched for labels. */
export function expand(text: string, pieces: readonly Piece[] = []): Outgoing {
	const spans = pieceSpans(text, pieces);
	return {
		text: replaceSpans(text, spans, ({piece}) => wordsOf(piece)),
		images: spans.flatMap(({piece}) => (piece.kind === 'image' ? [piece] : [])),
	};
}

/** @param spans In the order of the text. */
export function replaceSpans(text: string, spans: readonly PieceSpan[], wordsFor: (span: PieceSpan) => string): string {
	if (spans.length === 0) return text;
	let replaced = '';
	let at = 0;
	for (const span of spans) {
		if (span.start < at) continue;
		replaced += text.slice(at, span.start) + wordsFor(span);
		at = span.end;
	}
	return replaced + text.slice(at);
}

/** What is sent for a piece; an image travels beside the text, where its label stays. */
export function wordsOf(piece: Piece): string {
	switch (piece.kind) {
		case 'paste':
			return piece.text;
		case 'text-file':
			return `\n${fenced(piece.text, piece.path)}\n`;
		case 'image':
			return piece.label;
	}
}

/** The label itself when it is free, else with the next number that is: `[Image #1 a.png]`, `[Image #2 a.png]`. */
export function freeLabel(label: string, isTaken: (label: string) => boolean): string {
	let candidate = label;
	for (let number = 2; isTaken(candidate); number++) {
		candidate = /#\d+/.test(label) ? label.replace(/#\d+/, `#${number}`) : `${label} #${number}`;
	}
	return candidate;
}

/** A code block with a fence that is longer than any in the text. */
function fenced(text: string, path: string): string {
	const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${path}:\n${fence}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`;
}
