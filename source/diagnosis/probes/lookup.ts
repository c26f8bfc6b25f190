import {attemptsOf} from '../../gateway/observe.js';
import {plainLine} from '../../gateway/plain-text.js';
import type {KnownAddress, NameLookup} from '../surroundings.js';
import type {Machine} from './machine.js';
import {knownAddress, type Place} from './place.js';
import type {ProbeScope} from './run-probe.js';

const mostAddresses = 8;

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
		const addresses = [...new Set(await ask())].slice(0, mostAddresses).map(address => knownAddress(address, machine));
		scope.add({...common, tookMs: scope.elapsed() - atMs, addresses});
		return addresses;
	} catch (error) {
		const failure = attemptsOf(error)[0];
		scope.add({...common, tookMs: scope.elapsed() - atMs, addresses: [], ...(failure === undefined ? {} : {failure})});
		return [];
	}
}
