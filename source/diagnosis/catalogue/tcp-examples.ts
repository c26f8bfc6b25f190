import type {Evidence} from '../evidence.js';
import type {StackComparison} from '../surroundings.js';
import {exampleOf} from './entry.js';
import {
	address,
	attempt,
	byPublicName,
	client,
	connectFailure,
	failure,
	identified,
	loopback,
	port,
	sibling,
	tailnet,
	tailnetAddress,
	tailscale,
} from './example-observations.js';

const silent = failure('request', '', {attempts: [], timeoutMs: 4000, bytesRead: 0});
const closedAtOnce = failure('request', 'ECONNRESET', {bytesRead: 0});
const refusedHere = connectFailure('ECONNREFUSED', '127.0.0.1');
const box = {name: 'box.tail1234.ts.net', addresses: [tailnetAddress]};

function stacks(rounds: StackComparison['rounds']): StackComparison {
	return {kind: 'stack-comparison', layer: 'tcp', atMs: 300, rounds};
}

const onlyFetchFails = {raw: 'ok', http: 'ok', undici: 'ok', fetch: 'ECONNREFUSED'};

/** The way to the gateway. */
export const tcpExamples: Readonly<Record<string, Evidence>> = {
	N01: exampleOf([refusedHere], loopback),
	N02: exampleOf(
		[refusedHere, {kind: 'service-look', layer: 'tcp', atMs: 40, activeState: 'activating', subState: 'auto-restart', restarts: 17}],
		loopback,
	),
	N03: exampleOf([refusedHere, sibling('own-address', `http://${tailnetAddress}:${port}`, {addressClass: 'cgnat'})], loopback),
	N04: exampleOf([connectFailure('ECONNREFUSED')]),
	N05: exampleOf(
		[
			connectFailure('ECONNREFUSED', tailnetAddress),
			tailscale('Running', {peer: {...box, online: true}}),
			sibling('serve-name', `https://${box.name}`, {addressClass: 'tailnet-name'}),
		],
		tailnet,
	),
	N06: exampleOf(
		[connectFailure('ECONNREFUSED', address, 18788), sibling('default-port', `http://gateway.example:${port}`, {addressClass: 'private'})],
		{origin: 'http://gateway.example:18788'},
	),
	N07: exampleOf([connectFailure('ETIMEDOUT', tailnetAddress), tailscale('Stopped', {onlinePeers: []})], tailnet),
	N08: exampleOf([connectFailure('ETIMEDOUT', tailnetAddress), tailscale('Running', {peer: {...box, online: false}})], tailnet),
	N09: exampleOf([connectFailure('ETIMEDOUT', tailnetAddress), tailscale('Running', {onlinePeers: ['desk.tail1234.ts.net']})], tailnet),
	N10: exampleOf([connectFailure('ETIMEDOUT', tailnetAddress), tailscale('Running', {peer: {...box, online: true}})], tailnet),
	N11: exampleOf([connectFailure('ETIMEDOUT')]),
	N12: exampleOf([connectFailure('ETIMEDOUT'), tailscale('Running', {exitNodeTakesLan: true})]),
	N13: exampleOf([connectFailure('ECONNREFUSED', address, 3128)], {...byPublicName, proxy: 'http://proxy.example:3128'}),
	N16: exampleOf([connectFailure('EHOSTUNREACH')]),
	N17: exampleOf([connectFailure('EACCES')]),
	N18: exampleOf([connectFailure('ENETDOWN')]),
	N19: exampleOf([closedAtOnce], loopback),
	N20: exampleOf(
		[closedAtOnce, {kind: 'listener-look', layer: 'tcp', atMs: 30, port, addresses: ['0.0.0.0'], program: 'docker-proxy'}],
		loopback,
	),
	N22: exampleOf([closedAtOnce]),
	N24: exampleOf([stacks([onlyFetchFails, onlyFetchFails, onlyFetchFails]), client({node: '25.2.1'})]),
	N26: exampleOf([attempt('connected'), attempt('ECONNREFUSED', address, 2), attempt('connected', address, 3)]),
	N27: exampleOf([connectFailure('ECONNREFUSED'), client({node: '25.2.1'})]),
	N28: exampleOf([silent]),
	X01: exampleOf([identified, failure('request', '', {layer: 'auth', path: '/v1/models', attempts: [], timeoutMs: 2000})]),
	X00: exampleOf([failure('request', '', {attempts: [{code: 'ESTRANGE', message: 'something new'}]})]),
};
