import {exitCodes} from '../../exit-codes.js';
import {here} from '../fixes.js';
import type {TextRow} from './entry.js';

/** Answers that look like a failure and are none. */
export const answerRows: readonly TextRow[] = [
	{
		id: 'H32',
		slug: 'http.method-only',
		layer: 'chat',
		severity: 'note',
		confidence: 'likely',
		title: 'The endpoint is on: it answers 405 because it was asked with GET, and takes POST',
		explanation:
			'The answer names POST as what is allowed there. The chat endpoint of OpenClaw answers so to curl or a browser when it is switched on; the text does not say which path was asked.',
		fixes: [here('see what clawtalk is answered', 'clawtalk status')],
		exitCode: exitCodes.ok,
		patterns: [],
		samples: ['HTTP/1.1 405 Method Not Allowed, Allow: POST'],
		seeAlso: ['H12'],
	},
];
