import type {Layer} from '../evidence.js';
import type {KnownAddress} from '../surroundings.js';
import {lookAtListeners} from './listeners.js';
import {lookAtLocalOpenClaw, openClawConfigPath} from './local-openclaw.js';
import type {Look} from './look.js';
import {askResolver} from './lookup.js';
import {isThisMachine} from './place.js';
import {type ProbeScope, runProbe} from './run-probe.js';
import {lookAtService} from './service.js';
import {askSibling, type Sibling, serveSibling, siblingsOf} from './siblings.js';
import {compareStacks} from './stacks.js';
import {lookAtTailscale} from './tailscale.js';
import {lookAtTls} from './tls.js';

/** What is looked at around a target when it does not answer as it should. Each part runs once, beside whatever else runs. */
export interface LookAround {
	/** The same port elsewhere, and usual ports. */
	siblings(): void;
	/** Who listens on this machine's port, its OpenClaw, its service; only where the target is this machine. */
	host(): void;
	/** Tailscale, its resolver, and where it would publish the gateway. */
	tailnet(): void;
	/** Resolvers on the internet, with `deep`. */
	publicNames(): void;
	stacks(address: KnownAddress): void;
	tls(address: KnownAddress): void;
	/** Resolves when all that was begun has ended. */
	settled(): Promise<void>;
}

/** @param addresses Those of the target, as the system looked them up. */
export function lookAround(look: Look, addresses: readonly KnownAddress[]): LookAround {
	const {place, machine, env, isMinimal, isDeep} = look;
	const begun = new Map<string, Promise<unknown>>();
	const isHere = isThisMachine(place, addresses);
	const begin = (name: string, layer: Layer, limitMs: number, work: (scope: ProbeScope) => Promise<unknown>): Promise<unknown> => {
		const running = begun.get(name) ?? (look.reaches(layer) ? runProbe(look, {name, layer, limitMs}, work) : Promise.resolve());
		begun.set(name, running);
		return running;
	};
	const forbid = (name: string, layer: Layer): void => {
		if (!begun.has(name)) notAllowed(look, name, layer);
		begun.set(name, Promise.resolve());
	};
	const ask = (sibling: Sibling) =>
		begin(sibling.origin, 'tcp', 1_700, scope => askSibling(scope, sibling, isHere ? look.gateway.target.pin : undefined));
	return {
		siblings: () => void siblingsOf(place, addresses, machine, look.isAsked).map(ask),
		host() {
			if (!isHere) return;
			const means = {programs: isDeep && !isMinimal, path: env['PATH']};
			begin('listeners', 'tcp', 2_500, scope => lookAtListeners(scope, place.port, machine, means));
			if (isMinimal) {
				forbid('openclaw.json', 'config');
				return;
			}
			const path = openClawConfigPath(env, machine.homeFolder);
			begin('openclaw.json', 'config', 1_000, scope => lookAtLocalOpenClaw(scope, path, tokenOf(look)));
			if (isDeep) begin('service', 'tcp', 2_500, scope => lookAtService(scope, machine, env['PATH']));
		},
		tailnet() {
			if (place.addressClass === 'loopback' || place.addressClass === 'unspecified' || begun.has('tailnet')) return;
			begun.set('tailnet', askTailnet(look, addresses, ask));
		},
		publicNames() {
			const isPublic = place.addressClass === 'public' || place.addressClass === 'tailnet-name';
			if (isDeep && place.isName && isPublic)
				begin('public resolvers', 'dns', 2_000, scope => askResolver(scope, place, machine, 'public'));
		},
		stacks: address => void begin('stacks', 'tcp', 3_000, scope => compareStacks(scope, place, address)),
		tls: ({address}) => void begin('tls', 'tls', 2_500, scope => lookAtTls(scope, place, address, look.gateway.target.pin)),
		settled: async () => {
			for (let known = -1; known < begun.size; ) {
				known = begun.size;
				await Promise.all(begun.values());
			}
		},
	};
}

/** Only a Tailscale that runs is asked for a name: elsewhere 100.100.100.100 is anybody, and would learn it. */
async function askTailnet(look: Look, addresses: readonly KnownAddress[], ask: (sibling: Sibling) => Promise<unknown>): Promise<void> {
	const {place, machine, env} = look;
	if (look.isMinimal) {
		notAllowed(look, 'tailscale', 'dns');
		return;
	}
	const seen = await runProbe(look, {name: 'tailscale', layer: 'dns', limitMs: 2_300}, scope =>
		lookAtTailscale(scope, place, addresses, machine, env['PATH']),
	);
	const serve = serveSibling(place, seen);
	const isAskable = place.addressClass === 'tailnet-name' && seen?.state === 'Running';
	await Promise.all([
		isAskable &&
			runProbe(look, {name: 'tailnet resolver', layer: 'dns', limitMs: 1_800}, scope => askResolver(scope, place, machine, 'tailscale')),
		serve !== undefined && ask(serve),
	]);
}

function notAllowed({journal}: Look, probe: string, layer: Layer): void {
	journal.add({kind: 'probe-ended', layer, atMs: journal.elapsed(), probe, reason: 'not-allowed', message: 'probes: minimal'});
}

function tokenOf({gateway: {target}}: Look) {
	return target.credential.kind === 'token' ? target.credential.secret : undefined;
}
