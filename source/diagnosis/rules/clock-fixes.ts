import type {Fix} from '../diagnosis.js';
import {here, onGatewayHost} from '../fixes.js';

/** Looks first, then changes. */
export const setClock: readonly Fix[] = [
	here('compare this clock with another one', 'date -u'),
	onGatewayHost('compare that clock too', 'date -u'),
	here('on Linux, if this clock is wrong, set it from the network', 'sudo timedatectl set-ntp true'),
	here('on macOS', 'sudo sntp -sS time.apple.com'),
];

/** How far two clocks are apart, without the sign: `40 s`, `5 min`, `2 h`, `31 days`. */
export function apart(skewMs: number): string {
	const seconds = Math.round(Math.abs(skewMs) / 1000);
	if (seconds < 120) return `${seconds} s`;
	if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
	return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
