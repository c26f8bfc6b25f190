import {approvalCases} from './approval-cases.js';
import {askingCases} from './asking-cases.js';
import {attachmentCases} from './attachment-cases.js';
import {connectCases} from './connect-cases.js';
import {controlCases} from './control-cases.js';
import {deviceCases} from './device-cases.js';
import {historyCases} from './history-cases.js';
import type {Case, Peer} from './peer.js';
import {providerFaultCases} from './provider-fault-cases.js';
import {refusedMethodCases} from './refused-method-cases.js';
import {runCases} from './run-cases.js';
import {sessionCases} from './session-cases.js';
import {shapeCases} from './shape-cases.js';
import {toolCases} from './tool-cases.js';
import {wsQuestionCases} from './ws-question-cases.js';

/**
 * The contract: what holds on the demo gateway and on the real one of the same generation. Where they differ, the demo is wrong.
 */
export const cases: readonly Case[] = [
	...shapeCases,
	...controlCases,
	...deviceCases,
	...connectCases,
	...runCases,
	...historyCases,
	...toolCases,
	...sessionCases,
	...refusedMethodCases,
	...approvalCases,
	...askingCases,
	...attachmentCases,
	...overControlPlane([...askingCases, ...attachmentCases]),
	...wsQuestionCases,
	...providerFaultCases,
];

/** The same questions the other way. */
function overControlPlane(asked: readonly Case[]): readonly Case[] {
	return asked
		.filter(({httpOnly}) => httpOnly !== true)
		.map(entry => ({...entry, name: `${entry.name}, over the control plane`, run: peer => entry.run({...peer, transport: 'ws'})}));
}

/** The cases of a generation. */
export function casesFor(generation: Peer['generation']): readonly Case[] {
	return cases.filter(entry => entry.generation === undefined || entry.generation === generation);
}
