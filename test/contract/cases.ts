import {approvalCases} from './approval-cases.js';
import {askingCases} from './asking-cases.js';
import {attachmentCases} from './attachment-cases.js';
import {controlCases} from './control-cases.js';
import type {Case, Peer} from './peer.js';
import {providerFaultCases} from './provider-fault-cases.js';
import {runCases} from './run-cases.js';
import {sessionCases} from './session-cases.js';
import {shapeCases} from './shape-cases.js';

/**
 * The contract: what holds on the demo gateway and on the real one of the same generation. Where they differ, the demo is wrong.
 */
export const cases: readonly Case[] = [
	...shapeCases,
	...controlCases,
	...runCases,
	...sessionCases,
	...approvalCases,
	...askingCases,
	...attachmentCases,
	...providerFaultCases,
];

/** The cases of a generation. */
export function casesFor(generation: Peer['generation']): readonly Case[] {
	return cases.filter(entry => entry.generation === undefined || entry.generation === generation);
}
