import {Secret} from '../diagnosis/redact.js';
import type {DeviceToken} from '../gateway/control-plane.js';
import {isRecord} from './schema.js';

/** What gateways gave this device, by origin. What is not understood stays: a later clawtalk may have written it. */
export type StoredTokens = Readonly<Record<string, unknown>>;

export interface StoredToken {
	readonly deviceToken: string;
	readonly scopes: readonly string[];
	readonly at: string;
}

const mostGateways = 200;

/** What the gateway at an origin gave this device. */
export function tokenIn(gateways: StoredTokens, origin: string): StoredToken | undefined {
	const entry = Object.hasOwn(gateways, origin) ? gateways[origin] : undefined;
	if (!isRecord(entry)) return undefined;
	const {deviceToken, scopes, at} = entry;
	if (typeof deviceToken !== 'string' || deviceToken === '' || !Array.isArray(scopes)) return undefined;
	return {deviceToken, scopes: scopes.filter(scope => typeof scope === 'string'), at: typeof at === 'string' ? at : ''};
}

export function deviceTokenIn(gateways: StoredTokens, origin: string): DeviceToken | undefined {
	const found = tokenIn(gateways, origin);
	return found && {secret: new Secret(found.deviceToken), scopes: found.scopes};
}

/**
 * What a token is good for. One that comes again is still good for what it was given for: with it a gateway names the scopes of that
 * connection (2026.9.6), and not every connection asks for all.
 */
export function allScopes(known: DeviceToken | undefined, {secret, scopes}: DeviceToken): readonly string[] {
	return known?.secret.reveal() === secret.reveal() ? [...new Set([...known.scopes, ...scopes])] : scopes;
}

export function without(gateways: StoredTokens, origin: string): StoredTokens {
	const {[origin]: _forgotten, ...others} = gateways;
	return others;
}

/** The tokens that were given last, and everything that is none. */
export function newest(gateways: StoredTokens): StoredTokens {
	const dated = Object.keys(gateways).flatMap(origin => {
		const token = tokenIn(gateways, origin);
		return token === undefined ? [] : [{origin, at: token.at}];
	});
	const tooOld = new Set(
		dated
			.toSorted((a, b) => b.at.localeCompare(a.at))
			.slice(mostGateways)
			.map(({origin}) => origin),
	);
	return Object.fromEntries(Object.entries(gateways).filter(([origin]) => !tooOld.has(origin)));
}
