import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {lookupFailure} from './example-observations.js';

/** The name of the gateway. */
export const nameExamples: Readonly<Record<string, Evidence>> = {
	D01: exampleOf([lookupFailure('ENOTFOUND')]),
	D02: exampleOf([lookupFailure('EAI_AGAIN')]),
};
