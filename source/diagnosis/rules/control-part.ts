import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';
import type {ControlRefused, Evidence, WebSocketClosed} from '../evidence.js';
import type {Found} from '../find.js';
import {chatWorks} from './chat-works.js';

export type ControlPart = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'fixes'> & Partial<Diagnosis>;

/**
 * Makes a diagnosis of how the control plane closed. Where questions go through over HTTP it is a warning: it stops nobody from chatting.
 */
export function controlProblem(evidence: Evidence, {index}: Found<WebSocketClosed | ControlRefused>, part: ControlPart): Diagnosis {
	const problem: Diagnosis = {
		layer: 'control',
		severity: 'error',
		evidence: [index],
		exitCode: exitCodes.unreachable,
		transient: false,
		...part,
	};
	return chatWorks(evidence) ? {...problem, severity: 'warning', exitCode: exitCodes.ok} : problem;
}

/** `4.2 s`, or `480 ms` below a second. */
export function duration(ms: number): string {
	return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}
