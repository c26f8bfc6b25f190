import type {Diagnosis} from '../diagnosis.js';
import {gatewayStatus, here, onGatewayHost} from '../fixes.js';

/** What replaces the words of a rule where a text names the row and nothing was observed. */
export type Words = Partial<Pick<Diagnosis, 'title' | 'explanation' | 'confidence' | 'fixes' | 'rivals'>>;

const startGateway = onGatewayHost('then start it', 'openclaw gateway start');
const bindLoopback = onGatewayHost('let the gateway listen on loopback only', 'openclaw config set gateway.bind loopback');

/** Rows of rules that a text names by its words, told from that line alone: no port, no name and no setting that it does not have. */
export const wordsOfText: Readonly<Record<string, (line: string) => Words>> = {
	O06: () => ({
		confidence: 'certain',
		title: 'The gateway refuses to start: Tailscale Serve and Funnel need gateway.bind loopback',
		explanation: 'The text says so: Serve or Funnel is switched on in its configuration while it is bound to something else.',
		fixes: [bindLoopback, startGateway],
	}),
	O07: () => ({
		confidence: 'certain',
		title: 'The gateway refuses to listen beyond loopback without authentication',
		explanation: 'The text says so: it has neither a token nor a password there, or its authentication is switched off.',
		fixes: [
			bindLoopback,
			startGateway,
			onGatewayHost('or give it a token of its own', 'openclaw doctor --generate-gateway-token', 'changes-exposure'),
		],
	}),
	O08: noMode,
	O09: () => ({
		confidence: 'certain',
		title: 'OpenClaw finds its configuration not valid',
		explanation: 'The text says so, and a gateway does not start with it. OpenClaw may have kept an older one beside it that still worked.',
	}),
	O10: () => ({
		confidence: 'certain',
		title: 'The gateway does not start: it cannot listen where gateway.bind says',
		explanation:
			'gateway.bind takes loopback, lan, tailnet, auto, or custom with gateway.customBindHost. The text says that it is none of these, or that the address is not there.',
		fixes: [bindLoopback, startGateway],
	}),
	O11: () => ({
		confidence: 'likely',
		title: 'More than one gateway runs on one machine',
		explanation: 'The text says so. Each has a configuration, a token and sessions of its own.',
	}),
	A04: () => ({
		title: 'The configuration of OpenClaw names a variable that is not set',
		explanation: 'The text says that much; where it is the token, none fits until the variable is set for the gateway, too.',
		rivals: [],
	}),
	L01: () => ({
		title: 'The server speaks HTTPS, and was asked in plain http',
		explanation: 'The text says so. The gateway URL begins with http:// where it needs https://.',
		fixes: [here('use https', 'clawtalk config set gatewayUrl https://HOST:PORT', 'has-placeholders')],
	}),
	S06: () => ({explanation: 'Whether the agent worked on it is not known.'}),
	S11: () => ({explanation: 'No answer came back. Whether the gateway got the question is not known.'}),
	S04: () => ({title: 'The answer was cut off: the connection broke'}),
	N07: () => ({
		title: 'Tailscale is off on the machine that said so',
		explanation: 'So nothing in the tailnet is reached from there. The text says nothing about the gateway.',
	}),
	N08: line => ({
		confidence: 'likely',
		title: /expired/i.test(line) ? 'The key of a machine in the tailnet has expired' : 'A machine of the tailnet does not answer',
	}),
	N09: () => ({
		title: 'No machine of the tailnet has that name or address',
		fixes: [
			here('see the names of the machines', 'tailscale status'),
			here('see the accounts of this machine', 'tailscale switch --list'),
			here('if it is in the tailnet of another account', 'tailscale switch ACCOUNT', 'has-placeholders'),
		],
	}),
	N13: () => ({
		confidence: 'likely',
		title: 'A proxy on the way did not take the connection',
		explanation: 'The program that said so was set to use a proxy. Whether the gateway itself can be reached is not known.',
		fixes: [
			here('see the proxy settings', 'env | grep -i _proxy'),
			here('do not use the proxy for the gateway', 'export NO_PROXY="$NO_PROXY,HOST"', 'has-placeholders'),
		],
	}),
	N28: () => ({
		confidence: 'possible',
		title: 'OpenClaw’s own command got no answer from the gateway in time',
		explanation:
			'It says so whatever the reason: the gateway hangs or is starting, nothing was connected, or a node that it asked is silent.',
		fixes: [gatewayStatus, here('see how far a connection comes', 'clawtalk status')],
		rivals: [
			{id: 'N11', title: 'The gateway’s machine does not answer', tellApart: 'clawtalk status'},
			{id: 'E06', title: 'The node did not answer in time', tellApart: 'openclaw nodes status, on the gateway host'},
		],
	}),
	C11: () => ({
		title: 'The port in the URL cannot be used',
		explanation: 'Browsers and other HTTP clients refuse some ports, whatever listens there.',
	}),
	V04: () => ({
		title: 'A newer OpenClaw wrote the configuration than the one that said so',
	}),
};

/** A fresh OpenClaw has no mode, and says it in three ways. Only the mode `remote` means a gateway elsewhere. */
function noMode(line: string): Words {
	const setMode = onGatewayHost('if the gateway is meant to run on that machine', 'openclaw config set gateway.mode local');
	const mode = /\(current: ([a-z]{2,20})\)/i.exec(line)?.[1];
	if (/\bMissing config\b/i.test(line)) {
		return {
			confidence: 'certain',
			title: 'OpenClaw has no configuration yet, so no gateway starts',
			explanation: 'The text says so: it was installed and not set up, or looks for its configuration in another place.',
			fixes: [onGatewayHost('set it up', 'openclaw setup'), setMode, startGateway],
		};
	}
	const isRemote = mode === 'remote';
	return {
		confidence: 'certain',
		title: isRemote
			? 'OpenClaw is set to use a gateway elsewhere, so none starts there'
			: 'No gateway starts: gateway.mode is not set to local',
		explanation:
			mode === undefined ? 'The text says that the configuration has no gateway.mode.' : `The text says that gateway.mode is ${mode}.`,
		fixes: [
			...(isRemote ? [onGatewayHost('see which gateway that is', 'openclaw config get gateway.remote.url')] : []),
			setMode,
			startGateway,
		],
	};
}
