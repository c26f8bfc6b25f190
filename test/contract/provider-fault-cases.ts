import assert from 'node:assert/strict';
import {exitCodes} from '../../source/exit-codes.js';
import type {Outcome} from '../../source/gateway/transport.js';
import {ask} from './client.js';
import type {Case, Peer} from './peer.js';

interface ProviderFault {
	readonly fault: string;
	readonly slow?: boolean;
	readonly generation?: Peer['generation'];
	/** The model of a provider of its own, where the gateway leaves a provider alone after this fault. */
	readonly model?: string;
	/** What the gateway says of it, with its error type; text that came before. */
	readonly recent: {readonly outcome: Outcome['kind']; readonly text: string; readonly message?: string; readonly type?: string};
	readonly old: {readonly outcome: Outcome['kind']; readonly text: string};
}

const words = 'tok0 tok1 tok2 tok3 tok4 tok5 tok6 tok7';
const start = 'tok0 tok1 tok2';
const defaultWords = Array.from({length: 20}, (_, index) => `tok${index}`).join(' ');
const upstream = {message: 'upstream provider error', type: 'api_error'};

/** What becomes of an answer when the model provider fails. 2026.2.9 cannot tell a failed answer from a short or an empty one. */
const providerFaults: readonly ProviderFault[] = [
	{fault: 'nodone', recent: {outcome: 'complete', text: words}, old: {outcome: 'complete', text: words}},
	{fault: 'empty', recent: {outcome: 'complete', text: defaultWords}, old: {outcome: 'empty', text: ''}},
	{
		fault: 'http400',
		recent: {outcome: 'failed', text: '', message: '400 fake http400 failure', type: 'invalid_request_error'},
		old: {outcome: 'empty', text: ''},
	},
	{
		fault: 'garbage',
		recent: {outcome: 'failed', text: '', message: 'internal error', type: 'api_error'},
		old: {outcome: 'empty', text: ''},
	},
	{fault: 'errchunk', slow: true, recent: {outcome: 'failed', text: start, ...upstream}, old: {outcome: 'complete', text: start}},
	{
		fault: 'cut',
		slow: true,
		recent: {outcome: 'failed', text: start, message: 'upstream provider timeout', type: 'api_error'},
		old: {outcome: 'complete', text: start},
	},
	{fault: 'http500', slow: true, recent: {outcome: 'failed', text: '', ...upstream}, old: {outcome: 'empty', text: ''}},
	{fault: 'http503', slow: true, recent: {outcome: 'failed', text: '', ...upstream}, old: {outcome: 'empty', text: ''}},
	{
		fault: 'http429',
		slow: true,
		recent: {outcome: 'failed', text: '', message: '429 fake http429 failure; Retry-After: 7 seconds', type: 'rate_limit_error'},
		old: {outcome: 'empty', text: ''},
	},
];

export const providerFaultCases: readonly Case[] = providerFaults.map(entry => ({
	name: `ends in the documented way when the provider fails: ${entry.fault}`,
	...(entry.slow ? {slow: true} : {}),
	...(entry.generation === undefined ? {} : {generation: entry.generation}),
	run: async (peer: Peer) => check(peer, entry),
}));

async function check(peer: Peer, {fault, model, recent, old}: ProviderFault): Promise<void> {
	const more = model === undefined ? {} : {model};
	const {text, outcome, evidence, exitCode, error} = await ask(peer, `go [[n=8 rate=50 at=3 fault=${fault}]]`, more);
	const expected = peer.generation === '2026.2.9' ? old : recent;
	const reported = evidence.observations.find(observation => observation.kind === 'turn-error');
	assert.deepEqual(
		{outcome: outcome.kind, text, message: reported?.message, type: reported?.type},
		{message: undefined, type: undefined, ...expected},
	);
	assert.equal(exitCode, expected.outcome === 'complete' ? exitCodes.ok : text === '' ? exitCodes.turnFailed : exitCodes.incomplete);
	// The gateway's own words, where it had any.
	assert.equal(error?.includes(reported?.message ?? '') ?? false, exitCode !== exitCodes.ok);
}
