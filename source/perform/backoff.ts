/** First and longest pause between two looks at a gateway that is away, in milliseconds. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** After so many failures, about ten minutes, nobody waits at the screen. */
const longOutage = 24;
const longOutagePauseMs = 60_000;

/**
 * Pause before the next look: 1, 2, 4 … 30 s, a minute in a long outage, each shortened by up to a quarter so that many clients of one
 * gateway spread out.
 *
 * @param failures Looks that failed in a row, from 1.
 * @param random A number from 0 up to 1.
 */
export function pauseAfter(failures: number, random: number): number {
	const pause = failures > longOutage ? longOutagePauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
	return Math.round(pause * (1 - random / 4));
}
