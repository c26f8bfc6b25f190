import {networkInterfaces} from 'node:os';
import type {Generation} from '../../source/demo/options.js';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import {collect} from '../../source/diagnosis/probes/collect.js';
import {Secret} from '../../source/diagnosis/redact.js';
import type {Gateway, RefusalLedger} from '../../source/gateway/gateway.js';
import {openGateway} from '../../source/gateway/open-gateway.js';
import {evidenceOf, gateway as identified} from '../diagnosis/evidence-of.js';
import type {Waiting} from './frame-cases.js';
import {type KnownDevice, makeDevice} from './known-device.js';
import type {RealGateway} from './real-gateway.js';
import {connectStrangely, type Handshake, signed} from './strange-client.js';

/** A real gateway that listens on every address of this machine, and a device that it knows. */
export interface Lab extends Waiting {
	readonly gateway: RealGateway;
	/** Its origin at the machine's own address in its network, where nobody is paired by itself. */
	readonly beyond: string;
	readonly device: KnownDevice;
	/** What the gateway gave that device. */
	readonly deviceToken: string;
	/** What the gateway signs people in with, once it was started again. */
	readonly password: string;
}

/** Something that a real gateway does, and the row that explains it. */
export interface LiveCase {
	/** Undefined: nothing is wrong, and nothing is explained. */
	readonly id: string | undefined;
	readonly name: string;
	/** Absent: it holds for every generation. */
	readonly generation?: Generation;
	/** What the row says here; absent where its id says enough. */
	readonly title?: RegExp;
	run(lab: Lab): Promise<Evidence>;
}

/** An address of this machine that others could reach, if it has one. */
export function ownAddress(): string | undefined {
	const all = Object.values(networkInterfaces()).flatMap(list => list ?? []);
	return all.find(({family, internal}) => family === 'IPv4' && !internal)?.address;
}

export async function openLab(gateway: RealGateway, address: string): Promise<Omit<Lab, keyof Waiting>> {
	const device = makeDevice();
	const paired = await connectStrangely(gateway.origin, signed(gateway.generation, {auth: {token: gateway.token}, device}));
	paired.close();
	const {deviceToken} = (paired.hello?.['auth'] ?? {}) as {deviceToken?: string};
	if (deviceToken === undefined) throw new Error(`not paired on loopback: ${JSON.stringify(paired.observations)}`);
	const beyond = gateway.origin.replace('127.0.0.1', address);
	return {gateway, beyond, device, deviceToken, password: `password-${crypto.randomUUID()}`};
}

type Made = (lab: Lab) => Handshake;

/** What a client is told that clawtalk never is: the evidence is what its own reader makes of it. */
function strange(id: string, name: string, make: Made, more: {beyond?: true; generation?: Generation} = {}): LiveCase {
	const {beyond, generation} = more;
	return {
		...{id, name},
		...(generation === undefined ? {} : {generation}),
		async run(lab) {
			const origin = beyond ? lab.beyond : lab.gateway.origin;
			const {observations, close} = await connectStrangely(origin, signed(lab.gateway.generation, make(lab)));
			close();
			return evidenceOf([identified, ...observations]);
		},
	};
}

const token = ({gateway}: Lab) => ({auth: {token: gateway.token}});
const recent = {generation: '2026.9.6'} as const;
const wider = ['operator.read', 'operator.write', 'operator.admin'];

const strangers: readonly LiveCase[] = [
	strange('A10', 'a device without a token', () => ({device: makeDevice()})),
	strange('A11', 'a wrong token', () => ({auth: {token: 'wrong'}})),
	strange('A12', 'a device token that it never gave', ({device}) => ({auth: {deviceToken: 'x'.repeat(43)}, device}), recent),
	strange(
		'A13',
		'a device token for more than it is good for',
		({device, deviceToken}) => ({auth: {deviceToken}, device, scopes: wider}),
		recent,
	),
	strange('A14', 'a signature of an hour ago', lab => ({...token(lab), device: makeDevice(), signedBeforeMs: 3_600_000})),
	strange('A15', 'a wrong signature', lab => ({...token(lab), device: makeDevice(), spoil: proof => ({...proof, signature: 'AAAA'})})),
	strange('A15', 'a signature of another challenge', lab => ({
		...token(lab),
		device: makeDevice(),
		spoil: proof => ({...proof, nonce: 'other'}),
	})),
	strange('A15', 'the id of another key', lab => ({...token(lab), device: makeDevice(), spoil: proof => ({...proof, id: '00'})})),
	strange('A16', 'a device that asks for more', lab => ({...token(lab), device: lab.device, scopes: wider}), {beyond: true}),
	strange('A16', 'a device that is another one now', lab => ({...token(lab), device: lab.device, client: {platform: 'darwin'}}), {
		...recent,
		beyond: true,
	}),
	strange(
		'A16',
		'a device that asks for another role',
		lab => ({...token(lab), device: lab.device, role: 'node', client: {id: 'node-host', mode: 'node'}}),
		{beyond: true},
	),
	strange('A18', 'neither a token nor a device', () => ({})),
	strange('A19', 'a page of another origin', lab => ({
		...token(lab),
		headers: {origin: 'https://elsewhere.example'},
		client: {id: 'openclaw-control-ui', mode: 'ui'},
	})),
	strange('W03', 'a first frame that is no frame', () => ({first: 'hello'})),
	strange('W06', 'a protocol that it does not speak yet', lab => ({...token(lab), minProtocol: 9, maxProtocol: 9})),
	strange('W06', 'a protocol that nobody speaks any more', lab => ({...token(lab), minProtocol: 1, maxProtocol: 1})),
	strange('W16', 'a client with a name of its own', lab => ({...token(lab), client: {id: 'clawtalk'}})),
	strange('W16', 'a role that there is not', lab => ({...token(lab), role: 'bogus'})),
	strange('W16', 'another method before the handshake', () => ({
		first: JSON.stringify({type: 'req', id: 'c1', method: 'health', params: {}}),
	})),
	strange('W18', 'a frame that is too large before the handshake', () => ({first: 'x'.repeat(2_000_000)})),
];

const forgetful: RefusalLedger = {
	find: () => Promise.resolve(undefined),
	record: () => Promise.resolve(),
	clear: () => Promise.resolve(),
};

/** clawtalk's own client; its secret is a token or a password. */
export function openOwn(
	origin: string,
	secret: string,
	devices?: KnownDevice,
	{source = 'test', transport}: {source?: string; transport?: 'http'} = {},
): Gateway {
	const target = {
		...{origin, basePath: '', source: 'test', addressClass: origin.includes('127.0.0.1') ? ('loopback' as const) : ('private' as const)},
		...{credential: {kind: 'token' as const, secret: new Secret(secret), source}, headers: {}},
		...(transport === undefined ? {} : {transport}),
	};
	return openGateway(target, {ledger: forgetful, env: {}, now: Date.now, ...(devices ? {devices} : {})});
}

/** Connects as clawtalk does, and gives what was observed, with what the work makes of it. */
export async function ownConnection(
	origin: string,
	secret: string,
	devices: KnownDevice | undefined,
	work: (gateway: Gateway) => Promise<readonly Observation[]> = () => Promise.resolve([]),
): Promise<Evidence> {
	const gateway = openOwn(origin, secret, devices);
	try {
		const {evidence} = await gateway.control.connect(AbortSignal.timeout(20_000));
		const later = await work(gateway);
		return {...evidence, observations: [...evidence.observations, ...later]};
	} finally {
		await gateway.close();
	}
}

/** The look of `clawtalk status`. */
export async function look(origin: string, secret: string, devices?: KnownDevice): Promise<Evidence> {
	const gateway = openOwn(origin, secret, devices);
	try {
		return await collect(gateway, {
			depth: 'standard',
			minimal: true,
			signsIn: true,
			before: [],
			env: {},
			signal: AbortSignal.timeout(20_000),
		});
	} finally {
		await gateway.close();
	}
}

const own: readonly LiveCase[] = [
	{id: 'A11', name: 'a wrong token of clawtalk', run: ({gateway}) => ownConnection(gateway.origin, 'wrong', undefined)},
	{
		id: 'A16',
		name: 'clawtalk on a device that nobody has approved',
		run: ({gateway, beyond}) => ownConnection(beyond, gateway.token, makeDevice()),
	},
	{
		id: 'A18',
		name: 'a look from beyond loopback, without a device',
		generation: '2026.9.6',
		run: ({gateway, beyond}) => look(beyond, gateway.token, makeDevice()),
	},
	{
		id: 'A18',
		name: 'a look of a device whose token was revoked',
		generation: '2026.9.6',
		async run({gateway, beyond}) {
			const device = makeDevice();
			await device.keepToken(beyond, {secret: new Secret('x'.repeat(43)), scopes: ['operator.read', 'operator.write']});
			return look(beyond, gateway.token, device);
		},
	},
];

/** Every row that a real gateway shows without ending for it. */
export const liveCases: readonly LiveCase[] = [...strangers, ...own];
