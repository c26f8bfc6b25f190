import type {TextRow} from './entry.js';

/** Rows that only say which other row it is. */
export const pointerRows: readonly TextRow[] = [];
