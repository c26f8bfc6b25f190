import type {Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {here} from './fixes.js';
import {hostAndPort, hostForCommand, isLoopback} from './target-words.js';

/** A tunnel that fails loudly when its local port is taken, so that nobody talks to the wrong gateway. */
export function sshTunnel(evidence: Evidence, action = 'reach a gateway that listens on its own loopback only'): Fix {
	const port = portOfGateway(evidence);
	return here(
		`${action}; FREE is a free port here`,
		`ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:${port} ${sshDestination(evidence)}`,
		'has-placeholders',
	);
}

/** Reaching a gateway that listens on the loopback of its own machine: by `clawtalk tunnel`, where the target is configured; then by hand. */
export function tunnelFixes(evidence: Evidence): readonly Fix[] {
	const place = configuredPlace(evidence.target.source);
	const action = isLoopback(evidence.target)
		? 'if the gateway is on another machine, reach it through ssh'
		: 'reach it through ssh, also when it listens on its own loopback only';
	if (place === undefined) return [sshTunnel(evidence, action)];
	const {flag, name} = place;
	return [
		here(action, `clawtalk config set${flag} ssh ${sshDestination(evidence)} && clawtalk tunnel${name}`, 'has-placeholders'),
		sshTunnel(evidence, 'or forward a port by hand'),
	];
}

/** As `clawtalk tunnel` takes it: behind https, or a port of http itself, is a web server before the gateway, which is on its usual port. */
function portOfGateway({target}: Evidence): number {
	const {scheme, port} = hostAndPort(target) ?? {};
	return scheme === 'http' && port !== undefined && port !== 80 ? port : 18789;
}

function sshDestination({target}: Evidence): string {
	return `USER@${isLoopback(target) ? 'HOST' : hostForCommand(target)}`;
}

/** Where in the configuration the address is from; a flag or a variable cannot carry the ssh destination. */
function configuredPlace(source: string): {readonly flag: string; readonly name: string} | undefined {
	if (source === 'config.json') return {flag: '', name: ''};
	const profile = /^profile ([A-Za-z0-9_][A-Za-z0-9_-]{0,63})$/.exec(source)?.[1];
	return profile === undefined ? undefined : {flag: ` --profile ${profile}`, name: ` ${profile}`};
}
