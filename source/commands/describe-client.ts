import {readVersion} from '../version.js';

/** This program and what it runs on. */
export interface ClientReport {
	readonly version: string;
	readonly node: string;
	readonly undici: string;
	readonly platform: string;
	/** Whether the built-in fetch of this Node goes through our dispatcher; `null` when that could not be tried. */
	readonly builtInFetchUsesDispatcher: boolean | null;
	/** Inside tmux or screen. */
	readonly inMultiplexer: boolean;
}

/** Tries what cannot be read anywhere. Opens a listener on loopback for a moment. */
export async function describeClient(env: Readonly<NodeJS.ProcessEnv>): Promise<ClientReport> {
	const [{builtInFetchUsesDispatcher}, {undiciVersion}] = await Promise.all([
		import('../network/dispatcher.js'),
		import('../network/undici.js'),
	]);
	let usesDispatcher: boolean | null;
	try {
		usesDispatcher = await builtInFetchUsesDispatcher();
	} catch {
		// No loopback listener can be opened here (a sandbox): then it is not known.
		usesDispatcher = null;
	}
	return {
		version: readVersion(),
		node: process.versions.node,
		undici: undiciVersion,
		platform: `${process.platform} ${process.arch}`,
		builtInFetchUsesDispatcher: usesDispatcher,
		inMultiplexer: Boolean(env['TMUX'] || env['STY']),
	};
}
