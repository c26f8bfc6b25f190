import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {addresses, type Service} from './lab/plan.js';
import {find} from './lab/support.js';
import type {World} from './lab/world.js';
import {play, type Scenario} from './scenario.js';

const {clientLan} = addresses;
const here = 'http://127.0.0.1:18789';
const gatewayHere: Service = {kind: 'gateway', at: ['127.0.0.1', 18_789]};
const deep = ['status', '--json', '--deep'];
const setTo = (gateway: Record<string, unknown>) => ({gateway: {mode: 'local', port: 18_789, bind: 'loopback', ...gateway}});

/** Refused here, and what OpenClaw is set to on this machine. */
const notStarted = (name: string, id: string, openclaw: unknown, command: RegExp): Scenario => ({
	name,
	url: here,
	openclaw,
	expect: {id, exitCode: 69, command, token: 'kept'},
});

const log = /^(journalctl|openclaw logs)/;
const toLoopback = /^openclaw config set gateway\.bind loopback$/;

play('why no gateway listens here', [
	notStarted('Tailscale Serve needs the gateway on loopback', 'O06', setTo({bind: 'lan', tailscale: {mode: 'serve'}}), log),
	notStarted('no authentication, and not on loopback alone', 'O07', setTo({bind: 'lan', auth: {mode: 'none'}}), toLoopback),
	notStarted('OpenClaw here is a client of another gateway', 'O08', setTo({mode: 'remote'}), /^openclaw config get gateway\.remote\.url$/),
	notStarted('OpenClaw here has no mode', 'O08', {gateway: {port: 18_789}}, log),
	notStarted('its configuration cannot be parsed', 'O09', '{"gateway": {"mode": "local",', /^openclaw config validate$/),
	notStarted('an address of its own is wanted and not named', 'O10', setTo({bind: 'custom'}), toLoopback),
	notStarted('an address in the place of a word', 'O10', setTo({bind: '192.168.77.10'}), toLoopback),
	{
		name: 'the configuration says lan, and the gateway still listens on loopback',
		client: [gatewayHere],
		url: `http://${clientLan}:18789`,
		openclaw: setTo({bind: 'lan'}),
		expect: {id: 'O05', exitCode: 69, command: /^openclaw gateway status$/, token: 'kept'},
	},
	{
		name: 'its service is started again and again',
		url: here,
		openclaw: setTo({}),
		command: deep,
		client: world => systemctl(world, 'ActiveState=activating\nSubState=auto-restart\nNRestarts=17\nLoadState=loaded\n'),
		expect: {id: 'N02', exitCode: 69, command: log, token: 'kept'},
	},
]);

play('a closer look at a gateway of this machine that works', [
	{
		name: 'the configuration says lan, and it listens on loopback',
		client: [gatewayHere],
		url: here,
		openclaw: setTo({bind: 'lan'}),
		command: deep,
		expect: {id: null, exitCode: 0, notes: ['O05'], token: 'sent'},
	},
	{
		name: 'another gateway answers here too',
		client: [gatewayHere, {kind: 'gateway', at: ['127.0.0.1', 19_001]}],
		url: here,
		command: deep,
		expect: {id: null, exitCode: 0, notes: ['O11'], says: /http:\/\/127\.0\.0\.1:19001/, token: 'sent'},
	},
	{
		name: 'a newer OpenClaw wrote the configuration',
		client: [gatewayHere],
		url: here,
		openclaw: {...setTo({}), meta: {lastTouchedVersion: '2026.12.1'}},
		command: deep,
		expect: {id: null, exitCode: 0, notes: ['V04'], token: 'sent'},
	},
]);

/** A systemd that says this of every service: in the place of the real one where there is one, else in the PATH. */
function systemctl({folder}: World, says: string): readonly Service[] {
	const stub = path.join(folder, 'bin/systemctl');
	mkdirSync(path.dirname(stub), {recursive: true});
	writeFileSync(stub, `#!/bin/sh\ncat <<'END'\n${says}END\n`, {mode: 0o755});
	const real = find('systemctl');
	return real === undefined ? [] : [{kind: 'command', command: ['mount', '--bind', stub, real]}];
}
