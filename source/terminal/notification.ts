import {multiplexer, passedThrough} from './passed-through.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the terminal is to call its user; `auto` takes what it is known for, else the bell. */
export type NotifyWay = 'bell' | 'osc9' | 'osc777' | 'auto';

const bell = '\u0007';

/**
 * Calls the user by way of the terminal. OSC 9 (iTerm2, kitty, WezTerm, Ghostty), OSC 777 (VTE, foot, rxvt-unicode), each wrapped for the
 * terminal around tmux or screen; the bell they pass on themselves.
 *
 * @param text Fixed words of ours: nothing that came from outside.
 */
export function notification(way: NotifyWay, text: string, env: Environment): string {
	switch (way === 'auto' ? wayOf(env) : way) {
		case 'bell':
			return bell;
		case 'osc9':
			return passedThrough(`\u001B]9;${text}${bell}`, env);
		case 'osc777':
			return passedThrough(`\u001B]777;notify;clawtalk;${text}${bell}`, env);
	}
}

/** Behind a multiplexer nobody knows the terminal: it may have changed since. */
function wayOf(env: Environment): 'bell' | 'osc9' | 'osc777' {
	if (multiplexer(env) !== undefined) return 'bell';
	if (env['KITTY_WINDOW_ID'] || /^(?:iTerm\.app|WezTerm|ghostty)$/.test(env['TERM_PROGRAM'] ?? '')) return 'osc9';
	return env['VTE_VERSION'] || /^(?:foot|rxvt-unicode)/.test(env['TERM'] ?? '') ? 'osc777' : 'bell';
}

/** Reports of the terminal about the keyboard: whether its window has it (mode 1004). */
export const focusReports = {on: '\u001B[?1004h', off: '\u001B[?1004l'} as const;
