import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findLast, isIdentified} from '../find.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';

type Part = Pick<Diagnosis, 'confidence' | 'evidence'> & Partial<Diagnosis>;

/** H23. */
export function starting(part: Part): Diagnosis {
	return {
		id: 'H23',
		slug: 'gateway.starting',
		layer: 'identity',
		severity: 'error',
		title: 'The gateway is still starting',
		explanation: 'It takes 7–15 seconds as a rule.',
		fixes: [here('wait until it is there, then ask', 'clawtalk ask --wait 2m QUESTION', 'has-placeholders')],
		exitCode: exitCodes.temporary,
		transient: true,
		...part,
	};
}

/** H24. */
export function draining(part: Part): Diagnosis {
	return {
		id: 'H24',
		slug: 'gateway.draining',
		layer: 'identity',
		severity: 'error',
		title: 'The gateway is shutting down or restarting and takes no new questions',
		explanation: 'It finishes running answers first, for up to five minutes. Whether it comes back cannot be seen from here.',
		fixes: [here('wait until it is back, then ask', 'clawtalk ask --wait 5m QUESTION', 'has-placeholders'), gatewayStatus],
		exitCode: exitCodes.temporary,
		transient: true,
		...part,
	};
}

/** What `/readyz` named as failing, told apart from what concerns questions: its stopping and its starting. */
function failing(evidence: Evidence) {
	const found = findLast(evidence, 'gateway-facts', facts => facts.failing !== undefined);
	const parts = found?.observation.failing ?? [];
	return {
		index: found?.index,
		drains: parts.includes('gateway-draining'),
		starts: parts.some(part => /start/i.test(part)),
		others: parts.filter(part => part !== 'gateway-draining' && !/start/i.test(part)),
	};
}

/** H23 and H24 by the gateway's own word. */
const ownWord: Rule = evidence => {
	const {index, drains, starts} = failing(evidence);
	if (index === undefined) return undefined;
	const answers = evidence.observations.flatMap((seen, at) => (seen.kind === 'http-answer' && seen.status === 503 ? [at] : []));
	const retryAfterMs = findLast(evidence, 'http-answer', answer => answer.status === 503 && answer.retryAfterMs !== undefined);
	const more = {
		confidence: 'certain',
		evidence: [index, ...answers],
		...(retryAfterMs?.observation.retryAfterMs === undefined ? {} : {retryAfterMs: retryAfterMs.observation.retryAfterMs}),
	} as const;
	if (drains) return draining(more);
	return starts ? starting(more) : undefined;
};

/** H27: the gateway takes questions, and something else of it does not work. */
const partFails: Rule = evidence => {
	const {index, others} = failing(evidence);
	if (index === undefined || others.length === 0) return undefined;
	return {
		id: 'H27',
		slug: 'gateway.part-fails',
		layer: 'identity',
		severity: 'note',
		confidence: 'certain',
		title: `A part of the gateway is not ready: ${others.slice(0, 3).join(', ')}`,
		explanation: 'It takes questions all the same; channels that are down do not concern this chat.',
		evidence: [index],
		fixes: [onGatewayHost('see how its channels are', 'openclaw channels status')],
		exitCode: exitCodes.ok,
		transient: false,
	};
};

/** H28: whether it is ready is not told to everybody (2026.8.1, openclaw/openclaw#134735). */
const notTold: Rule = evidence => {
	const found = findLast(evidence, 'http-answer', ({path, status}) => status === 403 && /\/(?:ready|startup)z?$/.test(path));
	if (!found || !isIdentified(evidence)) return undefined;
	return {
		id: 'H28',
		slug: 'gateway.readiness-hidden',
		layer: 'identity',
		severity: 'note',
		confidence: 'certain',
		title: 'The gateway does not tell us whether it is ready',
		explanation: 'Some releases answer that question on their own machine only. Nothing is wrong.',
		evidence: [found.index],
		fixes: [],
		exitCode: exitCodes.ok,
		transient: false,
	};
};

export const readinessRules: readonly Rule[] = [ownWord, partFails, notTold];
