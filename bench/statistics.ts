/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
	return percentile(values, 50);
}

/** Linear interpolation between closest ranks. `NaN` for no values. */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const rank = (percent / 100) * (sorted.length - 1);
	const below = sorted[Math.floor(rank)] ?? Number.NaN;
	const above = sorted[Math.ceil(rank)] ?? Number.NaN;
	return below + (above - below) * (rank - Math.floor(rank));
}
