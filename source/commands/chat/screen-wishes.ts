import {type ScreenSettings, usualScreen} from '../../config/screen-settings.js';
import type {Settings} from '../../config/settings.js';
import {isThemeName, type ThemeName, themeNames} from '../../theme-names.js';
import type {CommandContext, Flag} from '../command.js';

/** How the chat is to look, and what it may do with the terminal. */
export interface ScreenWishes extends ScreenSettings {
	readonly theme: ThemeName;
}

/** Flags of commands that open a chat. */
export const screenFlags = {
	theme: {type: 'string', value: 'NAME', choices: themeNames, help: 'colours for this run'},
	screenReader: {type: 'boolean', help: 'lines in their order with labels, nothing drawn anew'},
	noAnimation: {type: 'boolean', help: 'no seconds that count; waiting is said when it changes'},
} as const satisfies Record<string, Flag>;

/** Flags before the environment (`ACCESSIBLE`, `INK_SCREEN_READER`) before the configuration. */
export function screenWishes(
	{flags, env}: Pick<CommandContext, 'flags' | 'env'>,
	settings?: Pick<Settings, 'screen' | 'theme'>,
): ScreenWishes {
	const {screen = usualScreen, theme} = settings ?? {};
	const wished = flags['theme'];
	return {
		...screen,
		theme: typeof wished === 'string' && isThemeName(wished) ? wished : (theme?.value ?? 'auto'),
		screenReader: flags['screenReader'] === true || isOn(env['ACCESSIBLE']) || isOn(env['INK_SCREEN_READER']) || screen.screenReader,
		animation: flags['noAnimation'] !== true && screen.animation,
	};
}

function isOn(value: string | undefined): boolean {
	return value !== undefined && !/^(?:|0|false|no|off)$/i.test(value);
}
