import {closelyWatchedMs} from '../closely-watched.js';

/** Pauses between two looks at a gateway that is away, in milliseconds: at the very first, while somebody waits, and later. */
const firstPauseMs = 500;
const closePauseMs = 1_000;
const latePauseMs = 10_000;
/** A gateway that says when it is back is believed for so long. */
const longestAnnouncedMs = 1_500;
/** For so long the first pause holds: a connection that broke on the way is back at once. */
const firstLooksMs = 2_000;

/**
 * Pause before the next look at a gateway that is away. In the first two minutes a gateway that is back is found within two seconds, its
 * answers included; later within ten. Shortened by up to a quarter, so that many clients of one gateway spread out.
 *
 * @param outageMs How long it has been away.
 * @param random A number from 0 up to 1.
 */
export function pauseAfter(outageMs: number, random: number): number {
	const pause = outageMs < firstLooksMs ? firstPauseMs : outageMs < closelyWatchedMs ? closePauseMs : latePauseMs;
	return Math.round(pause * (1 - random / 4));
}

/**
 * Pause before the first look at a gateway that said it would go: a moment, since nobody is there at once, and as long as it said where
 * that is not longer than anybody waits for looks.
 *
 * @param restartExpectedMs What it said (`shutdown`), if anything.
 */
export function pauseAfterShutdown(restartExpectedMs: number | undefined): number {
	return Math.min(longestAnnouncedMs, Math.max(firstPauseMs, restartExpectedMs ?? firstPauseMs));
}

/** A connection that ends sooner was hardly one, in milliseconds. */
const shortLivedMs = 10_000;
const longestBreakPauseMs = 30_000;

/**
 * Tells how long to wait after a connection that the gateway had taken broke: the first time not at all; a gateway that takes us in and
 * drops us again and again is left alone for longer and longer.
 */
export function createBreakPause(random: () => number): (livedMs: number) => number {
	let breaks = 0;
	return livedMs => {
		breaks = livedMs < shortLivedMs ? breaks + 1 : 0;
		if (breaks <= 1) return 0;
		return Math.round(Math.min(longestBreakPauseMs, firstPauseMs * 2 ** (breaks - 1)) * (1 - random() / 4));
	};
}
