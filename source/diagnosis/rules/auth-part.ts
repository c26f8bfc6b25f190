import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';

type AuthPart = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

/** An error of access that ends with 77 and does not pass by itself, unless the part says otherwise. */
export function authProblem(part: AuthPart): Diagnosis {
	return {layer: 'auth', severity: 'error', confidence: 'certain', exitCode: exitCodes.authentication, transient: false, ...part};
}
