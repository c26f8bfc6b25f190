import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis} from '../diagnosis.js';
import type {TurnError} from '../evidence.js';
import type {Found} from '../find.js';
import {here} from '../fixes.js';
import {streamProblem} from './stream-part.js';

/**
 * H31 over the control plane: no run began, because of the agent or the model that was named. 2026.9.6 says `model not allowed: x/y` to
 * `sessions.patch` and `Agent "x" no longer exists in configuration` to `chat.send`; 2026.2.9 keeps models for administrators.
 */
export function refusedChoice({observation: {code, message}, index}: Found<TurnError>): Diagnosis | undefined {
	if (code !== 'INVALID_REQUEST') return undefined;
	const common = {id: 'H31', slug: 'chat.unknown-agent', evidence: [index], exitCode: exitCodes.turnFailed} as const;
	const said = message.replace(/\.$/, '');
	if (/^missing scope: operator\.admin\b/.test(message)) {
		return streamProblem({
			...common,
			confidence: 'likely',
			title: `Over its control plane this gateway lets administrators alone choose the model: ${said}`,
			explanation: 'clawtalk is no administrator there. Nothing was asked; the default model of the agent can be.',
			fixes: [here('leave --model and the setting defaultModel away')],
		});
	}
	if (!/^(?:model not allowed|Agent ".*" no longer exists)/.test(message)) return undefined;
	return streamProblem({
		...common,
		confidence: 'certain',
		title: `The gateway does not know that agent or model: ${said}`,
		explanation: '--agent names an agent of this gateway; --model overrides the model of one turn and must be allowed for that agent.',
		fixes: [here('leave --agent and --model away, or see the agents', 'clawtalk status')],
	});
}
