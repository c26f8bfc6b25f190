import {plainLine} from '../../gateway/plain-text.js';
import {classifyHost} from '../../network/address-class.js';
import {undiciVersion} from '../../network/undici-version.js';
import {readVersion} from '../../version.js';
import type {ClientFacts} from '../surroundings.js';
import type {Machine} from './machine.js';

const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap(name => [name, name.toLowerCase()]);
/** Flags of Node that change how a connection is made or whom it trusts. */
const tellingFlag =
	/^--(?:use-openssl-ca|use-bundled-ca|use-system-ca|use-env-proxy|dns-result-order|no-network-family-autoselection|network-family-autoselection-attempt-timeout|tls-[a-z0-9.-]+|insecure-http-parser|require|import|openssl-[a-z-]+)$/;

/** This program and the machine it runs on. Of variables and flags only the names are kept. */
export function clientFacts(env: Readonly<NodeJS.ProcessEnv>, machine: Machine): Omit<ClientFacts, 'atMs'> {
	const sshClient = /^\S+/.exec(env['SSH_CONNECTION'] ?? '')?.[0];
	const multiplexer = env['TMUX'] ? 'tmux' : env['STY'] ? 'screen' : undefined;
	return {
		kind: 'client-facts',
		layer: 'config',
		version: readVersion(),
		node: process.versions.node,
		undici: undiciVersion,
		platform: `${machine.platform} ${process.arch}`,
		hostname: plainLine(machine.hostname, 253),
		overSsh: sshClient !== undefined,
		sshOverTailnet: sshClient !== undefined && ['cgnat', 'tailscale-v6'].includes(classifyHost(sshClient)),
		...(multiplexer === undefined ? {} : {multiplexer}),
		proxyVariables: proxyNames.filter(name => Boolean(env[name])),
		nodeFlags: nodeFlags(env, machine.execArgv),
	};
}

function nodeFlags(env: Readonly<NodeJS.ProcessEnv>, execArgv: readonly string[]): readonly string[] {
	const given = [...(env['NODE_OPTIONS'] ?? '').split(/\s+/), ...execArgv].map(flag => flag.replace(/=.*$/s, ''));
	return [
		...['NODE_USE_ENV_PROXY', 'NODE_EXTRA_CA_CERTS'].filter(name => Boolean(env[name])),
		...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? ['NODE_TLS_REJECT_UNAUTHORIZED=0'] : []),
		...new Set(given.filter(flag => tellingFlag.test(flag))),
	];
}
