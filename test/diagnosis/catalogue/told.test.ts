import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../../source/diagnosis/catalogue/catalogue.js';
import {recognise} from '../../../source/diagnosis/catalogue/recognise.js';
import {wordsOfText} from '../../../source/diagnosis/catalogue/text-words.js';
import type {Diagnosis} from '../../../source/diagnosis/diagnosis.js';

function first(text: string): Diagnosis {
	const diagnosis = recognise(text)[0]?.diagnosis;
	assert.ok(diagnosis, `not recognised: ${text}`);
	return diagnosis;
}

/** What a text proves: its row, how sure that is, and the rows that it does not exclude. */
const told: ReadonlyArray<readonly [text: string, id: string, confidence: Diagnosis['confidence'], rivals?: readonly string[]]> = [
	// A status alone.
	['HTTP/1.1 405 Method Not Allowed\nAllow: POST\nContent-Type: text/plain; charset=utf-8\n\nMethod Not Allowed', 'H32', 'likely'],
	['< HTTP/1.1 405 Method Not Allowed\n< allow: POST', 'H32', 'likely'],
	['HTTP/1.1 405 Method Not Allowed', 'H12', 'possible', ['H14', 'H32']],
	['HTTP/1.1 405 Method Not Allowed\nAllow: GET', 'H12', 'possible', ['H14', 'H32']],
	['404 Not Found', 'H11', 'possible', ['H14', 'H01']],
	['HTTP/1.1 401 Unauthorized', 'A02', 'likely', ['A03']],
	['HTTP/1.1 413 Payload Too Large', 'H10', 'likely'],
	['{"error":{"message":"Unauthorized","type":"unauthorized"}}', 'A02', 'certain', ['A03']],
	// Certificates.
	['NET::ERR_CERT_AUTHORITY_INVALID', 'L04', 'likely', ['L03']],
	['self signed certificate in certificate chain', 'L04', 'certain'],
	['curl: (60) SSL certificate problem: self-signed certificate in certificate chain', 'L04', 'certain'],
	['curl: (60) SSL certificate problem: unable to get local issuer certificate', 'L04', 'likely', ['L03']],
	['Your connection is not private', 'L04', 'possible', ['L03', 'L05', 'L06']],
	['CERT_HAS_EXPIRED', 'L06', 'likely', ['A14']],
	// Ports of other programs.
	['Error: listen EADDRINUSE: address already in use :::3000', 'O03', 'possible', ['O04']],
	['Error: listen EADDRINUSE: address already in use 127.0.0.1:18789', 'O03', 'certain'],
	['Gateway failed to start: gateway already running (pid 4242); lock timeout after 5000ms', 'O03', 'certain'],
	// Names.
	['curl: (6) Could not resolve host: gateway.local', 'D01', 'possible', ['D02']],
	['curl: (6) Could not resolve host: gateway.example', 'D01', 'likely', ['D02']],
	['getaddrinfo ENOTFOUND gateway.example', 'D01', 'certain'],
	['DNS_PROBE_FINISHED_NXDOMAIN', 'D01', 'certain'],
	['DNS_PROBE_FINISHED_NO_INTERNET', 'D02', 'certain'],
	// OpenClaw.
	['Error: gateway timeout after 10000ms', 'N28', 'possible', ['N11', 'E06']],
	['Missing config. Run `openclaw setup` or set gateway.mode=local (or pass --allow-unconfigured).', 'O08', 'certain'],
	['Gateway start blocked: set gateway.mode=local (current: unset) or pass --allow-unconfigured.', 'O08', 'certain'],
	['control ui requires HTTPS or localhost (secure context)', 'A18', 'certain'],
	// Pages of browsers.
	['This site can’t be reached\n127.0.0.1 refused to connect.', 'N01', 'likely', ['N03', 'N06']],
	['192.168.1.7 refused to connect.', 'N04', 'likely'],
	['192.168.1.7 took too long to respond.', 'N11', 'likely'],
	['gateway.example’s server IP address could not be found.', 'D01', 'likely', ['D02']],
	['Firefox can’t establish a connection to the server at 127.0.0.1:18789.', 'N01', 'certain'],
	['Safari can’t connect to the server.', 'N04', 'likely'],
	['gateway.example didn’t send any data.', 'N22', 'possible'],
	// ssh about itself.
	['ssh: connect to host home.example port 22: Connection refused', 'N30', 'likely'],
	['ssh: connect to host home.example port 22: Connection timed out', 'N31', 'likely'],
	['Nov 21 13:00:01 box autossh[812]: ssh: connect to host home.example port 22: No route to host', 'N31', 'likely'],
	['ssh: Could not resolve hostname home.example: Name or service not known', 'N32', 'likely'],
	['me@home.example: Permission denied (publickey,password).', 'N33', 'likely'],
	['Received disconnect from 192.0.2.7 port 22:2: Too many authentication failures', 'N33', 'likely'],
	['@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.', 'N35', 'certain'],
	['Host key verification failed.', 'N34', 'likely'],
	['kex_exchange_identification: read: Connection reset by peer', 'N36', 'likely'],
	['client_loop: send disconnect: Broken pipe', 'N37', 'likely'],
	['ssh_dispatch_run_fatal: Connection to 192.0.2.7 port 22: Broken pipe', 'N37', 'likely'],
	['channel 3: open failed: administratively prohibited: open failed', 'N38', 'certain'],
	// clawtalk itself.
	['✗ The host answers, but nothing listens on 192.168.1.9:18789  [N04, likely]', 'N04', 'likely'],
	['[N01, certain]', 'N01', 'certain'],
	['Also in the text: The connection broke [W10]', 'W10', 'possible'],
	['Nothing listens on 127.0.0.1:18789', 'N01', 'certain'],
	['clawtalk: Nothing listens on 127.0.0.1:18789.', 'N01', 'certain'],
];

for (const [text, id, confidence, rivals = []] of told) {
	test(`${id}, ${confidence}: ${text.split('\n').at(-1)?.slice(0, 70)}`, () => {
		const found = first(text);
		assert.deepEqual([found.id, found.confidence], [id, confidence], found.title);
		const named = found.rivals?.map(rival => rival.id) ?? [];
		for (const rival of rivals) assert.ok(named.includes(rival), `${rival} is not among ${named.join(' ')}`);
	});
}

test('a line of ssh about itself is told as nothing else', () => {
	for (const [text, id] of told.filter(([, one]) => /^N3\d$/.test(one))) {
		for (const {diagnosis} of recognise(text)) assert.match(diagnosis.id, /^N3\d$/, `${id}: ${text}`);
	}
	assert.equal(recognise('curl: (7) Failed to connect to 192.168.1.9 port 22: Connection refused')[0]?.diagnosis.id, 'N04');
});

test('a text is never told with the facts of an example, or with what clawtalk did not do', () => {
	const samples = catalogue.flatMap(entry =>
		entry.kind === 'text' ? entry.row.samples : entry.kind === 'rule' ? (entry.inText?.samples ?? []) : [],
	);
	const words = [
		...['tailscale serve requires gateway bind=loopback', 'refusing to bind gateway to lan:18789 without auth', 'Invalid config at x'],
		...['gateway.bind=custom requires gateway.customBindHost', 'multiple_gateways', 'MissingEnvVarError', 'No response from OpenClaw'],
		...['UND_ERR_HEADERS_TIMEOUT', 'Tailscale is stopped.', 'no reply from 100.64.0.9 in 5s', 'no matching peer', 'curl: (5) proxy'],
		...['Config was last written by a newer OpenClaw', 'ERR_UNSAFE_PORT', 'client sent an HTTP request to an HTTPS server'],
		...['curl: (18) transfer closed', 'write EPIPE', 'channel 2: open failed: connect failed: Connection refused'],
	];
	const made = /gateway\.example|192\.0\.2\.|100\.64\.0\.7|198\.51|tail1234|proxy\.example|1970|412|configuration on this machine|\b6000\b/;
	const deeds = /\b(?:[Nn]othing was sent|not sent again|[Nn]o token was)\b/;
	for (const text of [...told.filter(([line]) => !/\[[A-Z]\d\d/.test(line)).map(([line]) => line), ...samples, ...words]) {
		for (const {diagnosis, byExample} of recognise(text)) {
			if (byExample) continue;
			const {title, explanation, fixes, verify} = diagnosis;
			const said = [title, explanation, ...fixes.flatMap(({action, command}) => [action, command ?? '']), verify ?? ''].join('\n');
			const own = made.exec(said)?.[0];
			assert.ok(own === undefined || text.includes(own), `${text}\n${said}`);
			assert.doesNotMatch(explanation, deeds, text);
		}
	}
});

test('every row that is told by the words of a text exists', () => {
	const rules = catalogue.filter(({kind}) => kind === 'rule').map(({id}) => id);
	assert.deepEqual(
		Object.keys(wordsOfText).filter(id => !rules.includes(id)),
		[],
	);
});

test('commands are about the address that the text names, and about no other', () => {
	const commandsOf = (text: string) => {
		const {fixes, verify, rivals = []} = first(text);
		return [...fixes.map(({command}) => command ?? ''), verify ?? '', ...rivals.map(({tellApart}) => tellApart)];
	};
	for (const [text, url] of [
		['curl: (7) Failed to connect to 192.168.1.20 port 18789: Connection refused', 'http://192.168.1.20:18789'],
		['Error: gateway timeout after 10000ms to wss://box.test:8443', 'https://box.test:8443'],
		['✗ 10.0.0.4:18789 does not answer  [N11, likely]', 'http://10.0.0.4:18789'],
		['connect ETIMEDOUT ::1:18789', "'http://[::1]:18789'"],
	] as const) {
		const looks = commandsOf(text).filter(command => command.startsWith('clawtalk status'));
		assert.ok(looks.length > 0, text);
		for (const look of looks) assert.ok(look.includes(`--gateway ${url}`), look);
	}
	for (const text of ['connect ECONNREFUSED', 'HTTP/1.1 301 Moved Permanently\nLocation: https://elsewhere.test/', '404 Not Found']) {
		for (const command of commandsOf(text)) assert.doesNotMatch(command, /--gateway/, text);
	}
	const [refused] = first('ssh: connect to host home.test port 22: Connection refused').fixes;
	assert.deepEqual([refused?.command, refused?.applicability], ['ssh -p NUMBER USER@home.test', 'has-placeholders']);
});

test('of clawtalk’s own lines the words stay, and what the text shows counts more than an example', () => {
	assert.equal(
		first('✗ The host answers, but nothing listens on 10.0.0.9:1  [N04, likely]').title,
		'The host answers, but nothing listens on 10.0.0.9:1',
	);
	const whole = recognise('✗ Nothing listens on 127.0.0.1:18999  [N01, certain]\nSeen  connect ECONNREFUSED 127.0.0.1:18999');
	assert.deepEqual(
		whole.map(({diagnosis, byExample}) => [diagnosis.id, byExample]),
		[['N01', false]],
	);
	assert.doesNotMatch(first('✗ tcp 2 ms  [O04, certain]').title, /^tcp/);
	assert.deepEqual(recognise('this [E01] is no line of clawtalk'), []);
	assert.equal(first('[E99, likely] connect ECONNREFUSED 127.0.0.1:1').id, 'N01');
});
