import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';

export type AuthPart = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

export function authProblem(part: AuthPart): Diagnosis {
	return {layer: 'auth', severity: 'error', confidence: 'certain', exitCode: exitCodes.authentication, transient: false, ...part};
}
