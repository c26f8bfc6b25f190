import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Peer} from './peer.js';
import {openTerminal, type TerminalSession} from './terminal-session.js';

/** A chat that came over the control plane says so in its status line. */
export const online = 'control plane';
/** Before that, questions may go over HTTP. */
const usable = 'online';
/** What OpenClaw's own client says when it can be used. */
const connected = 'gateway connected';
/** And after an outage. */
const reconnected = 'gateway reconnected';
/** OpenClaw's own client sets up its folder at its first start. */
export const patienceMs = 90_000;

export interface Client {
	readonly name: string;
	readonly isOurs: boolean;
	open(origin: string): TerminalSession;
	/** Stands on the screen when a question is answered after an outage, over whichever way. */
	readonly usable: string;
	/** Stands on the screen when it is over the control plane. */
	readonly ready: string;
	/** The same after an outage. */
	readonly back: string;
}

/** Our chat, and theirs where it is installed. */
export function clientsOf(peer: Peer, launcher: string, env: NodeJS.ProcessEnv, home: string): readonly Client[] {
	const own = join(home, 'tui');
	mkdirSync(own, {recursive: true});
	const ours: Client = {
		name: 'chat over the control plane',
		isOurs: true,
		usable,
		ready: online,
		back: online,
		open: origin =>
			openTerminal([process.execPath, launcher, '--ephemeral', '--gateway', origin, '--token-file', peer.tokenFile], env, home),
	};
	const {openclaw} = peer;
	if (openclaw === undefined) return [ours];
	const url = (origin: string) => origin.replace(/^http/, 'ws');
	const theirs: Client = {
		name: 'openclaw tui',
		isOurs: false,
		usable: reconnected,
		ready: connected,
		back: reconnected,
		open: origin => openTerminal([...openclaw.program, 'tui', '--url', url(origin), '--token', peer.token], {...env, HOME: own}, own),
	};
	return [ours, theirs];
}
