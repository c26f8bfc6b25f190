/**
 * The segmenters of UAX #29, made when first needed: the first one of a process loads ICU's tables, 12 ms that a program which never
 * cuts a text need not spend.
 */
let graphemeSegmenter: Intl.Segmenter | undefined;
let wordSegmenter: Intl.Segmenter | undefined;

/** Grapheme clusters: what a user takes for one character. */
export function graphemes(): Intl.Segmenter {
	graphemeSegmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return graphemeSegmenter;
}

/** Words, also of languages that write none apart. */
export function words(): Intl.Segmenter {
	wordSegmenter ??= new Intl.Segmenter('en', {granularity: 'word'});
	return wordSegmenter;
}
