import {likely} from '../../nearest-word.js';
import type {Flag} from '../command.js';

/** Flags by their camel-cased names. */
export type FlagTable = Readonly<Record<string, Flag>>;

export type ScannedArguments =
	| {
			readonly ok: true;
			readonly input: readonly string[];
			/** As `--name`, with the text of the value (`true` for booleans), in the order given. */
			readonly flags: ReadonlyArray<{readonly flag: string; readonly value: string}>;
	  }
	| {readonly ok: false; readonly message: string};

interface NamedFlag {
	/** `--token-file` */
	readonly long: string;
	readonly flag: Flag;
}

/** `tokenFile` → `--token-file`. */
export function longName(name: string): string {
	return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** Splits arguments into flags and the rest and checks them against the table; the first mistake is described in one line. */
export function scanArguments(argv: readonly string[], table: FlagTable): ScannedArguments {
	const names = flagNames(table);
	const input: string[] = [];
	const flags: Array<{flag: string; value: string}> = [];
	const given = new Set<string>();
	for (let index = 0; index < argv.length; index++) {
		const argument = argv[index] ?? '';
		if (argument === '--') {
			input.push(...argv.slice(index + 1));
			break;
		}
		if (!looksLikeFlag(argument)) {
			input.push(argument);
			continue;
		}
		const [name, attached] = splitAtEquals(argument);
		const named = names.get(name);
		if (!named) return {ok: false, message: unknownFlag(name, names)};
		const read = readValue(named, attached, argv[index + 1], names);
		if ('message' in read) return {ok: false, message: read.message};
		if (given.has(named.long) && !named.flag.multiple) return {ok: false, message: `${named.long} can be given only once.`};
		given.add(named.long);
		flags.push({flag: named.long, value: read.value});
		if (read.tookNext) index++;
	}
	return {ok: true, input, flags};
}

/** Spellings a user may type: `--long` and `-s`. */
export function flagNames(table: FlagTable): Map<string, NamedFlag> {
	const names = new Map<string, NamedFlag>();
	for (const [name, flag] of Object.entries(table)) {
		const long = longName(name);
		names.set(long, {long, flag});
		if (flag.short) names.set(`-${flag.short}`, {long, flag});
	}
	return names;
}

/** `-` alone means stdin, a negative number is a number, and text such as `--- rules` is text. */
export function looksLikeFlag(argument: string): boolean {
	return /^(?:-[a-z]|--[^\s-])/i.test(argument) || argument === '--';
}

function splitAtEquals(argument: string): [name: string, value: string | undefined] {
	const at = argument.indexOf('=');
	return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

type ReadValue = {readonly value: string; readonly tookNext: boolean} | {readonly message: string};

function readValue(named: NamedFlag, attached: string | undefined, next: string | undefined, names: Map<string, NamedFlag>): ReadValue {
	const {flag, long} = named;
	if (flag.type === 'boolean') {
		return attached === undefined ? {value: 'true', tookNext: false} : {message: `${long} takes no value.`};
	}
	const free = next !== undefined && canBeValue(flag, next, names);
	const value = attached ?? (free ? next : undefined);
	if (value === undefined || (value === '' && !flag.valueOptional)) {
		if (flag.valueOptional) return {value: '', tookNext: false};
		const hint = next === undefined || free ? '' : ` (a value that starts with a dash is written ${long}=VALUE)`;
		return {message: `${long} needs a value: ${long} ${flag.value ?? 'VALUE'}${hint}.`};
	}
	const wrong = checkValue(named, value);
	return wrong === undefined ? {value, tookNext: attached === undefined} : {message: wrong};
}

/** Whether the argument after a flag is its value. A token has no white space: what follows `--token` may be the question. */
export function canBeValue(flag: Flag, next: string, names: ReadonlyMap<string, NamedFlag>): boolean {
	if (flag.valueOptional && !flag.valueHasSpaces && /\s/.test(next)) return false;
	return !looksLikeFlag(next) || !(next.startsWith('--') || names.has(next));
}

function checkValue({flag, long}: NamedFlag, value: string): string | undefined {
	if (flag.type === 'number' && !/^-?(\d+\.?\d*|\.\d+)$/.test(value)) return `${long} takes a number, not "${printable(value)}".`;
	if (flag.choices && !flag.choices.includes(value)) {
		const meant = likely(value, flag.choices);
		return `${long} is one of ${flag.choices.join(', ')}, not "${printable(value)}"${meant ? `; nearest: ${meant}` : ''}.`;
	}
	return undefined;
}

/** Says that a flag is none, and what may have been meant. */
export function unknownFlag(name: string, names: ReadonlyMap<string, NamedFlag>): string {
	const meant = likely(
		name,
		[...names.keys()].filter(known => known.startsWith('--')),
	);
	return `Unknown flag ${printable(name)}.${meant ? ` The nearest one is ${meant}.` : ''}`;
}

/** What the user typed, safe to print back: one line, no control characters, bounded. */
function printable(text: string): string {
	const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?');
	return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
}
