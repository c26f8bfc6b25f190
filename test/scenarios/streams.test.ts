import type {Service} from './lab/plan.js';
import {play, type Scenario} from './scenario.js';

const here = 'http://127.0.0.1:18789';
const question = ['ask', '--json', '--', 'go [[n=20 rate=200]]'] as const;

/** A question to a demo gateway with a fault. */
const asked = (name: string, fault: string, expect: Omit<Scenario['expect'], 'token'>, more: Partial<Scenario> = {}): Scenario => ({
	name,
	client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], fault: fault as never}],
	url: here,
	command: question,
	expect: {...expect, token: 'sent'},
	...more,
});

/** A gateway that says one thing to every question. */
const answering = (status: number, body: string): Service => ({
	kind: 'gateway',
	at: ['127.0.0.1', 18_789],
	answers: {'POST /v1/chat/completions': {status, headers: {'Content-Type': 'application/json'}, body}},
});

play('a question', [
	{
		name: 'is answered',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		url: here,
		command: question,
		expect: {id: null, exitCode: 0, token: 'sent', says: /tok19/},
	},
	asked('is cut in the middle of its answer', 'cut', {id: 'S04', exitCode: 74, command: /^clawtalk status/}),
	asked('is closed in the middle of its answer', 'closed-early', {id: 'S04', exitCode: 74}),
	asked('is cut before the answer', 'cut-before-headers', {id: 'S03', exitCode: 70}),
	asked(
		'stalls until its time is over',
		'stall',
		{id: 'S13', exitCode: 74, notBeforeMs: 1900},
		{
			command: ['ask', '--json', '--timeout', '2s', '--', 'go [[n=20 rate=200]]'],
		},
	),
	asked('gets garbage', 'garbage', {id: 'S09', exitCode: 76}),
	asked('gets an empty answer', 'empty', {id: 'S02', exitCode: 70}),
	asked('gets a failure in the stream', 'error-in-stream', {id: 'S10', exitCode: 74}),
	asked('gets a line that is too large', 'too-large-line', {id: 'S14', exitCode: 74}),
	asked('gets a finished answer without the mark', 'no-done', {id: null, exitCode: 0}),
	asked('meets an error of the gateway', 'internal-error', {id: 'H20', exitCode: 70}),
	asked('meets a rate limit of a proxy', 'rate-limited', {id: 'H19', exitCode: 75}),
	asked('meets a gateway that drains', 'draining', {id: 'H24', exitCode: 75}),
	asked('meets a device that waits for approval', 'pairing', {id: 'A16', exitCode: 77, command: /^openclaw devices list$/}),
	asked('lacks a scope', 'forbidden', {id: 'H09', exitCode: 77, command: /^openclaw devices list$/}),
	{
		name: 'has something that the gateway does not take',
		client: [answering(400, '{"error":{"type":"invalid_request_error","message":"Missing user message in `messages`."}}')],
		url: here,
		command: question,
		expect: {id: 'H05', exitCode: 70, token: 'sent'},
	},
	{
		name: 'gets its answer in one piece, because something on the way holds it back',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], holdsBack: true}],
		url: here,
		command: ['ask', '--json', '--', 'go [[n=130 rate=55]]'],
		expect: {id: 'S08', exitCode: 0, says: /tok129/, token: 'sent'},
	},
	{
		name: 'did not arrive whole in time',
		client: [answering(408, '{"error":{"message":"Request body timeout"}}')],
		url: here,
		command: question,
		expect: {id: 'H15', exitCode: 70, token: 'sent'},
	},
	{
		name: 'is for an agent that does not exist',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789]}],
		url: here,
		command: ['ask', '--json', '--agent', 'nope', '--', 'go'],
		expect: {id: 'H31', exitCode: 70, token: 'sent'},
	},
	asked(
		'meets a chat endpoint that is off, and may not go over the control plane',
		'endpoint-off-404',
		{id: 'H11', exitCode: 79},
		{config: {transport: 'http'}},
	),
]);
