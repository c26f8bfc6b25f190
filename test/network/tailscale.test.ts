import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {parseTailscaleStatus, tailscaleStatus} from '../../source/network/tailscale.js';

const running = {
	BackendState: 'Running',
	Self: {
		DNSName: 'me.tail1.ts.net.',
		HostName: 'me',
		TailscaleIPs: ['100.64.0.1', 'fd7a:115c:a1e0::1'],
		Online: true,
		PublicKey: 'nodekey:abc',
	},
	Peer: {
		'nodekey:1': {
			DNSName: 'box.tail1.ts.net.',
			HostName: 'box',
			TailscaleIPs: ['100.64.0.2'],
			Online: true,
		},
		'nodekey:2': {
			DNSName: 'old.tail1.ts.net.',
			TailscaleIPs: null,
			Online: false,
		},
	},
};

test('the status is reduced to names, addresses and whether they are online', () => {
	assert.deepEqual(parseTailscaleStatus(JSON.stringify(running)), {
		running: true,
		backendState: 'Running',
		usesExitNode: false,
		self: {
			hostName: 'me',
			name: 'me.tail1.ts.net',
			addresses: ['100.64.0.1', 'fd7a:115c:a1e0::1'],
			online: true,
		},
		peers: [
			{name: 'box.tail1.ts.net', hostName: 'box', addresses: ['100.64.0.2'], online: true},
			{name: 'old.tail1.ts.net', hostName: '', addresses: [], online: false},
		],
	});
});

for (const [name, text] of [
	['no JSON', 'failed to connect to local tailscaled'],
	['JSON of another kind', '{"version":1}'],
	['an array', '[]'],
] as const) {
	test(`${name} is no status`, () => assert.equal(parseTailscaleStatus(text), undefined));
}

test('a stopped Tailscale is not running', () => {
	assert.deepEqual(parseTailscaleStatus('{"BackendState":"Stopped","Self":null,"Peer":null}'), {
		running: false,
		backendState: 'Stopped',
		usesExitNode: false,
		peers: [],
	});
});

test('the program is run with an argument list and its status read, exit code 1 or not', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'clawtalk-tailscale-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const program = join(folder, 'tailscale');
	writeFileSync(program, `#!/bin/sh\n[ "$1 $2" = "status --json" ] && echo '${JSON.stringify(running)}'\nexit 1\n`);
	chmodSync(program, 0o755);
	const status = await tailscaleStatus({
		timeoutMs: 10_000,
		candidates: ['/nonexistent/tailscale', program],
	});
	assert.equal(status?.running, true);
	assert.equal(status?.peers.length, 2);
});

test('a program that hangs is ended at the time limit', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'clawtalk-tailscale-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const program = join(folder, 'tailscale');
	writeFileSync(program, '#!/bin/sh\nexec sleep 60\n');
	chmodSync(program, 0o755);
	assert.equal(await tailscaleStatus({timeoutMs: 100, candidates: [program]}), undefined);
});

test('without a program there is no status', async () => {
	assert.equal(
		await tailscaleStatus({
			timeoutMs: 1_000,
			candidates: ['/nonexistent/tailscale'],
		}),
		undefined,
	);
});
