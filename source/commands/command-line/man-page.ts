import {exitCodeMeanings} from '../../exit-codes.js';
import type {Command} from '../command.js';
import {commandTable, commonFlagsOf, globalFlags} from '../registry.js';
import {flagSpelling} from './help.js';
import type {FlagTable} from './scan-arguments.js';

/** The manual page, roff with the man macros, from the tables that `--help` is made from. */
export async function renderManPage(version: string): Promise<string> {
	const commands = await Promise.all(commandTable.map(entry => entry.load()));
	return [
		`.TH CLAWTALK 1 "" "clawtalk ${plain(version)}" "User Commands"`,
		section('NAME', 'clawtalk \\- chat with OpenClaw gateways in a terminal, and ask them from scripts'),
		section('SYNOPSIS', '.B clawtalk\n[flags]\n.br\n.B clawtalk\nCOMMAND [flags] [ARGUMENTS]\n.br\n.B clawtalk help\nCOMMAND'),
		section('COMMANDS', commands.map(commandPart).join('\n')),
		section('COMMON FLAGS', flagPart({...globalFlags})),
		section('EXIT STATUS', exitCodeMeanings.map(([code, meaning]) => `.TP\n.B ${code}\n${plain(meaning)}`).join('\n')),
		section(
			'FILES',
			'.TP\n.I ~/.clawtalk/config.json\nthe configuration; see clawtalk help config\n.TP\n.I ~/.clawtalk/conversations/\nwhat was said',
		),
		section(
			'ENVIRONMENT',
			[
				['CLAWTALK_GATEWAY_URL, CLAWTALK_GATEWAY_TOKEN', 'the gateway and its token'],
				['CLAWTALK_PROFILE', 'settings of this profile'],
				['CLAWTALK_TRANSPORT', 'which way questions go: auto, http or ws'],
				['CLAWTALK_CONFIG', 'another configuration file'],
				['VISUAL, EDITOR', 'the editor for messages and for clawtalk config edit'],
			]
				.map(([name, meaning]) => `.TP\n.B ${plain(name ?? '')}\n${plain(meaning ?? '')}`)
				.join('\n'),
		),
		'',
	].join('\n');
}

function section(title: string, body: string): string {
	return `.SH ${title}\n${body}`;
}

function commandPart(command: Command): string {
	const usage = command.usage.map(line => `.B clawtalk ${plain(line)}`).join('\n.br\n');
	const flags = flagPart(command.flags);
	const shared = Object.keys(commonFlagsOf(command)).length === Object.keys(globalFlags).length ? '' : `.PP\n${sharedFlags(command)}`;
	const details = command.details === undefined ? '' : `.PP\n${prose(command.details)}`;
	const summary = `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`;
	return [`.SS ${command.name}`, plain(summary), '.PP', usage, flags, shared, details].filter(Boolean).join('\n');
}

function sharedFlags(command: Command): string {
	const names = Object.entries(commonFlagsOf(command)).map(([name, flag]) => flagSpelling(name, flag));
	return plain(names.length === 0 ? 'It takes none of the common flags.' : `Of the common flags it takes: ${names.join(', ')}.`);
}

function flagPart(table: FlagTable): string {
	return Object.entries(table)
		.map(([name, flag]) => `.TP\n.B ${plain(flagSpelling(name, flag))}\n${plain(flag.help)}`)
		.join('\n');
}

/** Indented lines are examples and stay as they are; empty ones part paragraphs. */
function prose(text: string): string {
	return text
		.trimEnd()
		.split('\n')
		.map(line => (line === '' ? '.PP' : /^\s/.test(line) ? `.nf\n${plain(line)}\n.fi` : plain(line)))
		.join('\n')
		.replaceAll('\n.fi\n.nf\n', '\n');
}

/** Text that roff prints as it is: a dot at the beginning would be a request, a bare hyphen becomes another character, quotes hold arguments together; it reads ASCII. */
function plain(text: string): string {
	return text
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('"', '\\(dq')
		.replace(/[^\x00-\x7F]/gu, letter => `\\[u${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
		.replace(/^([.'])/, '\\&$1');
}
