import type {WebSocketEnd} from './lab/plan.js';
import {play, type Scenario} from './scenario.js';

const here = 'http://127.0.0.1:18789';

/**
 * 2026.2.9 proves itself by its WebSocket alone: how that ends decides whether there is anything to talk to. The token is kept from what
 * has not proved itself.
 */
const unproved = (name: string, endsWebSockets: WebSocketEnd, expect: Omit<Scenario['expect'], 'token'>): Scenario => ({
	name,
	client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], generation: '2026.2.9', endsWebSockets}],
	url: here,
	expect: {...expect, token: 'kept'},
});

play('the WebSocket of a gateway that proves itself by it', [
	unproved('it restarts', {when: 'before-challenge', code: 1012, reason: 'service restart'}, {id: 'W20', exitCode: 75}),
	unproved('it starts', {when: 'before-challenge', code: 1013, reason: 'gateway starting'}, {id: 'W21', exitCode: 75}),
	unproved('it takes no more half-open sockets', {when: 'before-challenge', code: 1011}, {id: 'W19', exitCode: 69}),
	unproved('it closes with 1000 at once', {when: 'before-challenge', code: 1000}, {id: 'W03', exitCode: 76}),
	unproved('what is before it goes away', {when: 'before-challenge', code: 1001}, {id: 'W05', exitCode: 75}),
	unproved(
		'what is before it breaks the frames',
		{when: 'before-challenge', code: 1002, reason: 'Invalid frame'},
		{id: 'W07', exitCode: 76},
	),
	unproved('it speaks another protocol', {when: 'before-challenge', code: 1002, reason: 'protocol mismatch'}, {id: 'W06', exitCode: 76}),
	unproved('it refuses for a reason nobody knows', {when: 'before-challenge', code: 1008, reason: 'because'}, {id: 'W14', exitCode: 77}),
	unproved('it closes with a code nobody knows', {when: 'before-challenge', code: 4999}, {id: 'W00', exitCode: 69}),
	unproved('it closes with 1000 after four seconds', {when: 'before-challenge', code: 1000, afterMs: 1900}, {id: 'W02', exitCode: 75}),
	unproved('it goes away without a close frame', {when: 'before-challenge', code: 1006}, {id: 'H01', exitCode: 69}),
]);

/** Newer gateways chat without a WebSocket: its end is worth a note, and never turns the result red. */
const noted = (name: string, endsWebSockets: WebSocketEnd, more: Partial<Scenario['expect']> = {}): Scenario => ({
	name,
	client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], endsWebSockets}],
	url: here,
	command: ['status', '--json', '--deep'],
	expect: {id: null, exitCode: 0, token: 'sent', ...more},
});

play('the WebSocket of a gateway that does not need it', [
	noted('closes with 1000 at once', {when: 'after-challenge', code: 1000}, {notes: ['W03']}),
	noted('closes with 1000 after four seconds', {when: 'after-challenge', code: 1000, afterMs: 4000}, {notes: ['W02']}),
	noted('restarts', {when: 'after-challenge', code: 1012, reason: 'service restart', afterMs: 300}, {notes: ['W20']}),
	noted('says nothing', {when: 'before-challenge', code: 1000, afterMs: 4000}, {notes: ['W24']}),
	noted('breaks off', {when: 'after-challenge', code: 1006, afterMs: 300}, {notes: ['W12']}),
]);

/** The upgrade is refused, by the gateway or by what is before it. */
const refused = (name: string, status: number, body: string, notes: readonly string[], headers = {}): Scenario => ({
	name,
	client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], answers: {'GET /': {status, body, headers}}}],
	url: here,
	expect: {id: null, exitCode: 0, token: 'sent', notes},
});

play('a WebSocket that is refused', [
	refused('with 400', 400, '', ['H06']),
	refused('with 401 of a proxy', 401, '', ['A08'], {'WWW-Authenticate': 'Basic realm="office"'}),
	refused('with 404', 404, 'Not Found', ['W11']),
	refused('because there are too many', 503, 'Too many unauthenticated sockets', ['H25']),
	refused('because that part is not ready', 503, 'Gateway websocket handlers unavailable', ['H26']),
	{
		name: 'by an old gateway, because there are too many',
		client: [
			{
				kind: 'http',
				at: ['127.0.0.1', 18_789],
				answers: {
					'/': {status: 503, body: 'Too many unauthenticated sockets'},
					'*': {status: 200, headers: {'Content-Type': 'text/html'}, body: '<title>OpenClaw Control</title>'},
				},
			},
		],
		url: here,
		expect: {id: 'H25', exitCode: 75, token: 'kept'},
	},
]);
