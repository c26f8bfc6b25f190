import {failedContact} from '../contact.js';
import type {Fix, Rival, Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findLast} from '../find.js';
import {gatewayStatus, onGatewayHost, originFix} from '../fixes.js';
import {gatewayUrl, hostAndPort, maybeTailnet} from '../target-words.js';
import {tunnelFixes} from '../tunnel-fixes.js';
import {localGateway} from './local-gateway.js';
import {unreachable} from './unreachable.js';

/** N04 on the port of a web server: Tailscale Serve or a reverse proxy should listen there, and a gateway elsewhere. */
export const webServerGone: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	const {scheme, port} = hostAndPort(evidence.target) ?? {};
	if (!failed || (port !== 80 && port !== 443)) return undefined;
	const tailnet = maybeTailnet(evidence.target);
	const who = tailnet ? 'Tailscale Serve or a reverse proxy' : 'A reverse proxy';
	return unreachable({
		id: 'N04',
		slug: 'net.refused.remote',
		confidence: 'likely',
		title: `The host answers, but nothing listens on ${failed.whereOr}`,
		explanation: `${who} would listen there, and a gateway itself on another port, usually 18789. Which of them is missing cannot be seen from here.`,
		evidence: failed.refs,
		fixes: [
			...(scheme === 'http'
				? [originFix('if there is no proxy, name the port of the gateway', gatewayUrl(evidence.target, {port: 18789}))]
				: []),
			...(tailnet ? [onGatewayHost('see whether Serve publishes it, and where', 'tailscale serve status')] : []),
			gatewayStatus,
			...tunnelFixes(evidence),
		],
	});
};

/** N04: refused by another machine. A stopped gateway, a loopback bind and a wrong port look the same from outside. */
export const refusedRemote: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	if (!failed) return undefined;
	const looks = findLast(evidence, 'sibling-look', ({relation}) => relation === 'serve-name' || relation === 'default-port');
	return unreachable({
		id: 'N04',
		slug: 'net.refused.remote',
		confidence: 'likely',
		title: `The host answers, but nothing listens on ${failed.whereOr}`,
		explanation: 'The gateway may be stopped, listen on its own loopback only, or use another port. From here these look the same.',
		evidence: [...failed.refs, ...(looks ? [looks.index] : [])],
		fixes: [...firstThen(tunnelFixes(evidence), gatewayStatus), ...directAccess(evidence)],
		rivals: [
			{id: 'N01', title: 'The gateway is stopped', tellApart: 'openclaw gateway status, on the gateway host'},
			{id: 'N06', title: 'It listens on another port', tellApart: 'openclaw config get gateway.port, on the gateway host'},
			...(maybeTailnet(evidence.target) && !gatewayAsked(evidence) ? [served] : []),
		],
	});
};

const served: Rival = {
	id: 'N05',
	title: 'It is published with Tailscale Serve',
	tellApart: 'tailscale serve status, on the gateway host, names an https address',
};

function gatewayAsked(evidence: Evidence): boolean {
	return findLast(evidence, 'sibling-look', ({relation}) => relation === 'serve-name') !== undefined;
}

/** Opens the port: the last thing to do, and only for the network that was asked on. To the internet it is not opened, nor twice. */
export function directAccess(evidence: Evidence): readonly Fix[] {
	const {target} = evidence;
	const [who, bind] = maybeTailnet(target) ? ['the tailnet', 'tailnet'] : ['the whole local network', 'lan'];
	if (target.addressClass === 'public' || localGateway(evidence)?.observation.bind === bind) return [];
	return [onGatewayHost(`only if ${who} shall reach it directly`, `openclaw config set gateway.bind ${bind}`, 'changes-exposure')];
}

/** The first of the ways in, the question to the gateway host, then the other ways in. */
function firstThen<T>([first, ...others]: readonly T[], second: T): readonly T[] {
	return [...(first === undefined ? [] : [first]), second, ...others];
}
