import {TIMEOUT} from 'node:dns';
import {attemptsOf} from '../../gateway/observe.js';
import {plainLine} from '../../gateway/plain-text.js';
import type {KnownAddress, NameLookup} from '../surroundings.js';
import type {Machine} from './machine.js';
import {knownAddress, type Place} from './place.js';
import {type ProbeScope, rest} from './run-probe.js';

const mostAddresses = 8;
/** A resolver that is silent for so long is one that does not answer, milliseconds. */
const answerMs = 1_900;

/** Addresses of the target: itself when it is one, else what the system's resolver says. Empty when there are none. */
export async function lookUp(scope: ProbeScope, place: Place, machine: Machine): Promise<readonly KnownAddress[]> {
	if (!place.isName) return [knownAddress(place.host, machine)];
	return await observeLookup(scope, place, machine, 'system', async () => (await machine.lookup(place.host)).map(({address}) => address));
}

/** Asks resolvers by address, past the system's configuration. They learn the name. */
export async function askResolver(
	scope: ProbeScope,
	place: Place,
	machine: Machine,
	resolver: Exclude<NameLookup['resolver'], 'system'>,
): Promise<readonly KnownAddress[]> {
	const {Resolver} = await import('node:dns/promises');
	const asked = new Resolver({timeout: 1_500, tries: 1});
	asked.setServers(resolver === 'tailscale' ? [machine.tailnetResolver] : [...machine.publicResolvers]);
	const cancel = () => asked.cancel();
	scope.signal.addEventListener('abort', cancel, {once: true});
	try {
		return await observeLookup(scope, place, machine, resolver, async () => {
			const [four, six] = await Promise.allSettled([asked.resolve4(place.host), asked.resolve6(place.host)]);
			if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
			return [four, six].flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
		});
	} finally {
		scope.signal.removeEventListener('abort', cancel);
	}
}

async function observeLookup(
	scope: ProbeScope,
	place: Place,
	machine: Machine,
	resolver: NameLookup['resolver'],
	ask: () => Promise<readonly string[]>,
): Promise<readonly KnownAddress[]> {
	const atMs = scope.elapsed();
	const common = {kind: 'name-lookup', layer: 'dns', atMs, name: plainLine(place.host, 253), resolver} as const;
	try {
		const addresses = [...new Set(await withinTime(ask(), scope.signal))]
			.slice(0, mostAddresses)
			.map(address => knownAddress(address, machine));
		scope.add({...common, tookMs: scope.elapsed() - atMs, addresses});
		return addresses;
	} catch (error) {
		if (scope.signal.aborted) return [];
		const failure = attemptsOf(error)[0];
		scope.add({...common, tookMs: scope.elapsed() - atMs, addresses: [], ...(failure === undefined ? {} : {failure})});
		return [];
	}
}

/** The system's lookup cannot be ended; it is only waited for. The code is the one that node:dns has for this. */
async function withinTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
	const patience = new AbortController();
	const silence = rest(answerMs, AbortSignal.any([patience.signal, signal])).then(() => {
		throw Object.assign(new Error('the resolver does not answer in time'), {code: TIMEOUT, syscall: 'getaddrinfo'});
	});
	try {
		return await Promise.race([answer, silence]);
	} finally {
		silence.catch(() => undefined);
		patience.abort();
	}
}
