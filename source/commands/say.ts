import {redact} from '../diagnosis/redact.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import type {CommandContext} from './command.js';

/** One line on stderr, without secrets and control characters, marked as ours. */
export function say({stderr}: Pick<CommandContext, 'stderr'>, line: string): void {
	stderr.write(`clawtalk: ${sanitizeLine(redact(line))}\n`);
}
