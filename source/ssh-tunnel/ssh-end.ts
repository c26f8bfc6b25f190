/** Why there is no tunnel, as far as the words of ssh tell. */
export interface SshEnd {
	readonly kind: /** The server did not let this user in. */
		| 'authentication'
		/** The server's key is unknown or another one than before. */
		| 'host-key'
		| 'name-not-found'
		/** No connection to the server, or it was cut. */
		| 'unreachable'
		/** The server lets this user in and forbids forwarding. */
		| 'forwarding-refused'
		/** ssh does not like its configuration. */
		| 'settings'
		/** ssh could not be started at all. */
		| 'not-started'
		| 'cancelled'
		| 'unknown';
	/** The line of ssh that says it, one line without control characters; empty when it said nothing. */
	readonly said: string;
}

/** Texts of OpenSSH 6.7 to 10, which are not translated. The first that fits counts. */
const signs: ReadonlyArray<readonly [kind: SshEnd['kind'], text: RegExp]> = [
	['not-started', /^ssh could not be started/],
	['host-key', /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|No \S+ host key is known|host key .*revoked/i],
	[
		'authentication',
		/Permission denied(?: \(|, please)|Too many authentication failures|No more authentication methods|No supported authentication/i,
	],
	['forwarding-refused', /administratively prohibited|forwarding (?:is )?(?:disabled|denied)/i],
	['name-not-found', /Could not resolve hostname/i],
	['settings', /Bad configuration option|Bad owner or permissions|terminating, \d+ bad configuration|unknown option|illegal option/i],
	['settings', /Could not request local forwarding|cannot listen to|unix_listener/i],
	[
		'unreachable',
		/Connection (?:refused|timed out|reset|closed)|Connection to .* closed|No route to host|unreachable|not responding|banner exchange|Broken pipe/i,
	],
];

/** What a run of ssh that has ended was about. @param lines What it wrote to stderr, oldest first. */
export function judgeSshEnd(lines: readonly string[]): SshEnd {
	for (const [kind, text] of signs) {
		// A dead far end is said for each channel and ends nothing.
		const said = lines.findLast(line => text.test(line) && !(kind === 'unreachable' && isAboutChannel(line)));
		if (said !== undefined) return {kind, said};
	}
	return {kind: 'unknown', said: lines.findLast(line => !isAboutChannel(line)) ?? ''};
}

/** Trying again would end the same way, or would ask the user once more. */
export function isFinal({kind}: SshEnd): boolean {
	return kind !== 'unreachable' && kind !== 'name-not-found' && kind !== 'unknown';
}

/** What ssh said about a connection that it took and could not carry on, e.g. `connect failed: Connection refused`. */
export function channelFailure(lines: readonly string[]): string | undefined {
	return /open failed: (.*)$/.exec(lines.findLast(isAboutChannel) ?? '')?.[1];
}

function isAboutChannel(line: string): boolean {
	return /^channel \d+: open failed/.test(line);
}
