import type {ControlRefused, WebSocketClosed} from '../../source/diagnosis/evidence.js';
import type {ControlAnswer, ControlNews, ControlPlane, ControlState, Hello} from '../../source/gateway/control-plane.js';
import type {Observed} from '../../source/gateway/gateway.js';
import {evidence} from '../chat/steps.js';

/** A control plane whose every answer is given by the test. */
export interface ScriptedControl extends ControlPlane {
	state: ControlState;
	/** What the next attempts come to; `undefined` ends when `endAttempt` says so. The last one stands for all that follow. */
	attempts: (ControlState | undefined)[];
	/** What calls are answered. */
	answer: ControlAnswer;
	/** What was done with it, in order. */
	readonly calls: string[];
	/** What the attempts under way come to. */
	endAttempt(state: ControlState): void;
	/** The connection that stands ends. */
	end(closed?: Partial<WebSocketClosed>): void;
	/** A connection opens without an attempt that somebody waits for. */
	open(hello?: Partial<Hello>): void;
}

export function scriptedControl(...attempts: readonly (ControlState | undefined)[]): ScriptedControl {
	const listeners = new Set<(news: ControlNews) => void>();
	const underWay: ((seen: Observed<ControlState>) => void)[] = [];
	const tell = (news: ControlNews) => {
		for (const listener of [...listeners]) listener(news);
	};
	const control: ScriptedControl = {
		state: {kind: 'closed'},
		attempts: [...attempts],
		answer: {ok: true, payload: {}},
		calls: [],
		async connect() {
			control.calls.push('connect');
			if (control.state.kind === 'open') return observed(control.state);
			const next = control.attempts.length > 1 ? control.attempts.shift() : control.attempts[0];
			if (next === undefined) return new Promise(resolve => underWay.push(resolve));
			control.state = next;
			if (next.kind === 'open') tell({kind: 'opened', hello: next.hello});
			return observed(next);
		},
		async call(method) {
			control.calls.push(method);
			return control.answer;
		},
		hear(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		disconnect() {
			control.calls.push('disconnect');
			if (control.state.kind === 'open') control.end({code: 1000, byUs: true});
		},
		endAttempt(state) {
			control.state = state;
			for (const resolve of underWay.splice(0)) resolve(observed(state));
		},
		end(changes = {}) {
			const closed = closedWith(changes);
			control.state = {kind: 'closed', closed};
			tell({kind: 'closed', closed, evidence: evidence(closed)});
		},
		open(changes = {}) {
			const state = opened(changes);
			control.state = state;
			tell({kind: 'opened', hello: state.hello});
		},
	};
	return control;
}

function observed(state: ControlState) {
	return {value: state, observations: [], evidence: evidence()};
}

export function opened(changes: Partial<Hello> = {}): ControlState & {kind: 'open'} {
	const scopes = ['operator.read', 'operator.write'];
	const welcomed = {kind: 'control-welcomed', layer: 'control', atMs: 0, protocol: 4, scopes, missingScopes: []} as const;
	const methods = new Set<string>();
	const hello = {protocol: 4, version: '2026.9.6', bootId: 'boot-1', scopes, methods, tickIntervalMs: 30_000, maxPayloadBytes: 26_214_400};
	return {kind: 'open', hello: {...hello, welcomed, ...changes}};
}

export function closedWith(changes: Partial<WebSocketClosed> = {}): WebSocketClosed {
	const usual = {layer: 'control', atMs: 0, code: 1006, reason: '', challenged: true, welcomed: true, byUs: false} as const;
	return {kind: 'websocket-closed', ...usual, ...changes};
}

export function refusedWith(changes: Partial<ControlRefused> = {}): ControlState & {kind: 'refused'} {
	const usual = {layer: 'control', atMs: 0, code: 'INVALID_REQUEST', message: 'no', with: 'token'} as const;
	return {kind: 'refused', refusal: {kind: 'control-refused', ...usual, ...changes}};
}

/** Somebody on the gateway's side has to say yes. */
export const pairing = refusedWith({code: 'NOT_PAIRED', detail: 'PAIRING_REQUIRED', reason: 'not-paired', requestId: 'req-1'});
