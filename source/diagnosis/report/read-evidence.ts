import {sanitizeLine} from '../../terminal/sanitize.js';
import type {Evidence} from '../evidence.js';
import {redact} from '../redact.js';
import {evidenceFrom} from './evidence-of.js';
import {FieldError, isRecord, type Maker} from './rebuild.js';

export type ReadEvidence = {readonly ok: true; readonly evidence: Evidence} | {readonly ok: false; readonly message: string};

/** The largest file that is read, in bytes. */
export const mostEvidenceBytes = 1024 * 1024;
const longestText = 2000;

/**
 * Evidence out of a file: `clawtalk.evidence/1`, or a report or status document that holds it. The file is a stranger's: every field is
 * checked, made safe for a terminal and bounded; what is not known is dropped.
 */
export function readEvidence(content: string): ReadEvidence {
	let value: unknown;
	try {
		value = JSON.parse(content.replace(/^\ufeff/, ''));
	} catch {
		// The text is not shown: it is a stranger's.
		return {ok: false, message: 'is not JSON'};
	}
	try {
		return {ok: true, evidence: evidenceFrom(evidenceIn(value), strangers)};
	} catch (error) {
		if (error instanceof FieldError) return {ok: false, message: `is no evidence of clawtalk: ${error.message}`};
		throw error;
	}
}

function evidenceIn(value: unknown): unknown {
	return isRecord(value) && value['schema'] === 'clawtalk.report/1' ? value['evidence'] : value;
}

const strangers: Maker = {
	text(type, value) {
		const clean = sanitizeLine(redact(value.slice(0, longestText)));
		if (type === 'origin' && !isOrigin(clean)) throw new FieldError('an origin', 'an http or https address');
		if (type === 'time' && Number.isNaN(Date.parse(clean))) throw new FieldError('a time', 'a moment');
		if (type === 'row' && !/^[A-Z]\d{2}$/.test(clean)) throw new FieldError('a row', 'of the form C10');
		return clean;
	},
	headers: value =>
		Object.fromEntries(
			Object.entries(value)
				.slice(0, 50)
				.flatMap(([name, text]) => (/^[a-z][a-z-]{0,40}$/.test(name) ? [[name, sanitizeLine(redact(text.slice(0, longestText)))]] : [])),
		),
};

function isOrigin(text: string): boolean {
	return URL.canParse(text) && /^(?:https?|socks5?h?):$/.test(new URL(text).protocol) && new URL(text).hostname !== '';
}
