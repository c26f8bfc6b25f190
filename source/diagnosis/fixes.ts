import type {Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {findLast} from './find.js';
import {urlAsWord} from './target-words.js';

/** Something to do on this machine. */
export function here(action: string, command?: string, applicability: Fix['applicability'] = 'safe-to-run'): Fix {
	return {where: 'here', action, ...(command === undefined ? {} : {command}), applicability};
}

/** Something to do on the machine that runs the gateway. */
export function onGatewayHost(
	action: string,
	command?: string,
	applicability: Fix['applicability'] = 'safe-to-run',
	more: Pick<Fix, 'since' | 'fallback'> = {},
): Fix {
	return {where: 'gateway-host', action, ...(command === undefined ? {} : {command}), applicability, ...more};
}

/** Where the gateway's token is read. The command is not in OpenClaw 2026.2.9. */
export const readGatewayToken = onGatewayHost('show the token of the gateway', 'openclaw gateway auth-token --show', 'safe-to-run', {
	since: '2026.8',
	fallback: 'read gateway.auth.token in ~/.openclaw/openclaw.json',
});

export const gatewayStatus = onGatewayHost('see whether the gateway runs and where it listens', 'openclaw gateway status');

/** For when the gateway is down: `openclaw logs` asks the gateway itself. */
export const serviceLog = onGatewayHost('read the log of the service (Linux)', 'journalctl --user -u openclaw-gateway -n 50');

export const gatewayLog = onGatewayHost('read the log of the gateway', 'openclaw logs --follow');

export const setToken = here('enter the token anew, hidden', 'clawtalk config set gatewayToken');

/** Writes an address that answered into the configuration; one that a shell could take amiss is shown apart. */
export function originFix(action: string, origin: string): Fix {
	const safe = urlAsWord(origin);
	if (safe !== undefined) return here(action, `clawtalk config set gatewayUrl ${safe}`);
	return {...here(action, 'clawtalk config set gatewayUrl URL', 'has-placeholders'), shownApart: origin};
}

/** A change of this machine's Tailscale: it changes who reaches whom, and can cut the very session it is typed in. */
export function changeTailscale(evidence: Evidence, action: string, command?: string): Fix {
	const cuts = findLast(evidence, 'client-facts')?.observation.sshOverTailnet === true;
	return here(cuts ? `${action}; this will cut this session` : action, command, 'changes-exposure');
}
