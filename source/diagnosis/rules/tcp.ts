import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findFailedAttempt, findLast} from '../find.js';
import {gatewayStatus, here, onGatewayHost, serviceLog} from '../fixes.js';
import {dialled, hostAndPort, hostForCommand, isLoopback, maybeTailnet} from '../target-words.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

function unreachable(part: Part): Diagnosis {
	return {layer: 'tcp', severity: 'error', exitCode: exitCodes.unreachable, transient: false, ...part};
}

/** A tunnel that fails loudly when its local port is taken, so that nobody talks to the wrong gateway. */
export function sshTunnel(evidence: Evidence): Fix {
	const host = hostForCommand(evidence.target);
	const port = hostAndPort(evidence.target)?.port ?? 18789;
	return here(
		'reach a gateway that listens on its own loopback only; FREE is a free port here',
		`ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:${port} user@${isLoopback(evidence.target) ? 'HOST' : host}`,
		'has-placeholders',
	);
}

/** N13: the address that was dialled is not the gateway's, or a proxy was meant to carry the request. */
const wentToProxy: Rule = evidence => {
	const target = hostAndPort(evidence.target);
	const found = findLast(evidence, 'network-failure', failure => failure.phase === 'connect' && failure.attempts.length > 0);
	const attempt = found?.observation.attempts[0];
	if (!found || !target) return undefined;
	const otherPort = attempt?.port !== undefined && attempt.port !== target.port;
	if (evidence.target.proxy === undefined && !otherPort) return undefined;
	const host = hostForCommand(evidence.target);
	return unreachable({
		id: 'N13',
		slug: 'net.proxy',
		confidence: 'certain',
		title: `The connection went to ${evidence.target.proxy === undefined ? dialled(evidence, attempt) : `the proxy ${evidence.target.proxy}`}, which did not answer`,
		explanation: `A proxy setting sends requests for ${target.host} there. Whether the gateway itself can be reached is not known.`,
		evidence: [found.index],
		fixes: [
			here(
				'do not use the proxy for this host',
				`export NO_PROXY="$NO_PROXY,${host}"`,
				host === 'HOST' ? 'has-placeholders' : 'safe-to-run',
			),
			here('see the proxy settings', 'env | grep -i _proxy'),
		],
	});
};

/** N01: refused on loopback. */
const refusedHere: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['ECONNREFUSED']);
	if (!found || !isLoopback(evidence.target)) return undefined;
	return unreachable({
		id: 'N01',
		slug: 'net.refused.loopback',
		confidence: 'certain',
		title: `Nothing listens on ${dialled(evidence, found.attempt)}`,
		explanation: 'The gateway is not running, or listens on another port or address of this machine; if a tunnel leads there, it is down.',
		evidence: [found.index],
		fixes: [gatewayStatus, onGatewayHost('start it', 'openclaw gateway start'), serviceLog, sshTunnel(evidence)],
	});
};

/** N04: refused by another machine. A stopped gateway, a loopback bind and a wrong port look the same from outside. */
const refusedRemote: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['ECONNREFUSED']);
	if (!found || isLoopback(evidence.target)) return undefined;
	return unreachable({
		id: 'N04',
		slug: 'net.refused.remote',
		confidence: 'likely',
		title: `The host answers, but nothing listens on ${dialled(evidence, found.attempt)}`,
		explanation: 'The gateway may be stopped, listen on its own loopback only, or use another port. From here these look the same.',
		evidence: [found.index],
		fixes: [
			sshTunnel(evidence),
			gatewayStatus,
			onGatewayHost('only if the tailnet shall reach it directly', 'openclaw config set gateway.bind tailnet', 'changes-exposure'),
		],
	});
};

/** N11: nothing came back. */
const dropped: Rule = evidence => {
	const found =
		findFailedAttempt(evidence, ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']) ??
		findLast(evidence, 'network-failure', failure => failure.phase === 'connect' && failure.timeoutMs !== undefined);
	if (!found) return undefined;
	const address = dialled(evidence, found.observation.attempts[0]);
	return unreachable({
		id: 'N11',
		slug: 'net.timeout',
		confidence: 'likely',
		title: `${address} does not answer`,
		explanation:
			'Packets are dropped on the way: the machine may be off or asleep, or a firewall in between. Which one cannot be seen from here.',
		evidence: [found.index],
		fixes: [
			...(maybeTailnet(evidence.target) ? [here('see whether Tailscale is up and the peer online', 'tailscale status')] : []),
			onGatewayHost('see whether the machine is up and the gateway runs', 'openclaw gateway status'),
			sshTunnel(evidence),
		],
	});
};

/** N16: the network says that there is no way. */
const noRoute: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['EHOSTUNREACH', 'ENETUNREACH']);
	if (!found) return undefined;
	const host = hostForCommand(evidence.target);
	return unreachable({
		id: 'N16',
		slug: 'net.no-route',
		confidence: 'certain',
		title: `There is no route to ${dialled(evidence, found.attempt)}`,
		explanation: 'The network or the VPN that leads there is off, the address is wrong, or a firewall rejects the connection.',
		evidence: [found.index],
		fixes: [
			...(maybeTailnet(evidence.target) ? [here('see whether Tailscale is up', 'tailscale status')] : []),
			here('see which way packets take (Linux)', `ip route get ${host}`, host === 'HOST' ? 'has-placeholders' : 'safe-to-run'),
		],
	});
};

/** N17: this machine itself forbids the connection. */
const forbiddenHere: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['EACCES', 'EPERM']);
	if (!found) return undefined;
	return unreachable({
		id: 'N17',
		slug: 'net.forbidden',
		confidence: 'likely',
		title: `This machine forbids the connection to ${dialled(evidence, found.attempt)}`,
		explanation: 'The system refused it before any packet left: a local firewall, a sandbox or a prohibited route.',
		evidence: [found.index],
		fixes: [here('allow node in that firewall or sandbox')],
	});
};

/** N18: the interface is down, as while a laptop wakes. */
const interfaceDown: Rule = evidence => {
	const found = findFailedAttempt(evidence, ['ENETDOWN', 'EADDRNOTAVAIL']);
	if (!found) return undefined;
	return unreachable({
		id: 'N18',
		slug: 'net.interface-down',
		confidence: 'certain',
		title: 'The network interface of this machine is down',
		explanation: 'It is switched off, or the machine is just waking up.',
		evidence: [found.index],
		fixes: [here('wait a moment and try again')],
		exitCode: exitCodes.temporary,
		transient: true,
	});
};

export const tcpRules: readonly Rule[] = [wentToProxy, refusedHere, refusedRemote, noRoute, forbiddenHere, interfaceDown, dropped];
