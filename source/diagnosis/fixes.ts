import type {Fix} from './diagnosis.js';

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
