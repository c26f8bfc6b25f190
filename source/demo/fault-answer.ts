import type {IncomingMessage, ServerResponse} from 'node:http';
import {sendControlUi} from './control-ui.js';
import {type FaultName, faults} from './faults.js';
import {send, sendError, sendJson, sendText} from './http-answer.js';
import type {DemoState} from './options.js';
import {refusals} from './refusals.js';

const html = {'Content-Type': 'text/html; charset=utf-8'};

/** Answers with the fault in force, when there is one for this request. Says whether it did. */
export function answerWithFault(state: DemoState, request: IncomingMessage, response: ServerResponse, path: string): boolean {
	const {fault} = state;
	if (fault === undefined) {
		return false;
	}

	switch (faults[fault].stage) {
		case 'http':
			return answerEverything(state, fault, response, path);
		case 'chat':
			return answerAuthenticated(state, fault, request, response, path);
		default:
			return false;
	}
}

function answerEverything(state: DemoState, fault: FaultName, response: ServerResponse, path: string): boolean {
	switch (fault) {
		case 'silent':
			return true;
		case 'html-200':
			send(response, 200, '<!doctype html><title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>\n', {Server: 'nginx', ...html});
			return true;
		case 'redirect':
			send(response, 308, '', {Location: `https://gateway.example${path}`});
			return true;
		case 'captive-portal':
			send(response, 302, '', {Location: 'http://login.hotel.example/?continue=1', 'Cache-Control': 'no-store'});
			return true;
		case 'bad-gateway':
			send(response, 502, '<html><head><title>502 Bad Gateway</title></head></html>\n', {Server: 'nginx', ...html});
			return true;
		case 'plugin-proxy':
			sendJson(
				state,
				response,
				404,
				{type: 'error', error: {type: 'not_found_error', message: 'Not found'}},
				{'request-id': 'req_demo', 'cf-ray': 'demo-FRA'},
			);
			return true;
		case 'health-html':
			if (!/^\/(healthz?|readyz?)$/.test(path)) {
				return false;
			}

			sendControlUi(state, response);
			return true;
		default:
			return false;
	}
}

/** Faults of what needs a token: the chat endpoint, and for some of them the list of agents and readiness too. */
function answerAuthenticated(
	state: DemoState,
	fault: FaultName,
	request: IncomingMessage,
	response: ServerResponse,
	path: string,
): boolean {
	// An endpoint that is off is off for every method.
	const chat = path === '/v1/chat/completions' && (request.method === 'POST' || fault.startsWith('endpoint-off'));
	const models = path === '/v1/models' || path.startsWith('/v1/models/');
	const draining = fault === 'draining';
	if (draining && /^\/readyz?$/.test(path)) {
		sendJson(state, response, 503, {ready: false, failing: ['gateway-draining'], uptimeMs: state.now() - state.startedAt});
		return true;
	}

	const spreads = draining || fault === 'unauthorized' || fault === 'lockout';
	if (!chat && !(models && spreads && state.generation !== '2026.2.9')) {
		return false;
	}

	return refuse(state, fault, request, response);
}

function refuse(state: DemoState, fault: FaultName, request: IncomingMessage, response: ServerResponse): boolean {
	const retryAfter = (seconds: number) => ({'Retry-After': state.faultOptions.retryAfterSeconds ?? seconds});
	const refusal = refusals[fault];
	if (refusal) {
		const {status, error, retryAfterSeconds} = refusal;
		sendError(state, response, status, error, retryAfterSeconds === undefined ? {} : retryAfter(retryAfterSeconds));
		return true;
	}
	switch (fault) {
		case 'cut-before-headers':
			request.socket.destroy();
			return true;
		case 'endpoint-off-404':
			sendText(state, response, 404, 'Not Found');
			return true;
		case 'endpoint-off-405':
			if (request.method === 'POST') sendText(state, response, 405, 'Method Not Allowed');
			else sendControlUi(state, response);
			return true;
		case 'endpoint-off-html':
			sendControlUi(state, response);
			return true;
		case 'rate-limited':
			sendText(state, response, 429, 'Too Many Requests', {Server: 'nginx', ...retryAfter(7)});
			return true;
		default:
			return false;
	}
}
