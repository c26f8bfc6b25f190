import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';
import {here} from '../fixes.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

/** An error of an answer under way, unless the part says otherwise. */
export function streamProblem(part: Part): Diagnosis {
	return {layer: 'chat', severity: 'error', exitCode: exitCodes.incomplete, transient: false, ...part};
}

/** The run may have gone on and acted without us; nothing is sent again unless the user does it. */
export const lookFirst = here('look in the conversation before you ask again: the run may have finished, and acted');
export const sendAgain = here('send the question again');
