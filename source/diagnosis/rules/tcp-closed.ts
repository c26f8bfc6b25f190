import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import type {Evidence, Layer} from '../evidence.js';
import {findFailedAttempt, findLast} from '../find.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';
import {dialled, gatewayUrl, isLoopback, urlAsWord} from '../target-words.js';
import {tunnelFixes} from '../tunnel-fixes.js';
import {firstOf, unreachable} from './unreachable.js';

const closedCodes = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED'];

/** The refs of a connection that opened and was closed before one byte of HTTP came; with TLS behind it that is L01 (N21 in the matrix). */
function closedAtOnce(evidence: Evidence): readonly number[] | undefined {
	const found = findFailedAttempt(evidence, closedCodes);
	const tls = findLast(evidence, 'tls-look', ({spoken}) => spoken);
	if (tls && isPlain(evidence)) return undefined;
	return !found || (found.observation.bytesRead ?? 0) > 0 ? undefined : [found.index];
}

/** The connection itself came about: with http it is the peer that says nothing, with https the handshake before that may have failed. */
function layerOf(evidence: Evidence): Layer {
	return isPlain(evidence) || findLast(evidence, 'tls-look', ({spoken}) => spoken) ? 'identity' : 'tls';
}

function isPlain({target}: Evidence): boolean {
	return target.origin.startsWith('http:');
}

/** Plain http was spoken, and nobody has tried a TLS handshake. */
function mayExpectTls(evidence: Evidence): boolean {
	return isPlain(evidence) && findLast(evidence, 'tls-look') === undefined;
}

const containers = /^(?:docker|com\.docker|vpnkit|rootless|slirp4netns|pasta|podman|conmon|gvproxy)/i;

const inContainer: Fix = onGatewayHost(
	'inside the container, let the gateway listen on the address of the container, with a token, and publish the port on 127.0.0.1 only',
	'openclaw config set gateway.bind lan',
	'changes-exposure',
);

const lookAtSsh = here('if ssh forwards this port: look for "connect failed" in its window, or open it anew');

/** N19: the near end of an ssh tunnel, or what behaves like one. */
const deadTunnel: Rule = evidence => {
	const refs = closedAtOnce(evidence);
	if (!refs || !isLoopback(evidence.target)) return undefined;
	const owner = findLast(evidence, 'listener-look', ({program}) => program !== undefined);
	const program = owner?.observation.program ?? '';
	if (containers.test(program)) return undefined;
	const proved = /^(?:auto)?ssh$/.test(program);
	return unreachable({
		layer: layerOf(evidence),
		id: 'N19',
		slug: 'net.closed.loopback',
		confidence: proved ? 'certain' : 'likely',
		title: proved
			? `The ssh tunnel on ${dialled(evidence)} is up, and its far end does not answer`
			: `${dialled(evidence)} accepts the connection and closes it without a word`,
		explanation: proved
			? 'ssh takes the connection here and then cannot open it on the other side: the gateway there is stopped, or the forward names a wrong port.'
			: `That is how a tunnel or a published container port behaves whose far end is dead${mayExpectTls(evidence) ? '; a server that expects TLS does it too' : ''}.`,
		evidence: [...refs, ...(owner && proved ? [owner.index] : [])],
		fixes: proved ? [lookAtSsh, farStatus, farStart, ...tunnelFixes(evidence)] : unprovedFixes(evidence),
		...(proved ? {} : {rivals: [...(owner ? [] : [container]), ...tlsRival(evidence)]}),
	});
};

const farStatus = onGatewayHost(
	'at the far end of the tunnel: see whether the gateway runs and where it listens',
	'openclaw gateway status',
);
const farStart = onGatewayHost('at the far end of the tunnel: start it', 'openclaw gateway start');

const container = {
	id: 'N20',
	title: 'A container publishes the port, and the gateway listens only inside it',
	tellApart: 'the program that listens on the port: docker-proxy, or ssh',
};

function tlsRival(evidence: Evidence): NonNullable<Diagnosis['rivals']> {
	if (!mayExpectTls(evidence)) return [];
	return [{id: 'L01', title: 'The server speaks TLS', tellApart: 'clawtalk status tries a TLS handshake'}];
}

function unprovedFixes(evidence: Evidence): readonly Fix[] {
	const [tunnel, ...byHand] = tunnelFixes(evidence);
	return [lookAtSsh, ...(tunnel ? [tunnel] : []), ...tryHttps(evidence), gatewayStatus, ...byHand, inContainer];
}

/** Only while no TLS handshake has been tried. */
function tryHttps(evidence: Evidence): readonly Fix[] {
	if (tlsRival(evidence).length === 0) return [];
	const url = urlAsWord(gatewayUrl(evidence.target, {scheme: 'https'}));
	return url === undefined ? [] : [here('if the server speaks TLS, use https', `clawtalk status --gateway ${url}`)];
}

/** N20: a container network takes the connection on this machine; inside, nobody listens where it leads. */
const containerPort: Rule = evidence => {
	const refs = closedAtOnce(evidence);
	const owner = findLast(evidence, 'listener-look', ({program}) => containers.test(program ?? ''));
	if (!refs || !owner) return undefined;
	return unreachable({
		layer: layerOf(evidence),
		id: 'N20',
		slug: 'net.closed.container',
		confidence: 'likely',
		title: `A container publishes ${dialled(evidence)}, and nothing answers inside it`,
		explanation: 'The gateway may be stopped in there, or listen on the loopback of the container, which a published port does not reach.',
		evidence: [...refs, owner.index],
		fixes: [here('see the log of the container', 'docker logs --tail 50 CONTAINER', 'has-placeholders'), inContainer],
	});
};

/** N22: closed at once by another machine, for a reason that cannot be seen. */
const closedRemotely: Rule = evidence => {
	const refs = closedAtOnce(evidence);
	if (!refs || isLoopback(evidence.target)) return undefined;
	return unreachable({
		layer: layerOf(evidence),
		id: 'N22',
		slug: 'net.closed.remote',
		confidence: 'possible',
		title: `${dialled(evidence)} accepts the connection and closes it without a word`,
		explanation: `A load balancer without a backend${mayExpectTls(evidence) ? ', a server that expects TLS,' : ''} or an overloaded server behaves like this.`,
		evidence: refs,
		fixes: [...tryHttps(evidence), gatewayStatus],
		...(tlsRival(evidence).length > 0 ? {rivals: tlsRival(evidence)} : {}),
	});
};

/** In the order of decision: proofs first. */
export const closedRules: readonly Rule[] = [firstOf(containerPort, deadTunnel, closedRemotely)];
