import {failedContact} from '../contact.js';
import type {Diagnosis, Fix, Rule} from '../diagnosis.js';
import {onGatewayHost, serviceLog} from '../fixes.js';
import type {LocalOpenClawLook} from '../surroundings.js';
import {askedLocalConfiguration} from './local-gateway.js';
import {unreachable} from './unreachable.js';

type Cause = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'fixes'> & Partial<Pick<Diagnosis, 'confidence'>>;

/** A reason, in OpenClaw's own configuration on this machine, why nothing listens: refused here, on the very port it is for. */
function whyNotStarted(cause: (look: LocalOpenClawLook) => Cause | undefined): Rule {
	return evidence => {
		const failed = failedContact(evidence, 'refused');
		const look = failed && askedLocalConfiguration(evidence);
		const found = look && cause(look.observation);
		if (!failed || !look || !found) return undefined;
		return unreachable({confidence: 'likely', evidence: [...failed.refs, look.index], ...found});
	};
}

const start = onGatewayHost('then start it', 'openclaw gateway start');

const onLoopback = onGatewayHost('let the gateway listen on loopback only', 'openclaw config set gateway.bind loopback');

/** O06: Serve and Funnel lead to loopback, and the gateway insists on it (openclaw#14542). */
const serveNeedsLoopback = whyNotStarted(({tailscaleMode, bind}) => {
	if (tailscaleMode !== 'serve' && tailscaleMode !== 'funnel') return undefined;
	if (bind === undefined || bind === 'loopback' || bind === 'auto') return undefined;
	return {
		id: 'O06',
		slug: 'gateway.start.serve-bind',
		title: `The gateway refuses to start: gateway.tailscale.mode ${shownWord(tailscaleMode)} needs gateway.bind loopback`,
		explanation: `OpenClaw's configuration on this machine has gateway.bind ${shownWord(bind)}. That the gateway gave up because of it is inferred: its log says so, if it did.`,
		fixes: [serviceLog, onLoopback, start],
	};
});

/** O07: `Refusing to bind gateway to lan without auth.`, exit 78 (2026.9.6). */
const noAuth = whyNotStarted(({authMode, bind}) => {
	if (authMode !== 'none' || bind === undefined || bind === 'loopback') return undefined;
	return {
		id: 'O07',
		slug: 'gateway.start.no-auth',
		title: `The gateway refuses to listen on ${shownWord(bind)} without authentication`,
		explanation: `OpenClaw's configuration on this machine has gateway.auth.mode none. That the gateway gave up because of it is inferred: its log says so, if it did.`,
		fixes: [
			onLoopback,
			start,
			serviceLog,
			onGatewayHost(`or let it listen on ${shownWord(bind)} with a token`, 'openclaw doctor --generate-gateway-token', 'changes-exposure'),
		],
	};
});

/** O08: a gateway starts in mode local only; `remote` makes this machine a client of another one. */
const notLocalMode = whyNotStarted(({mode, state}) => {
	if (state !== 'read' || mode === 'local') return undefined;
	const remote = mode === 'remote';
	return {
		id: 'O08',
		slug: 'gateway.start.mode',
		title: remote
			? 'OpenClaw on this machine is set to use a gateway elsewhere'
			: 'The gateway of this machine has no gateway.mode, so it does not start',
		explanation: remote
			? 'With gateway.mode remote no gateway starts here. If it is meant to run on this machine, the mode is wrong; otherwise the address in clawtalk is.'
			: 'It starts with gateway.mode local only, or when started with --allow-unconfigured. Its log says so, if that was the reason.',
		fixes: [
			...(remote ? [onGatewayHost('see which gateway that is', 'openclaw config get gateway.remote.url')] : [serviceLog]),
			onGatewayHost('if the gateway is meant to run on this machine', 'openclaw config set gateway.mode local'),
			start,
		],
	};
});

const checkConfiguration: Fix = onGatewayHost('see what is wrong with it', 'openclaw config validate', 'safe-to-run', {
	since: '2026.8',
	fallback: 'openclaw gateway status',
});

/** O09: OpenClaw starts with no configuration that it cannot read. */
const brokenConfiguration = whyNotStarted(({state}) => {
	if (state !== 'unparsable') return undefined;
	return {
		id: 'O09',
		slug: 'gateway.start.config',
		title: "OpenClaw's configuration on this machine cannot be parsed",
		explanation: 'A gateway does not start with it. OpenClaw may have kept an older one beside it that still worked.',
		fixes: [
			checkConfiguration,
			onGatewayHost('see what a repair would find, without changing anything', 'openclaw doctor --lint', 'safe-to-run', {
				since: '2026.8',
				fallback: 'mend the file by hand',
			}),
			onGatewayHost('before any repair: keep a copy', 'openclaw backup create --verify', 'safe-to-run', {
				since: '2026.8',
				fallback: 'copy ~/.openclaw',
			}),
			onGatewayHost('let OpenClaw repair it', 'openclaw doctor --fix', 'last-resort'),
		],
	};
});

const binds: readonly string[] = ['loopback', 'lan', 'tailnet', 'auto', 'custom'];

/** O10: `gateway.bind=custom requires gateway.customBindHost`, or a bind that is none of the words it takes (2026.9.6). */
const unusableBind = whyNotStarted(({bind, customBindHost}) => {
	if (bind === undefined) return undefined;
	const lacksHost = bind === 'custom' && customBindHost === undefined;
	// 2026.9.6 reads 0.0.0.0 as lan.
	if (!lacksHost && (binds.includes(bind) || bind === '0.0.0.0')) return undefined;
	return {
		id: 'O10',
		slug: 'gateway.start.bind',
		title: lacksHost ? 'The gateway is bound to a custom address, and none is set' : `The gateway cannot be bound to ${shownWord(bind)}`,
		explanation: `gateway.bind takes loopback, lan, tailnet, auto, or custom with gateway.customBindHost. That the gateway gave up because of it is inferred: its log says so, if it did.`,
		fixes: [onLoopback, start, serviceLog],
	};
});

function shownWord(text: string): string {
	return /^[A-Za-z0-9.:_-]{1,64}$/.test(text) ? text : '(a value that is no word)';
}

export const doesNotStart: readonly Rule[] = [brokenConfiguration, notLocalMode, serveNeedsLoopback, noAuth, unusableBind];
