import {exitCodes} from '../../exit-codes.js';
import {type FailedContact, failedContact} from '../contact.js';
import type {Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findAll, findLast, isIdentified} from '../find.js';
import {gatewayStatus, here, onGatewayHost, originFix} from '../fixes.js';
import {isThisMachine} from '../place.js';
import type {ListenerLook} from '../surroundings.js';
import {dialled, hostAndPort} from '../target-words.js';
import {askedLocalConfiguration, usualPort} from './local-gateway.js';
import {unreachable} from './unreachable.js';

/** O01: the ClawTalk plugin's proxy is set to the gateway's own port, so one of the two gets it. */
const samePort: Rule = evidence => {
	const look = askedLocalConfiguration(evidence);
	const port = hostAndPort(evidence.target)?.port;
	if (!look || look.observation.pluginProxyPort === undefined || look.observation.pluginProxyPort !== port) return undefined;
	const proxy = findLast(evidence, 'peer-identified', ({peer}) => peer === 'plugin-proxy');
	return unreachable({
		id: 'O01',
		verify: 'clawtalk status',
		slug: 'port.plugin-proxy-collides',
		severity: proxy ? 'error' : 'warning',
		confidence: 'certain',
		title: `The gateway and the proxy of the ClawTalk plugin are both set to port ${port}`,
		explanation: `${proxy ? 'The proxy has it here, and would pass every request on to api.anthropic.com; the token was not sent.' : 'Whichever starts first on an address gets it, so it may work today and not after a restart.'} The gateway takes a change of the plugin's port by itself, within seconds.`,
		evidence: [look.index, ...(proxy ? [proxy.index] : [])],
		fixes: [
			onGatewayHost('move the proxy to a port of its own', 'openclaw config set plugins.entries.clawtalk.config.proxyPort 18793'),
			gatewayStatus,
		],
		exitCode: proxy ? exitCodes.unreachable : exitCodes.ok,
	});
};

/** O02, when the plugin's proxy cannot reach its origin and says nothing of itself: OpenClaw's configuration here gives it this port. */
const silentProxy: Rule = evidence => {
	const port = hostAndPort(evidence.target)?.port;
	const look = findLast(evidence, 'local-openclaw', ({pluginProxyPort}) => pluginProxyPort !== undefined && pluginProxyPort === port);
	const answer = findLast(evidence, 'http-answer', ({status, headers, body}) => status === 502 && body === 'text' && !headers['server']);
	if (!look || !answer || !isThisMachine(evidence) || isIdentified(evidence)) return undefined;
	const {port: gatewayPort = usualPort} = look.observation;
	if (gatewayPort === port) return undefined;
	return unreachable({
		id: 'O02',
		slug: 'peer.plugin-proxy',
		layer: 'identity',
		confidence: 'likely',
		title: `Port ${port} of this machine is set for the proxy of the ClawTalk plugin, not for the gateway`,
		explanation: `That proxy answers 502 when it cannot reach api.anthropic.com, and passes every request on to there when it can. The token was not sent.`,
		evidence: [look.index, answer.index],
		fixes: [originFix('use the port of the gateway', `http://127.0.0.1:${gatewayPort}`)],
	});
};

/** Programs behind which a gateway is: its runtimes, tunnels, container networks, Tailscale. Names are cut at 15 characters by Linux. */
const maybeGateway =
	/^(?:node|MainThread|bun|deno|openclaw|(?:auto)?ssh|sshd|docker|com\.docker|vpnkit|rootless|slirp4netns|pasta|podman|conmon|gvproxy|tailscale)/i;

/** Programs that only pass on what they are given: that they close a connection says nothing about what they lead to. */
const forwarder =
	/^(?:socat|n(?:et)?cat|nc|haproxy|nginx|caddy|envoy|traefik|stunnel|cloudflared|rinetd|redir|ngrok|frpc|chisel|apache2|httpd)/i;

/** O04: on this machine another program has the port. */
const anotherProgram: Rule = evidence => {
	const listener = findLast(evidence, 'listener-look', ({program}) => program !== undefined && !maybeGateway.test(program));
	if (!listener || !isThisMachine(evidence) || isIdentified(evidence)) return undefined;
	// A reverse proxy that says 502 means to lead to a gateway: that is told better by its answer.
	const answered = findLast(evidence, 'http-answer', ({method, status}) => method !== 'CONNECT' && (status >= 500 || status === 429));
	if (answered || failedContact(evidence, 'refused')) return undefined;
	const {program, port} = listener.observation;
	const spoke = findLast(evidence, 'peer-identified');
	const seen = spoke ?? findLast(evidence, 'network-failure');
	if (!seen || (!spoke && forwarder.test(program ?? ''))) return undefined;
	return unreachable({
		id: 'O04',
		slug: 'port.other-program',
		layer: 'identity',
		confidence: spoke ? 'certain' : 'likely',
		title: `Another program owns port ${port} of this machine: ${nameOf(program)}`,
		explanation: 'It is no OpenClaw gateway: the port in the gateway URL is wrong, or that program took the port first. No token was sent.',
		evidence: [listener.index, seen.index],
		fixes: [
			here('check the port of the gateway URL', 'clawtalk config get gatewayUrl'),
			here('see the program', `lsof -nP -iTCP:${port} -sTCP:LISTEN`),
			onGatewayHost('see the port of the gateway', 'openclaw config get gateway.port'),
		],
	});
};

function nameOf(program = ''): string {
	return /^[A-Za-z0-9._+:-]{1,32}$/.test(program) ? program : 'a program whose name is not shown';
}

/** O05: what listens is not what the configuration says: not restarted, started with flags, or of another profile. */
function notAsConfigured(evidence: Evidence, failed: FailedContact | undefined): ReturnType<Rule> {
	const look = askedLocalConfiguration(evidence);
	const listener = findLast(evidence, 'listener-look', ({addresses}) => addresses.length > 0);
	if (!look || !listener || !/^(?:node|MainThread|openclaw)/.test(listener.observation.program ?? 'node')) return undefined;
	const {bind} = look.observation;
	const only = listener.observation.addresses.every(isLoopbackAddress);
	const differs = (bind === 'lan' && only) || (bind === 'loopback' && !only);
	if (!differs) return undefined;
	return unreachable({
		id: 'O05',
		verify: 'clawtalk status',
		slug: 'gateway.not-as-configured',
		severity: failed ? 'error' : 'warning',
		confidence: 'certain',
		title: `What listens on port ${listener.observation.port} of this machine does not match gateway.bind ${bind}`,
		explanation: `It listens on ${listed(listener.observation)}. It was not restarted since the change, was started with flags of its own, or belongs to another profile.`,
		evidence: [...(failed?.refs ?? []), listener.index, look.index],
		fixes: [
			onGatewayHost('compare the configuration of the command line with that of the service', 'openclaw gateway status'),
			onGatewayHost('see with which flags the service starts it (Linux)', 'systemctl --user cat openclaw-gateway'),
			onGatewayHost('start it anew; this ends every running answer', 'openclaw gateway restart', 'last-resort'),
		],
		exitCode: failed ? exitCodes.unreachable : exitCodes.ok,
	});
}

/** O05 as the reason of a refusal. */
export const refusedNotAsConfigured: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	return failed && notAsConfigured(evidence, failed);
};

/** O05 beside a connection that came about. */
const worksNotAsConfigured: Rule = evidence => (failedContact(evidence, 'refused') ? undefined : notAsConfigured(evidence, undefined));

function isLoopbackAddress(address: string): boolean {
	return address.startsWith('127.') || address === '::1';
}

function listed({addresses}: ListenerLook): string {
	return addresses.slice(0, 3).join(', ');
}

/** O11: another gateway of this machine answers as well. */
const severalGateways: Rule = evidence => {
	if (!isThisMachine(evidence) || !isIdentified(evidence)) return undefined;
	const others = findAll(evidence, 'sibling-look', ({relation, outcome}) => relation === 'default-port' && outcome === 'gateway');
	if (others.length === 0) return undefined;
	return unreachable({
		id: 'O11',
		verify: 'clawtalk status',
		slug: 'gateway.several',
		severity: 'note',
		confidence: 'certain',
		title: 'More than one gateway answers on this machine',
		explanation: `Besides ${dialled(evidence)}: ${others.map(({observation}) => observation.origin).join(', ')}. Each has a configuration, a token and sessions of its own.`,
		evidence: others.map(({index}) => index),
		fixes: [onGatewayHost('see which is which', 'openclaw gateway status --deep')],
		exitCode: exitCodes.ok,
	});
};

export const localPortRules: readonly Rule[] = [samePort, silentProxy, anotherProgram, worksNotAsConfigured, severalGateways];
