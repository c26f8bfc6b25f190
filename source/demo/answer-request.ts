import {approvalMethods} from './approval-methods.js';
import {chatMethods} from './chat-methods.js';
import type {Client} from './client.js';
import {deviceMethods} from './device-methods.js';
import type {Frame} from './frame.js';
import {gatewayMethods} from './gateway-methods.js';
import {type Method, MethodError, type Scope} from './method.js';
import {sessionMethods} from './session-methods.js';
import {isOld, type World} from './world.js';

const methods: Readonly<Record<string, Method>> = {
	...chatMethods,
	...sessionMethods,
	...gatewayMethods,
	...approvalMethods,
	...deviceMethods,
};

/** The methods that the generation knows, as `hello-ok` lists them. */
export function methodNames(old: boolean): string[] {
	return Object.keys(methods).filter(name => !(old && methods[name]?.isNew));
}

/** Answers one request of a client. */
export async function answerRequest(world: World, client: Client, {id, method, params}: Frame): Promise<void> {
	world.calls.push({method, params});
	try {
		const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
		const known = found?.isNew && isOld(world) ? undefined : found;
		// What nobody knows needs the scope that allows everything.
		checkScope(world, client, known ? known.scope : 'operator.admin');
		if (!known) throw new MethodError(`unknown method: ${method}`);
		checkParameters(method, known, params);
		client.send({type: 'res', id, ok: true, payload: await known.run(world, params, client)});
	} catch (error) {
		if (!(error instanceof MethodError)) throw error;
		const {code, message, details, payload} = error;
		const beside = payload === undefined ? {} : {payload};
		client.send({type: 'res', id, ok: false, ...beside, error: {code, message, ...(details === undefined ? {} : {details})}});
	}
}

function checkScope(world: World, client: Client, scope: Scope | undefined): void {
	const {scopes} = client;
	if (
		scope === undefined ||
		scopes.has('operator.admin') ||
		scopes.has(scope) ||
		(scope === 'operator.read' && scopes.has('operator.write'))
	)
		return;
	const message = `missing scope: ${scope}`;
	throw isOld(world)
		? new MethodError(message)
		: new MethodError(message, {code: 'MISSING_SCOPE', missingScope: scope, requiredScopes: [scope]}, 'FORBIDDEN');
}

function checkParameters(name: string, {required = {}}: Method, given: Readonly<Record<string, unknown>>): void {
	for (const [field, type] of Object.entries(required)) {
		const value = given[field];
		if (value === undefined) throw new MethodError(`invalid ${name} params: must have required property '${field}'`);
		const right = type === 'array' ? Array.isArray(value) : typeof value === type;
		if (!right) throw new MethodError(`invalid ${name} params: at /${field}: must be ${type}`);
	}
}
