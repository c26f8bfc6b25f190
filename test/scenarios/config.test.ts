import {addresses, type Service} from './lab/plan.js';
import type {World} from './lab/world.js';
import {play, rightToken, type Scenario} from './scenario.js';

const {remoteLan} = addresses;
const here = 'http://127.0.0.1:18789';
const gatewayHere: Service = {kind: 'gateway', at: ['127.0.0.1', 18_789]};
const file = '.clawtalk/config.json';
const configured = JSON.stringify({gatewayUrl: here, gatewayToken: rightToken});

const files: readonly Scenario[] = [
	{
		name: 'there is no configuration, and no gateway of this machine',
		token: null,
		expect: {id: 'N01', exitCode: 69, notes: ['C01'], token: 'kept'},
	},
	{
		name: 'a comma too many in the config file',
		client: [gatewayHere],
		home: {[file]: `{"gatewayUrl": "${here}",}`},
		token: null,
		expect: {id: 'C02', exitCode: 78, command: /^clawtalk config edit$/, token: 'kept'},
	},
	{
		name: 'everybody may read the config file with the token in it',
		client: world => [gatewayHere, {kind: 'command', command: ['chmod', '644', `${world.home}/${file}`]}],
		home: {[file]: configured},
		token: null,
		expect: {id: null, exitCode: 0, notes: ['C03'], token: 'sent'},
	},
	{
		name: 'a folder where the config file should be',
		client: (world: World) => [gatewayHere, {kind: 'command', command: ['mkdir', '-p', `${world.home}/${file}`]}],
		token: null,
		expect: {id: 'C04', exitCode: 78, command: /^ls -ld /, token: 'kept'},
	},
	{
		name: 'a token with a line break inside',
		client: [gatewayHere],
		home: {[file]: JSON.stringify({gatewayUrl: here, gatewayToken: `${rightToken}\nmore`})},
		token: null,
		expect: {id: 'C15', exitCode: 78, command: /^clawtalk config set gatewayToken$/, token: 'kept'},
	},
	{
		name: 'the environment and the file have different tokens',
		client: [gatewayHere],
		home: {[file]: JSON.stringify({gatewayUrl: here, gatewayToken: `other-${crypto.randomUUID()}`})},
		expect: {id: null, exitCode: 0, notes: ['C17'], token: 'sent'},
	},
];

/** A URL as somebody might write it, given as an option. */
const written = (url: string, expect: Omit<Scenario['expect'], 'token'>, more: Partial<Scenario> = {}): Scenario => ({
	name: url,
	client: [gatewayHere],
	url,
	expect: {...expect, token: 'kept'},
	...more,
});

const urls: readonly Scenario[] = [
	written('203.0.113.9:18789', {id: 'C05', exitCode: 78, command: /^clawtalk config /}),
	written('ftp://127.0.0.1:18789', {id: 'C06', exitCode: 78}),
	written('http://127.0.0.1', {id: 'N06', exitCode: 69, notes: ['C09']}),
	written('http://::1:18789', {id: 'C10', exitCode: 78}),
	written('http://127.0.0.1:6000', {id: 'C11', exitCode: 78}),
	written('http://127.0.0.1 :18789', {id: 'C14', exitCode: 78}),
	written('http://0.0.0.0:18789', {id: 'C18', exitCode: 78}),
	{
		name: 'https to an address',
		remote: [{kind: 'gateway', at: [remoteLan, 18_789]}],
		url: `https://${remoteLan}:18789`,
		expect: {id: 'L02', exitCode: 76, notes: ['C20'], token: 'kept'},
	},
	{
		name: 'with the scheme, the path and the quotation marks of something else, which is corrected',
		client: [gatewayHere],
		url: '"ws://127.0.0.1:18789/v1"',
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
];

play('the configuration', files);
play('the URL', urls);
