import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {ToolFailed} from '../evidence.js';
import {type Found, findAll, findLast} from '../find.js';
import {here} from '../fixes.js';
import {executionPart} from './execution-errors.js';
import {nodeRules} from './nodes.js';

/** E01 to E07: the agent talks, but what it wanted to do on a node failed and the turn with it. */
const turnFailed: Rule = evidence => {
	const found = findLast(evidence, 'turn-error');
	if (!found) return undefined;
	const {message, type = '', code = ''} = found.observation;
	const part = executionPart(`${code} ${type} ${message}`);
	return part && {...part, layer: 'chat', severity: 'error', evidence: [found.index], exitCode: exitCodes.turnFailed, transient: false};
};

/** The same of a tool alone: the turn goes on, so the connection and the chat are in order. */
function warning(part: Omit<Diagnosis, 'layer' | 'severity' | 'exitCode' | 'transient'>): Diagnosis {
	return {layer: 'control', severity: 'warning', exitCode: exitCodes.ok, transient: false, ...part};
}

/** The last tool that failed for a reason that a row knows. */
const toolFailed: Rule = evidence => {
	const found = findLast(evidence, 'tool-failed', failed => partOf(failed) !== undefined);
	const part = found && partOf(found.observation);
	return found && part && warning({...part, evidence: [found.index]});
};

function partOf({message, node}: ToolFailed) {
	return executionPart(message, node);
}

/** One failure is everyday life of an agent; so many of them are worth a word. */
const enoughToTell = 2;

/** A command that was run and said no: `grep` that finds nothing. */
const endedWithCode = /^exit code \d+/;

/** E08: tools fail for reasons that no row knows. A guess, because a command may fail by itself: only after several. */
const toolsSeemToFail: Rule = evidence => {
	const failed = findAll(evidence, 'tool-failed', one => partOf(one) === undefined && !endedWithCode.test(one.message));
	if (failed.length < enoughToTell) return undefined;
	return warning({
		id: 'E08',
		slug: 'tools.fail',
		confidence: 'possible',
		title: `Chat works, and ${failed.length} runs of tools failed: ${namesOf(failed)}`,
		explanation: 'The connection, the gateway and its model work. Whether the tools or what they were asked for is at fault is not known.',
		evidence: failed.map(({index}) => index),
		fixes: [here('see what runs commands for the agent, and whether it may', 'clawtalk nodes')],
	});
};

function namesOf(failed: readonly Found<ToolFailed>[]): string {
	return [...new Set(failed.map(({observation}) => observation.tool.slice(0, 40)))].slice(0, 3).join(', ');
}

export const executionRules: readonly Rule[] = [turnFailed, toolFailed, ...nodeRules, toolsSeemToFail];
