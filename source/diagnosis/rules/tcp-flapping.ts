import {exitCodes} from '../../exit-codes.js';
import {type Contact, contacts, failedContact, summary} from '../contact.js';
import type {Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {gatewayStatus, here, onGatewayHost, serviceLog} from '../fixes.js';
import {isThisMachine} from '../place.js';
import {blamesClient, cameThrough, ways} from '../stacks.js';
import type {ListenerLook, ServiceLook, StackComparison} from '../surroundings.js';
import {dialled} from '../target-words.js';
import {unreachable} from './unreachable.js';

/** Restarts since the service was started from which on it is no accident. */
const manyRestarts = 3;

/** N02: the service manager starts the gateway again and again. */
export const crashLooping: Rule = evidence => {
	const service = findLast(evidence, 'service-look');
	const failed = failedContact(evidence, 'refused') ?? mixedContacts(evidence);
	if (!service || !failed || !isThisMachine(evidence) || !isLooping(service)) return undefined;
	const {restarts, subState} = service.observation;
	return unreachable({
		id: 'N02',
		slug: 'net.crash-loop',
		confidence: subState === 'auto-restart' ? 'certain' : 'likely',
		title: `The gateway of this machine is restarted again and again (${restarts} times so far)`,
		explanation: 'It starts and ends before it can be used. Its log says why.',
		evidence: [...failed.refs, service.index],
		fixes: [serviceLog, onGatewayHost('see what the service and its configuration look like', 'openclaw gateway status --deep')],
	});
};

function isLooping({observation: {subState, activeState, restarts}}: Found<ServiceLook>): boolean {
	return subState === 'auto-restart' || (restarts >= manyRestarts && activeState !== 'inactive');
}

/** N26: the same question to the same address, answered differently. That is never the client's fault. */
export const flapping: Rule = evidence => {
	if (blamesClient(evidence)) return undefined;
	const mixed = mixedContacts(evidence) ?? mixedStacks(evidence) ?? recovered(evidence) ?? listensNow(evidence);
	if (!mixed) return undefined;
	return unreachable({
		id: 'N26',
		slug: 'net.flapping',
		confidence: 'certain',
		title: `${mixed.where} answers only some of the time`,
		explanation: `${mixed.words} A gateway that has just started or restarts in a loop does that, or something on the way; the client does not.`,
		evidence: mixed.refs,
		fixes: [
			here('wait a moment and look again', 'clawtalk status'),
			onGatewayHost('see whether it restarts again and again', 'openclaw gateway status --deep'),
			serviceLog,
		],
		rivals: [
			{id: 'N02', title: 'The gateway restarts in a loop', tellApart: `${gatewayStatus.command} --deep, or its log, on the gateway host`},
		],
		exitCode: exitCodes.temporary,
		transient: true,
	});
};

interface Mixed {
	readonly refs: readonly number[];
	readonly where: string;
	/** What was mixed, as a sentence. */
	readonly words: string;
}

/** Tries to one address of which some connected and some did not. */
function mixedContacts(evidence: Evidence): Mixed | undefined {
	const all = contacts(evidence);
	for (const address of new Set(all.map(one => one.address))) {
		const tries = all.filter(one => one.address === address);
		const connected = tries.filter(({outcome}) => outcome === 'connected').length;
		const failed = tries.some(({outcome}) => outcome === 'refused' || outcome === 'silent' || outcome === 'no-route');
		if (connected > 0 && failed && address !== undefined) return {...summary(evidence, tries), words: inNumbers(tries)};
	}
	return undefined;
}

function inNumbers(tries: readonly Contact[]): string {
	return `Of ${tries.length} connections ${tries.filter(({outcome}) => outcome === 'connected').length} came about.`;
}

function mixedStacks(evidence: Evidence): Mixed | undefined {
	const found = findLast(evidence, 'stack-comparison', ({rounds}) => isMixed(rounds));
	const words = 'Of several tries to the same address some came through, and some did not.';
	return found && {refs: [found.index], where: dialled(evidence), words};
}

/** Some tries came through, and to others nobody listened. That a peer closes what it took is another matter. */
function isMixed(rounds: StackComparison['rounds']): boolean {
	const ended = rounds.flatMap(round => ways.map(way => round[way]));
	const refused = rounds.some(({raw}) => unheard.includes(raw));
	return ended.includes('ok') && (refused || ways.some(way => isMixedWay(rounds.map(round => round[way]))));
}

function isMixedWay(results: readonly string[]): boolean {
	return results.includes('ok') && results.some(result => unheard.includes(result));
}

const unheard: readonly string[] = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Refused, and by now a program of this machine listens on that very address. */
function listensNow(evidence: Evidence): Mixed | undefined {
	const failed = failedContact(evidence, 'refused');
	const listener = findLast(evidence, 'listener-look');
	if (!failed || !listener || !isThisMachine(evidence)) return undefined;
	if (!failed.addresses.some(address => listensOn(listener.observation, address))) return undefined;
	return {refs: [...failed.refs, listener.index], where: failed.where, words: 'It refused, and a program listens there by now.'};
}

/** Whether a listener surely takes connections to an address. One on `::` takes IPv4 as well, or not: the table does not tell. */
export function listensOn({addresses}: ListenerLook, address: string): boolean {
	const any = address.includes(':') ? '::' : '0.0.0.0';
	return addresses.some(one => one === address || one === any);
}

/** Everything failed at first, and every round of the comparison came through. */
function recovered(evidence: Evidence): Mixed | undefined {
	const failed = failedContact(evidence, 'refused') ?? failedContact(evidence, 'silent');
	const later = findLast(evidence, 'stack-comparison', ({rounds}) => cameThrough(rounds, 'raw') === 'always');
	return (
		failed && later && {refs: [...failed.refs, later.index], where: failed.where, words: 'It failed at first and came about afterwards.'}
	);
}
