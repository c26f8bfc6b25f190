import type {ReportStyle} from '../../components/connection-report.js';
import type {CommandContext} from '../command.js';

/** Colours and width of stdout; nothing is wrapped where nobody looks at a terminal. */
export async function styleFor({env, stdout, flags}: CommandContext): Promise<ReportStyle> {
	const [{createPalette}, {colourLevel}] = await Promise.all([import('../../terminal/palette.js'), import('../../terminal/colour.js')]);
	const level = flags['noColor'] === true ? 'none' : colourLevel(env, stdout.isTTY === true);
	return {palette: createPalette(level, 'auto'), width: stdout.isTTY ? stdout.columns || 80 : undefined};
}
