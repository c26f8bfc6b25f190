import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {addresses} from './lab/plan.js';
import type {World} from './lab/world.js';
import {play} from './scenario.js';

const {remoteLan} = addresses;
const here = 'http://127.0.0.1:18789';
const lan = `http://${remoteLan}:18789`;

play('what this machine itself does', [
	{
		name: 'it has no port left to connect from',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		client: [
			{kind: 'socket', at: ['0.0.0.0', 40_001], does: 'silence'},
			{kind: 'command', command: ['sh', '-c', 'echo 40001 40001 > /proc/sys/net/ipv4/ip_local_port_range']},
		],
		url: lan,
		expect: {id: 'N18', exitCode: 75, token: 'kept'},
	},
	{
		name: 'its Node is no long-term release, which is only worth a note',
		env: world => preload(world, "Object.defineProperty(process.versions, 'node', {value: '25.2.1'});"),
		url: here,
		expect: {id: 'N01', exitCode: 69, notes: ['N27'], token: 'kept'},
	},
	{
		name: 'its own fetch fails, and clawtalk does not use that one',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		env: world => preload(world, brokenFetch),
		url: here,
		expect: {id: null, exitCode: 0, absent: ['N24'], token: 'sent'},
	},
	{
		name: 'something in it refuses what its HTTP library opens, and nothing else',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		env: world => preload(world, failing('options.highWaterMark !== undefined', 'ECONNREFUSED')),
		url: here,
		expect: {id: 'N24', exitCode: 69, command: /^nvm /, absent: ['N26'], token: 'kept'},
	},
	{
		name: 'an error that nobody knows',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		env: world => preload(world, failing('Number(options.port) === 18789', 'ESTRANGE')),
		url: here,
		expect: {id: 'X00', exitCode: 69, says: /ESTRANGE/, token: 'kept'},
	},
]);

const brokenFetch = `globalThis.fetch = async () => {
	throw new TypeError('fetch failed', {cause: Object.assign(new Error('connect ECONNREFUSED'), {code: 'ECONNREFUSED', syscall: 'connect'})});
};`;

/** Connections with these options fail with that code, before they leave. */
const failing = (condition: string, code: string) => `import {Socket} from 'node:net';
const {connect} = Socket.prototype;
Socket.prototype.connect = function (...given) {
	const [options] = Array.isArray(given[0]) ? given[0] : given;
	if (!(${condition})) return connect.apply(this, given);
	const {host, port} = options;
	const error = Object.assign(new Error('connect ${code} ' + host), {code: '${code}', syscall: 'connect', address: host, port});
	process.nextTick(() => this.destroy(error));
	return this;
};`;

/** A module that Node loads before clawtalk, from the settings of this machine. */
function preload({folder}: World, text: string): Readonly<Record<string, string>> {
	const file = path.join(folder, 'preload.mjs');
	writeFileSync(file, text);
	return {NODE_OPTIONS: `--import=${file}`};
}
