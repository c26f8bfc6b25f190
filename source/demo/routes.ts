import type {IncomingMessage, ServerResponse} from 'node:http';
import {authorizationOf} from './authorization.js';
import {answerChat} from './chat-route.js';
import {sendControlUi} from './control-ui.js';
import {answerWithFault} from './fault-answer.js';
import {sendError, sendJson, sendMethodNotAllowed, sendText} from './http-answer.js';
import type {DemoRequest, DemoState} from './options.js';
import type {Sessions} from './sessions.js';

type Route = (state: DemoState, sessions: Sessions, request: IncomingMessage, response: ServerResponse, logged: DemoRequest) => void;

/** Answers one HTTP request as the generation does. */
export const route: Route = (state, sessions, request, response, logged) => {
	if (answerWithFault(state, request, response, logged.path)) {
		return;
	}

	if (logged.path === '/v1/chat/completions') {
		chat(state, sessions, request, response, logged);
	} else if (state.generation === '2026.2.9') {
		routeOld(state, sessions, request, response, logged);
	} else {
		routeNew(state, sessions, request, response, logged);
	}
};

const reads = (request: IncomingMessage) => request.method === 'GET' || request.method === 'HEAD';

/** 2026.2.9 has no JSON health and no list of models: every GET is the Control UI. */
const routeOld: Route = (state, _sessions, request, response) => {
	if (reads(request)) {
		sendControlUi(state, response);
	} else {
		sendMethodNotAllowed(state, response);
	}
};

const routeNew: Route = (state, _sessions, request, response, {path}) => {
	if (/^\/(healthz?|readyz?|startupz)$/.test(path)) {
		health(state, request, response, path);
	} else if (path === '/v1/models' || path.startsWith('/v1/models/')) {
		models(state, request, response, path);
	} else if (/^\/(v1|api)(\/|$)/.test(path) || !reads(request)) {
		sendText(state, response, 404, 'Not Found');
	} else {
		sendControlUi(state, response);
	}
};

function health(state: DemoState, request: IncomingMessage, response: ServerResponse, path: string): void {
	if (!reads(request)) {
		sendMethodNotAllowed(state, response, 'GET, HEAD');
		return;
	}

	sendJson(state, response, 200, healthIn(state, path), {'Cache-Control': 'no-store'});
}

function healthIn({generation, now, startedAt}: DemoState, path: string): object {
	const uptimeMs = now() - startedAt;
	if (path === '/startupz') return {ok: true, status: 'started', version: generation, uptimeMs};
	return path.startsWith('/ready') ? {ready: true, failing: [], uptimeMs} : {ok: true, status: 'live'};
}

const modelIds = ['openclaw', 'openclaw/default', 'openclaw/main'];

function models(state: DemoState, request: IncomingMessage, response: ServerResponse, path: string): void {
	if (request.method !== 'GET') {
		sendMethodNotAllowed(state, response, 'GET');
		return;
	}

	if (authorizationOf(request.headers.authorization, state.token) !== 'right') {
		sendUnauthorized(state, response);
		return;
	}

	const describe = (id: string) => ({id, object: 'model', created: 0, owned_by: 'openclaw', permission: []});
	const id = decodeURIComponent(path.slice('/v1/models/'.length));
	if (id === '') {
		sendJson(state, response, 200, {object: 'list', data: modelIds.map(describe)});
	} else if (modelIds.includes(id)) {
		sendJson(state, response, 200, describe(id));
	} else if (id.startsWith('openclaw/')) {
		sendError(state, response, 404, {message: `Model '${id}' not found.`, type: 'invalid_request_error'});
	} else {
		sendError(state, response, 400, {message: 'Invalid model id.', type: 'invalid_request_error'});
	}
}

const chat: Route = (state, sessions, request, response, logged) => {
	if (request.method !== 'POST') {
		sendMethodNotAllowed(state, response, 'POST');
	} else if (logged.authorization === 'right') {
		answerChat(state, sessions, request, response, logged).catch((error: unknown) => {
			// The client left while its question was read, or the answer could not be written: nobody is there to be told.
			response.destroy(error instanceof Error ? error : undefined);
		});
	} else {
		sendUnauthorized(state, response);
	}
};

function sendUnauthorized(state: DemoState, response: ServerResponse): void {
	sendError(state, response, 401, {message: 'Unauthorized', type: 'unauthorized'});
}
