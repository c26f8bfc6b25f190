import type {Evidence} from '../../source/diagnosis/evidence.js';
import {isRecord, parseJson} from '../../source/gateway/json.js';
import {evidenceOf, gateway as identified} from '../diagnosis/evidence-of.js';
import {type Lab, type LiveCase, ownConnection} from './live-cases.js';
import {ending} from './live-ends.js';
import type {RealGateway} from './real-gateway.js';
import {startRelay} from './relay.js';
import {connectStrangely, type StrangeConnection, signed} from './strange-client.js';

/** What takes a gateway, or clawtalk, longer than all other cases together: begun with the lab, looked at later. */
export interface Waiting {
	/** A client that says nothing: 2026.9.6 waits 15 s for it and 2026.2.9 10 s. */
	readonly silent: Promise<Evidence>;
	/** clawtalk on a path that goes dead: both promise a tick every 30 s, and it waits for two. */
	readonly frozen: Promise<Evidence>;
}

export function startWaiting(gateway: RealGateway): Waiting {
	const silent = connectStrangely(gateway.origin, {silent: true}).then(({observations}) => evidenceOf([identified, ...observations]));
	const frozen = goDead(gateway);
	// Whoever waits for them is told; until then nobody may be there.
	for (const one of [silent, frozen]) one.catch(() => undefined);
	return {silent, frozen};
}

async function goDead(gateway: RealGateway): Promise<Evidence> {
	const relay = await startRelay(gateway.origin);
	try {
		return await ownConnection(relay.origin, gateway.token, undefined, own => {
			if (own.control.state.kind !== 'open') throw new Error(`not let in: ${JSON.stringify(own.control.state)}`);
			const ended = ending(own);
			relay.freeze();
			return ended;
		});
	} finally {
		await relay.stop();
	}
}

/** What a stranger does once it was let in, until the gateway has closed. */
function afterWelcome(id: string, name: string, act: (stranger: StrangeConnection, lab: Lab) => unknown): LiveCase {
	return {
		...{id, name},
		async run(lab) {
			const stranger = await letIn(lab.gateway);
			await act(stranger, lab);
			return evidenceOf([identified, ...(await stranger.ended)]);
		},
	};
}

async function letIn({origin, token, generation}: RealGateway): Promise<StrangeConnection> {
	const scopes = ['operator.read', 'operator.write', 'operator.admin'];
	const stranger = await connectStrangely(origin, signed(generation, {auth: {token}, scopes}));
	if (stranger.hello === undefined) throw new Error(JSON.stringify(stranger.observations));
	return stranger;
}

/** No UTF-8: the first byte of a character, and no second one. */
const brokenText = Buffer.from([0x7b, 0xc3, 0x28, 0x7d]);

/** More than a gateway takes in one frame: 25 MiB, and 512 KiB before 2026.3. */
const tooLarge = ({generation}: RealGateway) => (generation === '2026.9.6' ? 26 : 1) * 1024 * 1024;

function request(id: string, method: string, params: object = {}): string {
	return JSON.stringify({type: 'req', id, method, params});
}

/** Resolves with the answer to a call of one's own. */
function call({socket}: StrangeConnection, method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
	const id = crypto.randomUUID();
	return new Promise((resolve, reject) => {
		const lost = (code: number) => reject(new Error(`closed with ${code} before ${method} was answered`));
		socket.once('close', lost);
		const hear = (data: Buffer) => {
			const frame = parseJson(data.toString());
			if (!isRecord(frame) || frame['type'] !== 'res' || frame['id'] !== id) return;
			socket.off('message', hear).off('close', lost);
			resolve(frame);
		};
		socket.on('message', hear);
		socket.send(request(id, method, params));
	});
}

/** One of these is 2 MB in 2026.9.6, which keeps 50 MB for a client, and 145 KB in 2026.2.9, which keeps 1.5 MB. */
const largeAnswer = 'config.schema';
const enough = {'2026.9.6': 40, '2026.2.9': 120};

/**
 * Asks for more than the gateway keeps for a client, and reads nothing of it before the gateway has given that client up. Where it was read
 * all the same, nobody was slow: the gateway had served the other client first.
 */
async function readTooLate(lab: Lab, tries = 5): Promise<Evidence> {
	const {gateway} = lab;
	const [slow, other] = [await letIn(gateway), await letIn(gateway)];
	slow.socket.pause();
	for (let asked = 0; asked < enough[gateway.generation]; asked += 1) slow.socket.send(request(`large-${asked}`, largeAnswer));
	await (gateway.generation === '2026.9.6' ? itsLastSecond(other) : anEvent(other));
	slow.socket.resume();
	const observations = await call(slow, 'health').then(
		() => [],
		() => slow.ended,
	);
	for (const {socket} of [slow, other]) socket.terminate();
	return observations.length === 0 && tries > 1 ? readTooLate(lab, tries - 1) : evidenceOf([identified, ...observations]);
}

/**
 * 2026.9.6 closes with 1008 and waits one second: that close comes behind 50 MB. Then it drops the connection. It begins with calls in the
 * order in which they come, so that another client has its third answer when all that was asked before is answered or given up.
 */
async function itsLastSecond(other: StrangeConnection): Promise<void> {
	for (let calls = 0; calls < 3; calls += 1) await call(other, largeAnswer);
	const overAt = performance.now() + 1_500;
	while (performance.now() < overAt) await call(other, 'health');
}

/** 2026.2.9 finds out who is slow when it has news for everybody. */
async function anEvent(client: StrangeConnection): Promise<void> {
	const key = crypto.randomUUID();
	const told = new Promise<void>(resolve => {
		client.socket.on('message', (data: Buffer) => {
			const frame = parseJson(data.toString());
			if (isRecord(frame) && frame['event'] === 'chat' && isRecord(frame['payload']) && frame['payload']['state'] === 'final') resolve();
		});
	});
	await call(client, 'chat.send', {sessionKey: 'agent:main:slow', message: 'hi [[n=3 rate=0]]', idempotencyKey: key});
	await told;
}

/** What frames do to a connection, and their absence. */
export const frameCases: readonly LiveCase[] = [
	{
		id: undefined,
		name: 'W01, which is no failure: clawtalk leaves',
		run: ({gateway}) =>
			ownConnection(gateway.origin, gateway.token, undefined, async own => {
				const ended = ending(own);
				own.control.disconnect();
				return ended;
			}),
	},
	{
		id: 'W13',
		name: 'a first frame that is no text',
		async run({gateway}) {
			const {observations} = await connectStrangely(gateway.origin, {first: brokenText});
			return evidenceOf([identified, ...observations]);
		},
	},
	afterWelcome('W13', 'a frame that is no text', ({socket}) => socket.send(brokenText, {binary: false})),
	afterWelcome('W18', 'a frame that is too large', ({socket}, {gateway}) => socket.send('x'.repeat(tooLarge(gateway)))),
	{id: 'W15', name: 'a client that does not read', generation: '2026.2.9', run: lab => readTooLate(lab)},
	{
		id: 'W12',
		name: 'a client that does not read, and so never hears why it was dropped',
		generation: '2026.9.6',
		run: lab => readTooLate(lab),
	},
	{id: 'W02', name: 'a client that says nothing', run: ({silent}) => silent},
	{
		id: 'W23',
		name: 'a path that went dead',
		title: /^The heartbeat of the gateway stayed away for \d+(?:\.\d)? s/,
		run: ({frozen}) => frozen,
	},
];
