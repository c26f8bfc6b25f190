import {readVersion} from '../../version.js';

/** This program and what it runs on. */
export interface ClientReport {
	readonly version: string;
	readonly node: string;
	readonly undici: string;
	readonly platform: string;
	/** Whether the built-in fetch of this Node goes through our dispatcher; `null` when that was not, or could not be, tried. */
	readonly builtInFetchUsesDispatcher: boolean | null;
	/** Inside tmux or screen. */
	readonly inMultiplexer: boolean;
}

/**
 * @param triesFetch Whether to try the built-in fetch, which tells nothing about itself: that loads it (100 ms) and opens a listener on
 * loopback for a moment, so it is not done beside a look that takes times.
 */
export async function describeClient(
	env: Readonly<NodeJS.ProcessEnv>,
	{triesFetch}: {readonly triesFetch: boolean},
): Promise<ClientReport> {
	const {undiciVersion} = await import('../../network/undici-version.js');
	return {
		version: readVersion(),
		node: process.versions.node,
		undici: undiciVersion,
		platform: `${process.platform} ${process.arch}`,
		builtInFetchUsesDispatcher: triesFetch ? await tryBuiltInFetch() : null,
		inMultiplexer: Boolean(env['TMUX'] || env['STY']),
	};
}

async function tryBuiltInFetch(): Promise<boolean | null> {
	const {builtInFetchUsesDispatcher} = await import('../../network/dispatcher.js');
	try {
		return await builtInFetchUsesDispatcher();
	} catch {
		// No loopback listener can be opened here (a sandbox): then it is not known.
		return null;
	}
}
