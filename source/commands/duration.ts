const unitMs = {s: 1000, m: 60_000, h: 3_600_000} as const;

/** `90`, `90s`, `5m`, `1h30m`, `1.5m` → milliseconds; a bare number is seconds. Undefined for anything else, for zero, and over a week. */
export function parseDurationMs(text: string): number | undefined {
	if (/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return inRange(Number(text) * 1000);
	if (!/^(?:(?:\d+\.?\d*|\.\d+)[smh])+$/.test(text)) return undefined;
	let totalMs = 0;
	for (const [, amount, unit] of text.matchAll(/([\d.]+)([smh])/g)) totalMs += Number(amount) * unitMs[unit as keyof typeof unitMs];
	return inRange(totalMs);
}

/** Timers of Node hold 2^31 − 1 ms, 24 days. */
function inRange(ms: number): number | undefined {
	return ms >= 1 && ms <= 7 * 24 * unitMs.h ? Math.round(ms) : undefined;
}

/** `45 s`, `5 min`, `1 min 30 s`. */
export function durationInWords(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (ms < 1000) return `${Math.round(ms)} ms`;
	if (seconds < 60) return `${seconds} s`;
	const rest = seconds % 60;
	return `${Math.floor(seconds / 60)} min${rest > 0 ? ` ${rest} s` : ''}`;
}
