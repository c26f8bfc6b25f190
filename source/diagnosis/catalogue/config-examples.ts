import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {attempt, connectFailure, loopback, port, problem, tailnet, tailnetAddress, tailscale} from './example-observations.js';

const url = (row: string, message: string, suggestion?: string) => exampleOf([problem(row, 'gatewayUrl', message, suggestion)]);

/** What can be wrong before any packet is sent. */
export const configExamples: Readonly<Record<string, Evidence>> = {
	C01: exampleOf([connectFailure('ECONNREFUSED', '127.0.0.1')], {...loopback, source: 'default'}, {set: false, sent: false}),
	C02: exampleOf([problem('C02', 'config.json', 'Line 3, column 22: a comma stands before the closing brace.')]),
	C03: exampleOf([problem('C03', 'config.json', 'Its mode is 0644, and it holds a token: chmod 600 ~/.clawtalk/config.json')]),
	C04: exampleOf([problem('C04', 'config.json', 'EACCES: permission denied.')]),
	C05: url('C05', '192.0.2.7:18789 has no http:// or https:// before it.', 'http://192.0.2.7:18789'),
	C06: url('C06', 'localhost: was read as the scheme.', 'http://localhost:18789'),
	C09: url('C09', 'Without a port http means 80; gateways listen on 18789 as a rule.', 'http://192.0.2.7:18789'),
	C10: url('C10', 'An IPv6 address stands in brackets.', 'http://[2001:db8::7]:18789'),
	C11: url('C11', 'Port 6000 is one that HTTP clients refuse.'),
	C12: url('C12', 'A user name or password in a URL ends up in logs; the token has a setting of its own.', 'http://gateway.example:18789'),
	C13: url('C13', 'A token in a URL ends up in logs; it has a setting of its own.', 'http://gateway.example:18789'),
	C14: url('C14', 'There are quotation marks around it.', 'http://gateway.example:18789'),
	C15: exampleOf([problem('C15', 'gatewayToken', 'It ends with a line break.')]),
	C16: exampleOf([problem('C16', 'gatewayToken', 'It looks like a variable that nobody expanded.')]),
	C17: exampleOf([problem('C17', 'gatewayToken', 'OPENCLAW_GATEWAY_TOKEN and config.json differ; the first is used.')]),
	C18: url('C18', '0.0.0.0 means every address of a machine that listens.', 'http://127.0.0.1:18789'),
	C19: exampleOf(
		[{kind: 'credential-withheld', layer: 'auth', atMs: 6, reason: 'plain-http-public'}],
		{origin: 'http://gateway.example:18789', addressClass: 'public'},
		{sent: false, withheld: 'plain-http-public'},
	),
	C20: url('C20', 'Certificates are for names as a rule: use the name in the place of 192.0.2.7.'),
	C21: exampleOf(
		[
			attempt('ECONNREFUSED', tailnetAddress, 1, {own: true, addressClass: 'cgnat'}),
			{kind: 'listener-look', layer: 'tcp', atMs: 6, port, addresses: []},
			{kind: 'local-openclaw', layer: 'config', atMs: 6, state: 'absent'},
			tailscale('Running', {self: {name: 'laptop.tail1234.ts.net', addresses: [tailnetAddress], online: true}}),
		],
		tailnet,
	),
};
