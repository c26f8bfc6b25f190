import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import type {ControlPlane, ControlState} from '../../source/gateway/control-plane.js';
import type {Gateway, Observed} from '../../source/gateway/gateway.js';
import type {Question, TransportEvent} from '../../source/gateway/transport.js';
import type {TransportName} from '../../source/transport-names.js';
import {evidence} from '../chat/steps.js';

export type Health = 'live' | 'starting' | 'draining' | 'down';

/** A gateway whose every answer waits for the test to give it. */
export interface ScriptedGateway extends Gateway {
	/** What was called, in order. */
	readonly calls: string[];
	/** Time limits of the looks, in order, milliseconds. */
	readonly limits: (number | undefined)[];
	/** Looks that wait for their answer. */
	readonly waiting: number;
	/** Answers the look that waits, and lets what follows from it happen. */
	health(value: Health, ...observations: readonly Observation[]): Promise<void>;
	access: {auth: 'ok' | 'refused' | 'unknown'; chat: 'on' | 'off' | 'unknown'};
	/** The question under way and how to answer it. */
	asked: {question: Question; signal: AbortSignal; emit: (event: TransportEvent) => void} | undefined;
}

const capabilities = {
	serverHistory: true,
	reconcile: false,
	tools: false,
	approvals: false,
	commands: false,
	sessions: false,
	attachments: false,
	closeStopsRun: true,
};

/** @param transport Which way questions are to go. */
export function scriptedGateway(transport: TransportName = 'auto'): ScriptedGateway {
	const calls: string[] = [];
	const looks: ((seen: Observed<Health>) => void)[] = [];
	const call = <T>(name: string, value: T): T => {
		calls.push(name);
		return value;
	};
	const gateway: ScriptedGateway = {
		limits: [],
		target: {
			origin: 'http://127.0.0.1:1',
			basePath: '',
			source: 'test',
			addressClass: 'loopback',
			credential: {kind: 'none'},
			headers: {},
			transport,
		},
		transport: {
			capabilities,
			send: (question, signal, emit) => {
				gateway.asked = {question, signal, emit};
				return Promise.resolve();
			},
			close: () => undefined,
		},
		control: unreachableControl,
		calls,
		get waiting() {
			return looks.length;
		},
		access: {auth: 'ok', chat: 'on'},
		asked: undefined,
		describe: () => evidence(),
		identify: async () => observed<'gateway'>('gateway'),
		askFacts: async () => observed(undefined),
		greet: async () => observed<'greeted'>('greeted'),
		checkHealth: (signal, look) => {
			gateway.limits.push(look?.timeoutMs);
			const answer = new Promise<Observed<Health>>(resolve => {
				looks.push(resolve);
				// As the real one: a look that is ended ends.
				signal.addEventListener('abort', () => {
					const index = looks.indexOf(resolve);
					if (index >= 0) looks.splice(index, 1);
					resolve(observed<Health>('down'));
				});
			});
			return call('health', answer);
		},
		async health(value, ...observations) {
			looks.shift()?.(observed(value, evidence(...observations)));
			await settled();
		},
		checkReadiness: async () => call('readiness', observed<'ready'>('ready')),
		listAgents: async () => call('agents', observed(['main', 'ops'])),
		checkAccess: async () => call('access', observed(gateway.access)),
		retryInMs: async () => undefined,
		forgetRefusal: async () => call('forget refusal', undefined),
		forgetPeer: () => call('forget peer', undefined),
		close: async () => call('close', undefined),
	};
	return gateway;
}

/** A control plane that nobody answers. */
const unreachableControl: ControlPlane = {
	state: {kind: 'closed'},
	connect: async () => observed<ControlState>({kind: 'closed'}),
	call: async () => ({ok: false, error: {code: 'disconnected', message: 'not connected'}}),
	hear: () => () => undefined,
	disconnect: () => undefined,
};

/** Resolves when every promise that can go on has gone on. */
export function settled(): Promise<void> {
	return new Promise(resolve => setImmediate(resolve));
}

function observed<T>(value: T, seen: Evidence = evidence()): Observed<T> {
	return {value, observations: seen.observations, evidence: seen};
}
