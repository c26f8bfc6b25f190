import {emptyRecord, recordEvent} from '../../source/commands/ask/ask-record.js';
import {judgeAnswer} from '../../source/commands/ask/ask-result.js';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {Secret} from '../../source/diagnosis/redact.js';
import type {ExitCode} from '../../source/exit-codes.js';
import type {Gateway, GatewayTarget, RefusalLedger} from '../../source/gateway/gateway.js';
import {openGateway} from '../../source/gateway/open-gateway.js';
import type {Outcome, Question, TransportEvent, Usage} from '../../source/gateway/transport.js';
import type {Peer} from './peer.js';

/** A ledger that forgets: each case stands alone. */
const forgetful: RefusalLedger = {
	find: () => Promise.resolve(undefined),
	record: () => Promise.resolve(),
	clear: () => Promise.resolve(),
};

/** Everything one question brought back. */
export interface Answer {
	readonly text: string;
	readonly outcome: Outcome;
	readonly evidence: Evidence;
	readonly usage: Usage | undefined;
	readonly events: readonly TransportEvent[];
	/** What `clawtalk ask` makes of it. */
	readonly exitCode: ExitCode;
	readonly error: string | undefined;
}

/** clawtalk's own client, pointed at a peer. */
export function openPeer(peer: Peer, token = peer.token, returnWithinMs?: number): Gateway {
	const target: GatewayTarget = {
		origin: peer.origin,
		basePath: '',
		source: 'test',
		addressClass: 'loopback',
		credential: {kind: 'token', secret: new Secret(token), source: 'test'},
		headers: {},
		transport: peer.transport ?? 'http',
	};
	return openGateway(target, {
		ledger: forgetful,
		env: {},
		now: Date.now,
		...(returnWithinMs === undefined ? {} : {returnWithinMs}),
	});
}

/** Puts one question to a peer, through a fresh client unless one is given. `onEvent` sees each event as it comes. */
export async function ask(
	peer: Peer,
	text: string,
	more: Partial<Question> & {gateway?: Gateway; token?: string; signal?: AbortSignal; onEvent?: (event: TransportEvent) => void} = {},
): Promise<Answer> {
	const {gateway: given, token, signal = new AbortController().signal, onEvent, ...fields} = more;
	const gateway = given ?? openPeer(peer, token);
	const id = crypto.randomUUID();
	const events: TransportEvent[] = [];
	const record = emptyRecord();
	const question: Question = {id, idempotencyKey: id, text, images: [], history: [], usageWithinMs: 30_000, ...fields};
	await gateway.transport.send(question, signal, event => {
		events.push(event);
		recordEvent(record, event, 0);
		onEvent?.(event);
	});
	if (given === undefined) await gateway.close();
	const ended = events.at(-1);
	if (ended?.type !== 'ended') {
		throw new Error(`The last event is ${ended?.type ?? 'missing'}`);
	}

	const {exitCode, error} = judgeAnswer(record, {requireTools: false});
	return {
		exitCode,
		error,
		text: record.text,
		outcome: ended.outcome,
		evidence: ended.evidence,
		usage: events.find(event => event.type === 'usage')?.usage,
		events,
	};
}
