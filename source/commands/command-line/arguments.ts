import meow from 'meow';
import type {Flag, FlagValues} from '../command.js';
import {type FlagTable, type ScannedArguments, scanArguments} from './scan-arguments.js';

export type ParsedArguments =
	| {readonly ok: true; readonly input: readonly string[]; readonly flags: FlagValues}
	/** One clear line for stderr; the exit code is `usage`. */
	| {readonly ok: false; readonly message: string};

/**
 * Parses the arguments of one command (its name already taken out). Flags may stand before, between and after other arguments; `--`
 * ends them. `scanArguments` finds every mistake first, because meow 14 answers some with a stack trace (a choice that is none, a
 * repeated flag) and some with silence (`--timeout abc` is NaN, `--gateway` without a value is `''`); meow then gives the values.
 */
export function parseArguments(argv: readonly string[], table: FlagTable): ParsedArguments {
	const scanned = scanArguments(argv, table);
	if (!scanned.ok) return scanned;
	const {input, flags} = meow('', {
		importMeta: import.meta,
		pkg: {name: 'clawtalk'},
		argv: argvForMeow(scanned),
		flags: Object.fromEntries(Object.entries(table).map(([name, flag]) => [name, meowFlag(flag)])),
		allowUnknownFlags: false,
		autoHelp: false,
		autoVersion: false,
		description: false,
		booleanDefault: undefined,
	});
	return {ok: true, input, flags: flags as FlagValues};
}

/** Every flag as `--name=value`, the one spelling that meow reads without guessing; other arguments after `--`. */
function argvForMeow(scanned: Extract<ScannedArguments, {ok: true}>): string[] {
	return [...scanned.flags.map(({flag, value}) => `${flag}=${keepQuotes(value)}`), '--', ...scanned.input];
}

/** meow's parser strips one pair of quotes around a value; a second pair around a quoted value keeps the user's own. */
function keepQuotes(value: string): string {
	const first = value.charAt(0);
	return value.length > 1 && (first === '"' || first === "'") && value.endsWith(first) ? `${first}${value}${first}` : value;
}

function meowFlag(flag: Flag) {
	return {type: flag.type, ...(flag.multiple ? {isMultiple: true as const} : {})};
}
