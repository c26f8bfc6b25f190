import {exitCodeMeanings} from '../../exit-codes.js';
import type {Command, Flag} from '../command.js';
import {commandTable, commonFlagsOf, globalFlags} from '../registry.js';
import {type FlagTable, longName} from './scan-arguments.js';

const width = 80;
/** More letters of choices than this do not fit beside a flag: its help names them. */
const longestChoices = 60;

/** The text of `clawtalk --help`, or of `clawtalk help COMMAND`; ends with a newline. The readme quotes it and a test compares. */
export function renderHelp(command?: Command): string {
	const sections = command ? commandHelp(command) : programHelp();
	return `${sections.join('\n\n')}\n`;
}

function programHelp(): string[] {
	return [
		'clawtalk: chat with OpenClaw gateways in a terminal, and ask them from scripts.',
		'Usage\n  clawtalk [flags]                  chat\n  clawtalk COMMAND [flags] [ARGUMENTS]\n  clawtalk help COMMAND\n  clawtalk help --man               all of it as a manual page',
		`Commands\n${columns(commandTable.map(entry => [entry.name, entry.summary]))}`,
		`Common flags\n${flagLines(globalFlags)}\n${columns([
			['-h, --help', 'this text, or the help of a command'],
			['-V, --version', 'the version; with --json also what it runs on'],
		])}`,
		`Exit codes\n${columns(exitCodeMeanings.map(([code, meaning]) => [String(code), meaning]))}`,
	];
}

function commandHelp(command: Command): string[] {
	const own = Object.keys(command.flags).length > 0 ? [`Flags\n${flagLines(command.flags)}`] : [];
	return [
		`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
		`Usage\n${command.usage.map(line => `  clawtalk ${line}`).join('\n')}`,
		...own,
		`Common flags\n${flagLines(commonFlagsOf(command))}`,
		...(command.details ? [wrapped(command.details.trimEnd())] : []),
	];
}

function flagLines(table: FlagTable): string {
	return columns(Object.entries(table).map(([name, flag]) => [flagSpelling(name, flag), flag.help]));
}

/** A flag with its value as help shows it, `-f, --file FILE…`. */
export function flagSpelling(name: string, flag: Flag): string {
	const choices = flag.choices?.join('|') ?? '';
	const value = choices !== '' && choices.length <= longestChoices ? choices : (flag.value ?? 'VALUE');
	const shown = flag.type === 'boolean' ? '' : flag.valueOptional ? ` [${value}]` : ` ${value}`;
	return `${flag.short ? `-${flag.short}, ` : ''}${longName(name)}${shown}${flag.multiple ? '…' : ''}`;
}

/** Two columns, the left one 22 wide; a longer left side gets its own line, and long text wraps under itself. */
function columns(rows: ReadonlyArray<readonly [left: string, right: string]>): string {
	const leftWidth = 22;
	return rows
		.flatMap(([left, right]) => {
			const [first = '', ...more] = wrapWords(right, width - leftWidth - 4);
			const indent = ' '.repeat(leftWidth + 4);
			const head = left.length > leftWidth ? [`  ${left}`, `${indent}${first}`] : [`  ${left.padEnd(leftWidth)}  ${first}`.trimEnd()];
			return [...head, ...more.map(line => `${indent}${line}`)];
		})
		.join('\n');
}

/** Lines of prose are wrapped; indented ones are examples and stay as they are. */
function wrapped(text: string): string {
	return text
		.split('\n')
		.flatMap(line => (line.length <= width || /^\s/.test(line) ? [line] : wrapWords(line, width)))
		.join('\n');
}

function wrapWords(text: string, limit: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= limit) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
