import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readPhase} from '../../../source/gateway/control/run-phase.js';

const phases: readonly (readonly [phase: string, words: string])[] = [
	['preparing_workspace', 'preparing the workspace'],
	['running_setup', 'preparing the workspace'],
	['starting_model', 'starting the model'],
	['compacting', 'shortening the conversation for the model'],
	['warming_up', 'warming up'],
	// Names that every object knows are phases like any other.
	['constructor', 'constructor'],
	['toString', 'toString'],
	['__proto__', '  proto  '],
];
for (const [phase, message] of phases) {
	test(`the phase ${phase} in words`, () => assert.deepEqual(readPhase({phase}), {phase, message}));
}
