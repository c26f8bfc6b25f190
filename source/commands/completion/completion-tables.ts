import type {Command, Flag} from '../command.js';
import {longName} from '../command-line/scan-arguments.js';
import {subcommandsOf} from '../command-line/subcommands.js';
import {commandTable, commonFlagsOf} from '../registry.js';

/** What can follow a flag, or stand where a command has an argument. */
export type Values = {readonly kind: 'none' | 'text' | 'file' | 'profile'} | {readonly kind: 'words'; readonly words: readonly string[]};

export interface CompletedFlag {
	/** `--token-file`. */
	readonly name: string;
	/** `f` for `-f`. */
	readonly short?: string;
	readonly help: string;
	readonly values: Values;
	readonly isOptional: boolean;
	readonly isRepeated: boolean;
	/** Name of the value. */
	readonly value: string;
}

export interface CompletedCommand {
	readonly name: string;
	readonly summary: string;
	readonly flags: readonly CompletedFlag[];
	/** What its first argument can be. */
	readonly operands: Values;
}

/** Everything that a shell can complete, from the tables that the program itself reads. */
export async function completionTables(): Promise<readonly CompletedCommand[]> {
	const commands = await Promise.all(commandTable.map(entry => entry.load()));
	const all = commands.map(command => ({
		name: command.name,
		summary: command.summary,
		flags: [...flagsOf({...command.flags, ...commonFlagsOf(command)}), helpFlag],
		operands: operandsOf(command),
	}));
	const words = all.map(({name}) => name);
	return [...all, {name: 'help', summary: 'the help of a command', flags: [], operands: {kind: 'words', words}}];
}

const helpFlag: CompletedFlag = {
	...{name: '--help', short: 'h', help: 'the help of this command', value: ''},
	...{values: {kind: 'none'}, isOptional: false, isRepeated: false},
};

function flagsOf(table: Readonly<Record<string, Flag>>): readonly CompletedFlag[] {
	return Object.entries(table).map(([name, flag]) => ({
		name: longName(name),
		...(flag.short !== undefined && {short: flag.short}),
		help: flag.help,
		values: valuesOf(name, flag),
		isOptional: flag.valueOptional === true,
		isRepeated: flag.multiple === true,
		value: flag.value ?? 'VALUE',
	}));
}

function valuesOf(name: string, {type, choices, value}: Flag): Values {
	if (type === 'boolean') return {kind: 'none'};
	if (choices !== undefined) return {kind: 'words', words: choices};
	if (name === 'profile' || value === 'PROFILE') return {kind: 'profile'};
	return {kind: value !== undefined && /^(?:FILE|PATH|DIR)/.test(value) ? 'file' : 'text'};
}

function operandsOf(command: Command): Values {
	const words = subcommandsOf(command);
	if (words.length > 0) return {kind: 'words', words};
	const [first = ''] = command.usage;
	return {kind: /\bPROFILE\b/.test(first) ? 'profile' : 'text'};
}
