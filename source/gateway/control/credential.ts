import type {ControlRefused} from '../../diagnosis/evidence.js';
import {type Admission, findRefusal} from '../admission.js';
import type {DeviceKeys} from '../control-plane.js';
import type {Relation} from '../relation.js';
import type {ControlCredential} from './connect-plan.js';
import {isUnknownDeviceToken, isWrongSecret} from './read-refusal.js';

interface Keys {
	readonly devices?: DeviceKeys | undefined;
	/** False for a look, which comes as the device where that is known, and without one elsewhere. */
	readonly offersDevice?: boolean;
}

/**
 * What this handshake goes with: the configured secret, or what the gateway gave this device before where there is none or where it was
 * refused. Undefined: nothing may be sent, and the log says why.
 */
export async function chooseCredential(relation: Relation, keys: Keys, admission: Admission): Promise<ControlCredential | undefined> {
	const {credential} = relation.target;
	// The gateway's own token may go there, so the device's may: it can do less.
	const isLook = admission.admitted && credential.kind === 'token' && keys.offersDevice === false;
	const known = isLook ? await storedToken(relation, keys) : undefined;
	if (known !== undefined) return known;
	if (admission.admitted && credential.kind === 'token') return {kind: 'token', value: credential.secret.reveal()};
	if (admission.admitted) return (await deviceToken(relation, keys)) ?? {kind: 'nothing'};
	if (admission.because !== 'credential' || credential.kind !== 'token' || relation.gatekeeper === undefined) return undefined;
	const refusal = await findRefusal(relation);
	// A lockout or a limit concerns everything that comes from here.
	return refusal?.status === 401 ? deviceToken(relation, keys) : undefined;
}

/**
 * What may follow a refusal, once: the device token where the configured secret is wrong and nobody else can listen, and the secret where
 * the gateway does not know its own token any more.
 */
export async function credentialAfter(
	refusal: ControlRefused,
	tried: ControlCredential,
	relation: Relation,
	keys: Keys,
): Promise<ControlCredential | undefined> {
	const {credential} = relation.target;
	if (tried.kind === 'token' && isWrongSecret(refusal)) return deviceToken(relation, keys);
	if (tried.kind !== 'device-token' || !isUnknownDeviceToken(refusal) || credential.kind !== 'token') return undefined;
	return (await findRefusal(relation)) === undefined ? {kind: 'token', value: credential.secret.reveal()} : undefined;
}

async function deviceToken(relation: Relation, keys: Keys): Promise<ControlCredential | undefined> {
	return isTrustedPlace(relation) ? storedToken(relation, keys) : undefined;
}

async function storedToken(relation: Relation, {devices}: Keys): Promise<ControlCredential | undefined> {
	// A file that cannot be used is told of where the device itself is needed.
	const found = await devices?.tokenFor(relation.target.origin).catch(() => undefined);
	return found === undefined ? undefined : {kind: 'device-token', value: found.secret.reveal(), scopes: found.scopes};
}

/** Nobody else can listen or answer there: this machine, or a certificate that was looked at and pinned. */
function isTrustedPlace({target, route}: Relation): boolean {
	return target.addressClass === 'loopback' || (target.origin.startsWith('https:') && route.pin !== undefined);
}
