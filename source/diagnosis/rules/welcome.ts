import {exitCodes} from '../../exit-codes.js';
import {neededScopes, standingWelcome} from '../control-chat.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import {findAll} from '../find.js';
import {here} from '../fixes.js';
import {chatWorks} from './chat-works.js';
import {approveDevice, listDevices} from './device-refusals.js';

/**
 * A18 and A13: welcomed, and not allowed what was asked for. Beyond loopback a gateway gives a client without a device no permission at
 * all (2026.9.6); a device has those that it was approved for.
 */
const notAllowed: Rule = evidence => {
	const found = standingWelcome(evidence);
	if (found === undefined || found.observation.missingScopes.length === 0) return undefined;
	const {scopes, missingScopes, authMethod} = found.observation;
	const stops = missingScopes.some(scope => neededScopes.includes(scope));
	const isNameless = scopes.length === 0 && authMethod !== 'device-token';
	const part = isNameless ? nameless : unapproved(missingScopes);
	const severity = !stops ? 'warning' : chatWorks(evidence) ? (isNameless ? 'note' : 'warning') : 'error';
	return {
		...part,
		layer: 'auth',
		severity,
		confidence: 'certain',
		evidence: [found.index],
		exitCode: severity === 'error' ? exitCodes.authentication : exitCodes.ok,
		transient: false,
	};
};

type Part = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'fixes'>;

const nameless: Part = {
	id: 'A18',
	slug: 'auth.device.required',
	title: 'The control plane takes the token, and allows nothing to a client without an approved device',
	explanation:
		'Beyond loopback OpenClaw wants each device approved once. This look shows it none; the chat does, and waits for the approval.',
	fixes: [here('open the chat: it says what to approve, and goes on by itself', 'clawtalk'), listDevices],
};

function unapproved(missing: readonly string[]): Part {
	return {
		id: 'A13',
		slug: 'auth.device.scope',
		title: `The device is known, but not approved for ${missing.join(', ')}`,
		explanation: 'Its token is not wrong; it is allowed less.',
		fixes: [listDevices, approveDevice(undefined)],
	};
}

/** W25: news of the gateway are missing; what depends on them was read anew. */
const missed: Rule = evidence => {
	const gaps = findAll(evidence, 'sequence-gap');
	if (gaps.length === 0) return undefined;
	const count = gaps.reduce((sum, {observation}) => sum + Math.max(1, observation.missing), 0);
	return {
		id: 'W25',
		slug: 'control.sequence-gap',
		layer: 'control',
		severity: 'note',
		confidence: 'certain',
		title: `${count} ${count === 1 ? 'event' : 'events'} of the gateway did not arrive`,
		explanation: 'The gateway leaves out what a client reads too slowly. The conversation was read anew, so its text is whole.',
		evidence: gaps.map(({index}) => index),
		fixes: [],
		exitCode: exitCodes.ok,
		transient: false,
	};
};

export const welcomeRules: readonly Rule[] = [notAllowed, missed];
