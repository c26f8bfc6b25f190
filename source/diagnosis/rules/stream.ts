import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence, StreamEnded} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {gatewayLog, here} from '../fixes.js';
import {refusedChoice} from './refused-choice.js';
import {lookFirst, sendAgain, streamProblem} from './stream-part.js';
import {streamTimingRules} from './stream-timing.js';

/** S10, H31: the gateway says that the turn failed, or why it did not begin one. */
const turnFailed: Rule = evidence => {
	const found = findLast(evidence, 'turn-error');
	if (!found) return undefined;
	const refused = refusedChoice(found);
	if (refused !== undefined) return refused;
	const {message, type, code} = found.observation;
	const kind = [type, code].filter(part => part !== undefined).join(', ');
	return streamProblem({
		id: 'S10',
		slug: 'turn.failed',
		confidence: 'certain',
		title: `The gateway reports that the turn failed: ${message.replace(/\.$/, '')}${kind ? ` (${kind})` : ''}`,
		explanation: 'The connection worked; the agent or its model provider did not.',
		evidence: [found.index],
		fixes: [
			gatewayLog,
			{
				where: 'gateway-host',
				action: 'see the models and their credentials',
				command: 'openclaw models status',
				applicability: 'safe-to-run',
			},
		],
		exitCode: exitCodes.turnFailed,
	});
};

/** How the stream ended, when that is a problem. */
const streamEnding: Rule = evidence => {
	const found = findLast(evidence, 'stream-ended');
	if (!found) return undefined;
	switch (found.observation.ending) {
		case 'end-mark':
			return endedWithMark(found);
		case 'closed-early':
		case 'broken':
			return cutOff(found);
		case 'abandoned':
			return streamProblem({
				id: 'S05',
				slug: 'stream.abandoned',
				confidence: 'certain',
				title: `No data for ${inSeconds(found.observation.silentMs)}, and the gateway no longer answers its health check`,
				explanation: 'The connection was given up. The run may be going on without us.',
				evidence: [found.index],
				fixes: [lookFirst],
			});
		case 'too-large':
			return tooLarge(found.index);
		case 'not-a-stream':
			return notAStream(found.index);
		case 'deadline':
			return deadline(evidence, found.index);
		case 'cancelled':
			return undefined;
	}
};

/** S14. */
function tooLarge(index: number): Diagnosis {
	return streamProblem({
		id: 'S14',
		slug: 'stream.too-large',
		confidence: 'certain',
		title: 'The answer is larger than clawtalk takes',
		explanation: 'A line or the whole answer went over its limit, and the rest was not read.',
		evidence: [index],
		fixes: [here('ask for less at a time')],
	});
}

/** S01. */
function notAStream(index: number): Diagnosis {
	return streamProblem({
		id: 'S01',
		slug: 'stream.not-a-stream',
		confidence: 'certain',
		title: 'The answer is neither a stream nor a completion',
		explanation: 'The gateway said 200, but something else came, perhaps from a proxy on the way.',
		evidence: [index],
		fixes: [here('see what answers', 'clawtalk status')],
		exitCode: exitCodes.protocol,
	});
}

/** S13. A closed connection stops the run on 2026.9.6 and not on 2026.2.9, which identifies itself by its challenge. */
function deadline(evidence: Evidence, index: number): Diagnosis {
	const stops = findLast(evidence, 'peer-identified')?.observation.peer !== 'gateway-by-challenge';
	return streamProblem({
		id: 'S13',
		slug: 'stream.deadline',
		confidence: 'certain',
		title: 'The time limit of --timeout ran out',
		explanation: `The connection was closed${stops ? ', which stops the run of the agent' : '; on this older gateway the run goes on without us'}.`,
		evidence: [index],
		fixes: [here('allow more time', 'clawtalk ask --timeout SECONDS QUESTION', 'has-placeholders')],
		exitCode: exitCodes.temporary,
		transient: true,
	});
}

/** S02 and S09: an orderly end, but nothing to show for it. */
function endedWithMark({observation, index}: Found<StreamEnded>): Diagnosis | undefined {
	if (observation.textLength > 0) return undefined;
	if (observation.malformed > 0) return unreadable(observation, index);
	return streamProblem({
		id: 'S02',
		slug: 'turn.empty',
		confidence: 'likely',
		title: 'The turn ended without any text',
		explanation: 'The agent or its model provider failed and the gateway did not say why; older gateways never do.',
		evidence: [index],
		fixes: [gatewayLog, sendAgain],
		exitCode: exitCodes.turnFailed,
	});
}

/** S09: events came, and none of them could be read. */
function unreadable({malformed, events}: StreamEnded, index: number): Diagnosis {
	return streamProblem({
		id: 'S09',
		slug: 'stream.malformed',
		confidence: 'likely',
		title: `The answer cannot be read: ${malformed} of ${events} events are malformed`,
		explanation: 'A proxy changes the stream, or the gateway speaks a version that clawtalk does not know.',
		evidence: [index],
		fixes: [here('see what answers', 'clawtalk status')],
		exitCode: exitCodes.protocol,
	});
}

/** S03 and S04: the connection ended before the answer did. */
function cutOff({observation, index}: Found<StreamEnded>): Diagnosis {
	if (observation.textLength === 0 && observation.malformed > 0) return unreadable(observation, index);
	const how = observation.ending === 'broken' ? 'broke' : 'was closed';
	if (observation.events === 0 && observation.textLength === 0) {
		return streamProblem({
			id: 'S03',
			slug: 'stream.empty',
			confidence: 'likely',
			title: `The connection ${how} before the answer began`,
			explanation: 'The gateway took the question. Whether it worked on it is not known.',
			evidence: [index],
			fixes: [here('see whether the gateway is up', 'clawtalk status'), lookFirst],
			exitCode: exitCodes.turnFailed,
		});
	}
	return streamProblem({
		id: 'S04',
		slug: 'stream.cut',
		confidence: 'certain',
		title: `The answer was cut off: the connection ${how} after ${observation.textLength} characters`,
		explanation: 'The end of the answer is missing. The run may have finished, and acted, without us.',
		evidence: [index],
		fixes: [here('see whether the gateway is up', 'clawtalk status'), lookFirst],
	});
}

/** S06: the question was sent, and the connection ended before any answer to it. */
const noHeaders: Rule = evidence => {
	const found = findLast(evidence, 'network-failure', ({method, phase}) => method === 'POST' && phase === 'request');
	if (!found) return undefined;
	const waited =
		found.observation.timeoutMs !== undefined || found.observation.attempts.some(({code}) => code === 'UND_ERR_HEADERS_TIMEOUT');
	return streamProblem({
		id: waited ? 'S06' : 'S03',
		slug: waited ? 'stream.no-headers' : 'stream.empty',
		confidence: 'likely',
		title: waited
			? 'The gateway took the question and did not answer in time'
			: 'The connection broke after the question was sent, before any answer',
		explanation: 'Whether the agent worked on it is not known; the question was not sent again.',
		evidence: [found.index],
		fixes: [here('see whether the gateway is up', 'clawtalk status'), lookFirst],
		exitCode: waited ? exitCodes.temporary : exitCodes.turnFailed,
		transient: waited,
	});
};

/** S09 beside text: some events could not be read, the rest was. */
const someMalformed: Rule = evidence => {
	const found = findLast(evidence, 'stream-ended', ({malformed, textLength}) => malformed > 0 && textLength > 0);
	if (!found) return undefined;
	const {malformed, events} = found.observation;
	return streamProblem({
		id: 'S09',
		slug: 'stream.malformed',
		severity: 'warning',
		confidence: 'certain',
		title: `${malformed} of ${events} events of the stream could not be read`,
		explanation: 'The answer may have holes.',
		evidence: [found.index],
		fixes: [],
		exitCode: exitCodes.ok,
	});
};

function inSeconds(ms: number): string {
	return `${Math.round(ms / 1000)} s`;
}

export const streamRules: readonly Rule[] = [turnFailed, ...streamTimingRules, streamEnding, noHeaders, someMalformed];
