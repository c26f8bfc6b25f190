import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {findRun} from '../../../source/gateway/control/run-lookup.js';

const sought = {runId: 'run-1', message: 'Where is it?', sentAt: 1_000_000};
const asked = {role: 'user', content: 'Where is it?', timestamp: 1_000_100, idempotencyKey: 'run-1:user'};
const other = {role: 'user', content: 'Another', timestamp: 1_000_900, idempotencyKey: 'run-2:user'};
const said = (text: string, more: object = {}) => ({
	role: 'assistant',
	content: [{type: 'text', text}],
	__openclaw: {runId: 'run-1'},
	...more,
});
const reminder = {role: 'user', content: '[System] Your previous turn was interrupted by a gateway restart while …'};

describe('a question in a history', () => {
	const table: readonly {name: string; payload: object; expected: object}[] = [
		{name: 'nothing of it', payload: {messages: []}, expected: {accepted: false}},
		{name: 'asked, and no more', payload: {messages: [asked]}, expected: {accepted: true}},
		{
			name: 'under way',
			payload: {messages: [asked], inFlightRun: {runId: 'run-1', text: 'In the'}},
			expected: {accepted: true, running: {runId: 'run-1', text: 'In the'}},
		},
		{
			name: 'under way under another name, because it had to wait',
			payload: {messages: [asked], inFlightRun: {runId: 'run-7', text: ''}},
			expected: {accepted: true, running: {runId: 'run-7', text: ''}},
		},
		{
			name: 'another one under way',
			payload: {messages: [asked, said('There.', {stopReason: 'stop'}), other], inFlightRun: {runId: 'run-2', text: 'Theirs'}},
			expected: {accepted: true, answer: {runId: 'run-1', parts: [{text: 'There.'}], stopReason: 'stop', aborted: false}},
		},
		{
			name: 'answered around a tool run',
			payload: {
				messages: [
					asked,
					said('Look:', {usage: {input: 5, output: 1, totalTokens: 6}}),
					said('', {stopReason: 'toolUse', content: [{type: 'toolCall', name: 'exec'}]}),
					{role: 'toolResult', content: [{type: 'text', text: 'not to be shown'}]},
					said('There.', {stopReason: 'stop', usage: {input: 7, output: 2, totalTokens: 9}}),
				],
			},
			expected: {
				accepted: true,
				answer: {
					runId: 'run-1',
					parts: [{text: 'Look:'}, {text: ''}, {text: 'There.'}],
					stopReason: 'stop',
					aborted: false,
					usage: {promptTokens: 12, completionTokens: 3, totalTokens: 15},
				},
			},
		},
		{
			name: 'between two tools: not ended',
			payload: {messages: [asked, said('', {stopReason: 'toolUse'})]},
			expected: {accepted: true, answer: {runId: 'run-1', parts: [{text: ''}], aborted: false}},
		},
		{
			name: 'taken up again by a gateway that started anew',
			payload: {messages: [asked, reminder, said('There.', {stopReason: 'stop', __openclaw: {runId: 'run-9'}})]},
			expected: {accepted: true, answer: {runId: 'run-9', parts: [{text: 'There.'}], stopReason: 'stop', aborted: false}},
		},
		{
			name: 'stopped, and shown in part',
			payload: {
				messages: [
					asked,
					said('In', {stopReason: 'stop', openclawAbort: {aborted: true}, __openclaw: {runId: 'run-1', id: 'm', truncated: true}}),
				],
			},
			expected: {accepted: true, answer: {runId: 'run-1', parts: [{text: 'In', cutId: 'm'}], stopReason: 'stop', aborted: true}},
		},
		{
			name: 'on 2026.2.9 by its words and its time',
			payload: {
				messages: [
					{role: 'user', content: [{type: 'text', text: 'Where is it?'}], timestamp: 1_000},
					said('Long ago.', {__openclaw: undefined, stopReason: 'stop'}),
					{role: 'user', content: [{type: 'text', text: 'Where is it? '}], timestamp: 1_000_100},
					said('There.', {__openclaw: undefined, stopReason: 'stop'}),
				],
			},
			expected: {accepted: true, answer: {parts: [{text: 'There.'}], stopReason: 'stop', aborted: false}},
		},
		{
			name: 'the same words of long ago',
			payload: {
				messages: [{role: 'user', content: 'Where is it?', timestamp: 1_000}, said('Long ago.', {__openclaw: {}, stopReason: 'stop'})],
			},
			expected: {accepted: false},
		},
	];
	for (const {name, payload, expected} of table) it(name, () => assert.deepEqual(findRun(payload, sought), expected));

	for (const payload of [
		undefined,
		null,
		7,
		'text',
		[],
		{messages: [null, 1, {role: 'user'}, {role: 'assistant', content: {}}], inFlightRun: 3},
	]) {
		it(`nothing in ${JSON.stringify(payload)}`, () => assert.equal(findRun(payload, sought).accepted, false));
	}
});
