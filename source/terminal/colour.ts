/** How much colour a terminal shows: none at all (not even bold), 16 colours, 256, or 24-bit. */
export type ColourLevel = 'none' | '16' | '256' | 'truecolor';

const forced: Readonly<Record<string, ColourLevel>> = {'': '16', true: '16', 1: '16', 2: '256', 3: 'truecolor', 0: 'none', false: 'none'};

/**
 * The colour level of one output stream. `FORCE_COLOR` beats `NO_COLOR` (https://no-color.org), as in Node's own `getColorDepth`;
 * both beat what the terminal says. A stream that is no terminal, and `TERM=dumb`, get none.
 */
export function colourLevel(env: Readonly<Record<string, string | undefined>>, isTTY: boolean): ColourLevel {
	const wish = env['FORCE_COLOR'];
	if (wish !== undefined) return forced[wish.toLowerCase()] ?? '16';
	if (env['NO_COLOR']) return 'none';
	const term = env['TERM'] ?? '';
	if (!isTTY || term === 'dumb') return 'none';
	if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '')) return 'truecolor';
	return /256/.test(term) ? '256' : '16';
}
