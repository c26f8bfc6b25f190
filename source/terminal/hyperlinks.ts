type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether a terminal shows OSC 8 links. Only those known to: others print parts of them or lose the address. `FORCE_HYPERLINK` (as in
 * the `supports-hyperlinks` package and in many others) beats what is known; 0 switches links off.
 */
export function supportsHyperlinks(env: Environment, isTTY: boolean): boolean {
	const {FORCE_HYPERLINK: wish, TERM: term = ''} = env;
	if (wish !== undefined) return wish !== '0' && wish !== 'false';
	if (!isTTY || term === 'dumb' || term === 'linux' || env['CI']) return false;
	// A multiplexer is between us and the terminal that its other variables tell of.
	if (env['TMUX'] || env['TERM_PROGRAM'] === 'tmux') return env['TERM_PROGRAM'] === 'tmux' && isAtLeast(env['TERM_PROGRAM_VERSION'], 3, 4);
	if (env['STY'] || term.startsWith('screen') || term.startsWith('tmux')) return false;
	if (env['WT_SESSION'] || env['KONSOLE_VERSION'] || env['KITTY_WINDOW_ID'] || env['DOMTERM']) return true;
	// VTE 0.50 had the first and crashed over them: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
	if (Number(env['VTE_VERSION']) >= 5200) return true;
	return knownTerms.test(term) || knownProgram(env['TERM_PROGRAM'], env['TERM_PROGRAM_VERSION']);
}

const knownTerms = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour|rio)(?:-|$)/;

function knownProgram(program: string | undefined, version: string | undefined): boolean {
	switch (program) {
		case 'WezTerm':
		case 'ghostty':
		case 'rio':
		case 'Hyper':
		case 'mintty':
		case 'WarpTerminal':
			return true;
		case 'iTerm.app':
			return isAtLeast(version, 3, 1);
		case 'vscode':
			return isAtLeast(version, 1, 72);
		default:
			return false;
	}
}

function isAtLeast(version: string | undefined, major: number, minor: number): boolean {
	const [, first = '', second = '0'] = /(\d+)\.(\d+)/.exec(version ?? '') ?? [];
	return first !== '' && (Number(first) > major || (Number(first) === major && Number(second) >= minor));
}
