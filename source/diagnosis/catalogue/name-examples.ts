import type {Evidence} from '../evidence.js';
import type {NameLookup} from '../surroundings.js';
import {exampleOf} from './entry.js';
import {
	address,
	attempt,
	connectFailure,
	identified,
	lookupFailure,
	stranger,
	tailnet,
	tailnetAddress,
	tailnetName,
	tailscale,
} from './example-observations.js';

const boxName = 'box.tail1234.ts.net';

function lookup(resolver: NameLookup['resolver'], name: string, found: NameLookup['addresses']): NameLookup {
	return {kind: 'name-lookup', layer: 'dns', atMs: 2, tookMs: 5, name, resolver, addresses: found};
}

const inTailnet = {address: tailnetAddress, addressClass: 'cgnat'} as const;
const onLan = {address, addressClass: 'private'} as const;

/** The name of the gateway. */
export const nameExamples: Readonly<Record<string, Evidence>> = {
	D01: exampleOf([lookupFailure('ENOTFOUND')]),
	D02: exampleOf([lookupFailure('EAI_AGAIN')]),
	D03: exampleOf([lookupFailure('ENOTFOUND', boxName), tailscale('Stopped', {onlinePeers: []})], tailnetName),
	D04: exampleOf([lookupFailure('ENOTFOUND', boxName), lookup('tailscale', boxName, [inTailnet]), tailscale('Running')], tailnetName),
	D05: exampleOf(
		[lookup('system', boxName, [onLan]), lookup('tailscale', boxName, [inTailnet]), connectFailure('ECONNREFUSED')],
		tailnetName,
	),
	D06: exampleOf(
		[
			connectFailure('ETIMEDOUT', tailnetAddress),
			tailscale('Running', {renumbered: {name: boxName, addresses: ['100.64.0.8'], online: true}}),
		],
		tailnet,
	),
	D09: exampleOf([attempt('connected', address), attempt('ECONNREFUSED', '2001:db8::7', 1, {addressClass: 'public'}), identified]),
	D10: exampleOf([lookup('system', 'gateway', [onLan]), stranger], {origin: 'http://gateway:18789', addressClass: 'single-label'}),
};
