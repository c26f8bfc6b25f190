import {failedContact} from '../contact.js';
import type {Rival, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {type Found, findAll, findLast} from '../find.js';
import {gatewayStatus, onGatewayHost, originFix, serviceLog} from '../fixes.js';
import {isOwnAddress, isThisMachine, onLoopback} from '../place.js';
import type {SiblingLook} from '../surroundings.js';
import {hostAndPort, joinPort} from '../target-words.js';
import {tunnelFixes} from '../tunnel-fixes.js';
import {localGateway} from './local-gateway.js';
import {wrongMachine} from './own-address.js';
import {listensOn} from './tcp-flapping.js';
import {directAccess, refusedRemote, webServerGone} from './tcp-refused-remote.js';
import {unreachable} from './unreachable.js';

/** The first neighbour that proved to be a gateway, of the family that was asked where both answer. The key of the panel takes the same. */
function gatewayAt(evidence: Evidence, ...relations: readonly SiblingLook['relation'][]): Found<SiblingLook> | undefined {
	const found = findAll(evidence, 'sibling-look', ({relation, outcome}) => outcome === 'gateway' && relations.includes(relation));
	const isSixth = (origin: string) => origin.includes('[');
	return found.find(({observation}) => isSixth(observation.origin) === isSixth(evidence.target.origin)) ?? found[0];
}

function portOf(origin: string): string {
	const url = new URL(origin);
	return url.port || (url.protocol === 'https:' ? '443' : '80');
}

/** N03: nothing on the address asked for, but on another one of this machine. From one of its own to loopback is N04. */
const onAnotherAddress: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	if (!failed || !isThisMachine(evidence)) return undefined;
	const sibling = onLoopback(evidence) ? gatewayAt(evidence, 'own-address', 'loopback') : gatewayAt(evidence, 'own-address');
	if (!sibling) return undefined;
	const {origin, addressClass} = sibling.observation;
	const elsewhere = addressClass !== 'loopback';
	return unreachable({
		id: 'N03',
		slug: 'net.refused.other-interface',
		confidence: 'certain',
		title: `The gateway is up, but not on ${failed.whereOr}`,
		explanation: `It answers at ${origin}, so it does not listen on every address of this machine.${elsewhere ? ' OpenClaw before 2026.8 does that when it is bound to the tailnet, and any version may when it is bound to one address.' : ''}`,
		evidence: [...failed.refs, sibling.index],
		fixes: [
			originFix(
				elsewhere ? 'use the address that answers; plain http there wants a yes before the token is sent' : 'use the address that answers',
				origin,
			),
			...(elsewhere && onLoopback(evidence) ? [onLoopbackInstead] : []),
		],
	});
};

const onLoopbackInstead = onGatewayHost(
	'or let it listen on loopback only, and reach it from elsewhere through ssh or Tailscale Serve',
	'openclaw config set gateway.bind loopback',
	'changes-exposure',
);

/** N03 with less proof: a program of this machine has the port open on other addresses; whether it is the gateway was not asked. */
const listensElsewhere: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	const listener = findLast(evidence, 'listener-look', ({addresses}) => addresses.length > 0);
	const address = listener?.observation.addresses[0];
	if (!failed || !listener || address === undefined || !onLoopback(evidence)) return undefined;
	if (failed.addresses.some(one => listensOn(listener.observation, one))) return undefined;
	const {port, addresses} = listener.observation;
	const origin = `http://${joinPort(address === '::' ? '::1' : address, port)}`;
	return unreachable({
		id: 'N03',
		slug: 'net.refused.other-interface',
		confidence: 'likely',
		title: `Something listens on port ${port} of this machine, but not on ${failed.whereOr}`,
		explanation: `It listens on ${addresses.slice(0, 3).join(', ')} only. Whether it is the gateway was not seen.`,
		evidence: [...failed.refs, listener.index],
		fixes: [originFix('use the address that it listens on', origin), gatewayStatus],
	});
};

/** N05: the port asked for is closed, and Tailscale Serve publishes the gateway under its name. */
const publishedByServe: Rule = evidence => {
	const failed = failedContact(evidence, 'refused') ?? failedContact(evidence, 'silent');
	const serve = gatewayAt(evidence, 'serve-name');
	if (!failed || !serve) return undefined;
	return unreachable({
		id: 'N05',
		slug: 'net.refused.serve',
		confidence: 'certain',
		title: `The gateway is published at ${serve.observation.origin}, not on ${failed.whereOr}`,
		explanation: 'Tailscale Serve leads to it there, with a certificate. The port itself is open on the loopback of its machine only.',
		evidence: [...failed.refs, serve.index],
		fixes: [originFix('use that address', serve.observation.origin)],
	});
};

/** N06: the same address, another port. */
const wrongPort: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	const found = gatewayAt(evidence, 'default-port');
	if (!failed || !found) return undefined;
	const {origin} = found.observation;
	return unreachable({
		id: 'N06',
		slug: 'net.refused.port',
		confidence: 'certain',
		title: `A gateway listens on port ${portOf(origin)}, and nothing on ${failed.whereOr}`,
		explanation: 'The port was changed in one place only. Whether it is the gateway that was meant is not known.',
		evidence: [...failed.refs, found.index],
		fixes: [
			originFix('use that port', origin),
			onGatewayHost('see the port in the configuration of the gateway', 'openclaw config get gateway.port'),
		],
	});
};

/** N06 with less proof: nobody answers, and OpenClaw's own configuration on this machine names another port. */
const otherPortConfigured: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	const local = localGateway(evidence);
	const asked = hostAndPort(evidence.target)?.port;
	if (!failed || !local || local.observation.port === undefined || local.observation.port === asked) return undefined;
	const {port} = local.observation;
	return unreachable({
		id: 'N06',
		slug: 'net.refused.port',
		confidence: 'likely',
		title: `Nothing listens on ${failed.whereOr}; the gateway of this machine is set to port ${port}`,
		explanation: `That port is in OpenClaw's configuration here. Whether a gateway runs on it was not seen.`,
		evidence: [...failed.refs, local.index],
		fixes: [originFix('use that port', `http://127.0.0.1:${port}`), gatewayStatus],
	});
};

/** N04 with proof: one of this machine's own addresses was asked, and its loopback answers. */
const onLoopbackOnly: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	const sibling = gatewayAt(evidence, 'loopback');
	if (!failed || !sibling || onLoopback(evidence)) return undefined;
	return unreachable({
		id: 'N04',
		slug: 'net.refused.remote',
		confidence: 'certain',
		title: `The gateway of this machine listens on its loopback, not on ${failed.whereOr}`,
		explanation: `It answers at ${sibling.observation.origin}. From other machines it is reached through ssh or Tailscale Serve.`,
		evidence: [...failed.refs, sibling.index],
		fixes: [originFix('use the address that answers', sibling.observation.origin), ...directAccess(evidence)],
	});
};

/** N01: refused by this machine. */
const refusedHere: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	if (!failed || !isThisMachine(evidence)) return undefined;
	const looked = findLast(evidence, 'sibling-look') ?? findLast(evidence, 'listener-look');
	const local = localGateway(evidence);
	return unreachable({
		id: 'N01',
		slug: onLoopback(evidence) ? 'net.refused.loopback' : 'net.refused.own',
		confidence: isLookUnfinished(evidence) ? 'likely' : 'certain',
		title: `Nothing listens on ${failed.whereOr}`,
		explanation: local
			? 'OpenClaw is set up on this machine, so its gateway is stopped or could not start. If a tunnel is meant to lead there, that is down.'
			: 'The gateway is not running, or listens on another port or address of this machine; if a tunnel leads there, it is down.',
		evidence: [...failed.refs, ...(local ? [local.index] : [])],
		fixes: [gatewayStatus, onGatewayHost('start it', 'openclaw gateway start'), serviceLog, ...(local ? [] : tunnelFixes(evidence))],
		...withRivals([...(local || !isOwnAddress(evidence) ? [] : [wrongMachine]), ...(looked ? [] : [otherInterface, otherPort])]),
	});
};

/** What listens here, or what OpenClaw is set to, was to be seen and was not. */
function isLookUnfinished(evidence: Evidence): boolean {
	return findLast(evidence, 'probe-ended', ({probe}) => probe === 'openclaw.json' || probe === 'listeners') !== undefined;
}

function withRivals(rivals: readonly Rival[]): {readonly rivals?: readonly Rival[]} {
	return rivals.length === 0 ? {} : {rivals};
}

const otherPort: Rival = {
	id: 'N06',
	title: 'It listens on another port',
	tellApart: 'clawtalk status also asks the usual ports of this machine',
};

const otherInterface: Rival = {
	id: 'N03',
	title: 'It listens on another address of this machine',
	tellApart: 'clawtalk status also asks the other addresses of this machine',
};

/** With a neighbour that answers: no doubt left. In the order of decision. */
export const refusedButNearby: readonly Rule[] = [onAnotherAddress, publishedByServe, wrongPort, onLoopbackOnly];
export const refused: readonly Rule[] = [listensElsewhere, otherPortConfigured, refusedHere, webServerGone, refusedRemote];
