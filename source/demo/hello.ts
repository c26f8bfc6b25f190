import type {Admitted} from './admission.js';
import {methodNames} from './answer-request.js';
import type {Client} from './client.js';
import {healthOf} from './gateway-methods.js';
import {presenceOf} from './presence.js';
import {isOld, type World} from './world.js';

const oldEvents =
	'connect.challenge agent chat presence tick shutdown health exec.approval.requested exec.approval.resolved device.pair.requested device.pair.resolved'.split(
		' ',
	);
const events = [...oldEvents, 'session.message', 'sessions.changed'];

/** The answer to a `connect` that was accepted. */
export function helloOk(world: World, {connectionId, role}: Client, {method, scopes, device}: Admitted): Record<string, unknown> {
	const {state} = world;
	const uptimeMs = state.now() - state.startedAt;
	const sessionDefaults = {defaultAgentId: 'main', mainKey: 'main', mainSessionKey: 'agent:main:main', scope: 'per-sender'};
	const snapshot = {
		presence: presenceOf(world),
		health: healthOf(world),
		stateVersion: {presence: 1, health: 1},
		uptimeMs,
		sessionDefaults,
	};
	const issued = device === undefined ? {} : {deviceToken: device.token, issuedAtMs: device.issuedAtMs};
	if (isOld(world)) {
		return {
			type: 'hello-ok',
			protocol: 3,
			server: {version: 'dev', host: 'demo', connId: connectionId},
			features: {methods: methodNames(true), events: oldEvents},
			snapshot,
			...(device === undefined ? {} : {auth: {role, scopes, ...issued}}),
			policy: {maxPayload: 524_288, maxBufferedBytes: 1_572_864, tickIntervalMs: state.tickIntervalMs},
		};
	}

	return {
		type: 'hello-ok',
		protocol: 4,
		server: {version: state.generation, buildId: `${state.generation}-demo`, bootId: state.bootId, connId: connectionId},
		features: {methods: methodNames(false), events, capabilities: []},
		snapshot: {...snapshot, authMode: 'token'},
		auth: {method, role, scopes, ...issued},
		policy: {
			maxPayload: 26_214_400,
			maxBufferedBytes: 52_428_800,
			tickIntervalMs: state.tickIntervalMs,
			attachments: {maxBytes: 19_464_192, maxImageBytes: 6_291_456},
		},
	};
}
