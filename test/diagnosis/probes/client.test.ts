import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clientFacts} from '../../../source/diagnosis/probes/client.js';
import type {ClientFacts} from '../../../source/diagnosis/surroundings.js';
import {bareMachine} from './look-at.js';

const table: ReadonlyArray<readonly [Record<string, string>, readonly string[], Partial<ClientFacts>]> = [
	[{}, [], {overSsh: false, sshOverTailnet: false, proxyVariables: [], nodeFlags: []}],
	[{SSH_CONNECTION: '10.0.0.1 5000 10.0.0.2 22'}, [], {overSsh: true, sshOverTailnet: false}],
	[{SSH_CONNECTION: '100.69.0.1 5000 100.69.0.2 22'}, [], {overSsh: true, sshOverTailnet: true}],
	[{SSH_CONNECTION: 'fd7a:115c:a1e0::1 5000 fd7a:115c:a1e0::2 22'}, [], {overSsh: true, sshOverTailnet: true}],
	[{TMUX: '/tmp/tmux-0/default,1,0', STY: 'x'}, [], {multiplexer: 'tmux'}],
	[{STY: '1.pts-0.desk'}, [], {multiplexer: 'screen'}],
	[{HTTPS_PROXY: 'http://user:canary@proxy', no_proxy: '', ALL_PROXY: 'x'}, [], {proxyVariables: ['HTTPS_PROXY', 'ALL_PROXY']}],
	[
		{NODE_USE_ENV_PROXY: '1', NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS: '--use-openssl-ca --max-old-space-size=9'},
		['--import=/home/canary/x.mjs', '--dns-result-order=ipv4first', '--dns-result-order=verbatim'],
		{nodeFlags: ['NODE_USE_ENV_PROXY', 'NODE_TLS_REJECT_UNAUTHORIZED=0', '--use-openssl-ca', '--import', '--dns-result-order']},
	],
	[{NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_EXTRA_CA_CERTS: '/canary.pem'}, [], {nodeFlags: ['NODE_EXTRA_CA_CERTS']}],
];

for (const [env, execArgv, expected] of table) {
	test(`the client with ${JSON.stringify(env)} ${execArgv.join(' ')}`, () => {
		const facts = clientFacts(env, {...bareMachine, execArgv});
		assert.deepEqual(Object.fromEntries(Object.keys(expected).map(key => [key, Reflect.get(facts, key)])), expected);
		assert.ok(!JSON.stringify(facts).includes('canary'));
		assert.match(facts.undici, /^\d+\.\d+/);
		assert.deepEqual([facts.hostname, facts.platform], ['desk', `linux ${process.arch}`]);
	});
}
