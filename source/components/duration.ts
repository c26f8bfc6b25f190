/** A waiting time as people say it: `0.8 s`, `12 s`, `3 min 5 s`, `1 h 2 min`. */
export function duration(ms: number, precise = false): string {
	if (precise && ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
