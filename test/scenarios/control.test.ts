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
	noted('closes with 1000 at once', {when: 'after-challenge', code: 1000}),
	noted('closes with 1000 after four seconds', {when: 'after-challenge', code: 1000, afterMs: 4000}),
	noted('restarts', {when: 'after-challenge', code: 1012, reason: 'service restart', afterMs: 300}),
	noted('breaks off', {when: 'after-challenge', code: 1006, afterMs: 300}),
]);
