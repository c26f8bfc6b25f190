import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import {chooseTransport} from '../../source/gateway/chosen-transport.js';
import type {ControlPlane, ControlState, Hello} from '../../source/gateway/control-plane.js';
import type {Outcome, Question, Transport, TransportEvent} from '../../source/gateway/transport.js';
import {wsCapabilities} from '../../source/gateway/ws-capabilities.js';

const evidenceOf = (...observations: Observation[]): Evidence => ({
	schema: 'clawtalk.evidence/1',
	at: '2026-11-20T10:00:00.000Z',
	target: {origin: 'http://127.0.0.1:18789', source: 'test', addressClass: 'loopback'},
	credential: {set: false, sent: false},
	observations,
});
const off = {
	kind: 'http-answer',
	layer: 'chat',
	atMs: 1,
	method: 'POST',
	path: '/v1/chat/completions',
	status: 404,
	body: 'text',
	headers: {},
} as const;
const done: Outcome = {kind: 'complete', finishReason: 'stop'};

function transport(name: string, asked: string[], outcome: Outcome = done, evidence = evidenceOf()): Transport {
	return {
		capabilities: {...wsCapabilities({kind: 'closed'}), tools: name === 'ws'},
		async send(question, _signal, emit) {
			asked.push(name);
			emit({type: 'ended', questionId: question.id, outcome, evidence});
		},
		close: () => undefined,
	};
}

const hello: Hello = {
	protocol: 4,
	scopes: ['operator.read', 'operator.write'],
	methods: new Set(),
	tickIntervalMs: 30_000,
	maxPayloadBytes: 1_000,
	welcomed: {kind: 'control-welcomed', layer: 'control', atMs: 0, protocol: 4, scopes: [], missingScopes: []},
};
const open = (more: Partial<Hello> = {}): ControlState => ({kind: 'open', hello: {...hello, ...more}});
const closed: ControlState = {kind: 'closed'};
const question: Question = {id: 'q', idempotencyKey: 'k', text: 'Hello', images: [], history: []};

async function ask(
	wish: 'auto' | 'http' | 'ws',
	state: ControlState,
	http: Partial<{outcome: Outcome; evidence: Evidence}> = {},
	more: Partial<Question> = {},
) {
	const asked: string[] = [];
	const events: TransportEvent[] = [];
	const control = {state} as ControlPlane;
	const ways = {http: transport('http', asked, http.outcome, http.evidence), ws: transport('ws', asked), control};
	const chosen = chooseTransport(wish, ways);
	await chosen.send({...question, ...more}, new AbortController().signal, event => events.push(event));
	return {asked, events, tools: chosen.capabilities.tools};
}

describe('which way a question goes', () => {
	const table: readonly {name: string; given: Parameters<typeof ask>; asked: readonly string[]}[] = [
		{name: 'HTTP when that is wished', given: ['http', open()], asked: ['http']},
		{name: 'the control plane when that is wished', given: ['ws', closed], asked: ['ws']},
		{name: 'the control plane while it is open', given: ['auto', open()], asked: ['ws']},
		{name: 'HTTP while it is not', given: ['auto', closed], asked: ['http']},
		{name: 'HTTP where it may only be read', given: ['auto', open({scopes: ['operator.read']})], asked: ['http']},
		{name: 'HTTP for a question longer than a frame', given: ['auto', open(), {}, {text: 'x'.repeat(900)}], asked: ['http']},
		{name: 'HTTP for a model on 2026.2.9', given: ['auto', open({protocol: 3}), {}, {model: 'm'}], asked: ['http']},
		{
			name: 'the control plane where HTTP is switched off',
			given: ['auto', closed, {outcome: {kind: 'refused'}, evidence: evidenceOf(off)}],
			asked: ['http', 'ws'],
		},
		{
			name: 'the control plane where the web page stands in its place',
			given: ['auto', closed, {outcome: {kind: 'unreachable'}, evidence: evidenceOf({...off, status: 200, body: 'html'})}],
			asked: ['http', 'ws'],
		},
		{
			name: 'no second way for a question that was refused otherwise',
			given: ['auto', closed, {outcome: {kind: 'refused'}, evidence: evidenceOf({...off, status: 401})}],
			asked: ['http'],
		},
		{
			name: 'no second way for a question that may have been taken',
			given: ['auto', closed, {outcome: {kind: 'cut'}, evidence: evidenceOf(off)}],
			asked: ['http'],
		},
	];
	for (const {name, given, asked} of table) {
		it(name, async () => {
			const found = await ask(...given);
			assert.deepEqual(found.asked, asked);
			assert.equal(found.events.filter(({type}) => type === 'ended').length, 1);
		});
	}

	it('tells what was seen of both ways', async () => {
		const {events} = await ask('auto', closed, {outcome: {kind: 'refused'}, evidence: evidenceOf(off)});
		const ended = events.at(-1);
		assert.ok(ended?.type === 'ended');
		assert.deepEqual([ended.outcome.kind, ended.evidence.observations.length], ['complete', 1]);
	});

	it('learns with its way what can be done', () => {
		const changing = {...transport('ws', []), capabilities: {...wsCapabilities(closed)}};
		const chosen = chooseTransport('ws', {http: transport('http', []), ws: changing, control: {state: closed} as ControlPlane});
		changing.capabilities = {...changing.capabilities, tools: false};
		assert.equal(chosen.capabilities.tools, false);
	});

	it('can what the way can that is taken', async () => {
		assert.deepEqual([(await ask('auto', open())).tools, (await ask('auto', closed)).tools], [true, false]);
	});
});
