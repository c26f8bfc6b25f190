import type {Evidence, HttpAnswer} from '../evidence.js';
import {findApiAnswer, findLast} from '../find.js';

/** `GET` on the chat endpoint answered with 405 and `Allow: POST`: it is on (2026.2.9 and 2026.9.6, before the token is looked at). */
export function isEndpointOn({method, status, path, headers}: HttpAnswer): boolean {
	return method === 'GET' && status === 405 && path.endsWith('completions') && /\bPOST\b/i.test(headers['allow'] ?? '');
}

/** Whether the evidence shows that questions go through over HTTP: then nothing else that is wrong stops a chat. */
export function chatWorks(evidence: Evidence): boolean {
	const answered = findLast(evidence, 'stream-ended', ({ending, textLength}) => ending === 'end-mark' && textLength > 0);
	return (answered !== undefined || findApiAnswer(evidence, isEndpointOn) !== undefined) && !isRefused(evidence);
}

/** The last answer to a request with the token was a refusal. */
function isRefused(evidence: Evidence): boolean {
	if (findLast(evidence, 'credential-withheld') !== undefined) return true;
	const last = findApiAnswer(evidence, ({layer, method}) => layer === 'auth' || method === 'POST');
	return last !== undefined && [401, 403, 429, 503].includes(last.observation.status);
}
