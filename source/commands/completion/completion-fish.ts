import type {CompletedCommand, CompletedFlag, Values} from './completion-tables.js';

/** A script for fish 3 and later. */
export function fishCompletion(commands: readonly CompletedCommand[], defaultName: string): string {
	const names = commands.map(({name}) => name).join(' ');
	const none = `not __fish_seen_subcommand_from ${names}`;
	return [
		'# Completion of clawtalk for fish. Now: clawtalk completion fish | source',
		'# Always: clawtalk completion fish > ~/.config/fish/completions/clawtalk.fish',
		'complete -c clawtalk -f',
		...commands.map(({name, summary}) => `complete -c clawtalk -n ${quoted(none)} -a ${name} -d ${quoted(summary)}`),
		...commands.flatMap(command => {
			const seen = `__fish_seen_subcommand_from ${command.name}`;
			const own = command.flags.map(flag => flagLine(flag, seen));
			const usual = command.name === defaultName ? command.flags.map(flag => flagLine(flag, none)) : [];
			return [...usual, ...own, ...operandLines(command, seen)];
		}),
		'',
	].join('\n');
}

function flagLine({name, short, help, values, isOptional}: CompletedFlag, condition: string): string {
	const spelled = `-l ${name.slice(2)}${short ? ` -s ${short}` : ''}`;
	const needs = values.kind === 'none' || isOptional ? '' : values.kind === 'file' ? ' -r -F' : ' -x';
	return `complete -c clawtalk -n ${quoted(condition)} ${spelled}${needs}${argumentsOf(values)} -d ${quoted(help)}`;
}

function operandLines({operands}: CompletedCommand, seen: string): readonly string[] {
	const words = argumentsOf(operands);
	if (words === '') return [];
	const condition = operands.kind === 'words' ? `${seen}; and not __fish_seen_subcommand_from ${operands.words.join(' ')}` : seen;
	return [`complete -c clawtalk -n ${quoted(condition)}${words}`];
}

function argumentsOf(values: Values): string {
	if (values.kind === 'words') return ` -a ${quoted(values.words.join(' '))}`;
	return values.kind === 'profile' ? " -a '(clawtalk completion profiles 2>/dev/null)'" : '';
}

function quoted(text: string): string {
	return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
