import {commandTable, defaultCommandName, globalFlags} from '../registry.js';
import {canBeValue, type FlagTable, flagNames, looksLikeFlag, unknownFlag} from './scan-arguments.js';

/** What the whole command line asks for, before the flags of the command are known. */
export interface Request {
	/** The command's name as typed, or the default. It may be unknown. */
	readonly name: string;
	/** Whether the user typed it. */
	readonly named: boolean;
	/** The arguments without the command's name, `--help` and `--version`. */
	readonly argv: readonly string[];
	readonly help: boolean;
	readonly version: boolean;
}

const helpFlags: readonly string[] = ['--help', '-h'];
const versionFlags: readonly string[] = ['--version', '-V'];

/**
 * Finds the command: the first argument that is neither a flag nor a flag's value. When a flag that is not global stands before it, flag
 * tables are loaded to know whether that flag takes a value: of the default command, which mostly is the one that runs; else of all.
 */
export async function findRequest(argv: readonly string[]): Promise<Request> {
	let table: FlagTable = globalFlags;
	let name: string | undefined;
	let help = false;
	let version = false;
	const rest: string[] = [];
	for (let index = 0; index < argv.length; index++) {
		const argument = argv[index] ?? '';
		if (argument === '--') {
			rest.push(...argv.slice(index));
			break;
		}
		if (helpFlags.includes(argument)) help = true;
		else if (versionFlags.includes(argument)) version = true;
		else if (name !== undefined) rest.push(argument);
		else if (!looksLikeFlag(argument)) name = argument;
		else {
			table = await tableWith(flagName(argument), table);
			const value = valueAfter(argument, argv[index + 1], table);
			rest.push(...value.written);
			if (value.tookNext) index++;
		}
	}
	return {name: name ?? defaultCommandName, named: name !== undefined, argv: rest, help, version};
}

/** A flag before the command with its value. `--token ask` is the command `ask`: a token of that name is not to be expected. */
function valueAfter(argument: string, next: string | undefined, table: FlagTable): {written: readonly string[]; tookNext: boolean} {
	const names = flagNames(table);
	const flag = names.get(flagName(argument))?.flag;
	if (!flag || flag.type === 'boolean' || argument.includes('=')) return {written: [argument], tookNext: false};
	if (flag.valueOptional && (next === undefined || commandTable.some(entry => entry.name === next))) {
		return {written: [`${argument}=`], tookNext: false};
	}
	if (next === undefined || !canBeValue(flag, next, names)) return {written: [argument], tookNext: false};
	return {written: [argument, next], tookNext: true};
}

function flagName(argument: string): string {
	return argument.split('=', 1)[0] ?? argument;
}

async function tableWith(name: string, table: FlagTable): Promise<FlagTable> {
	if (flagNames(table).has(name)) return table;
	const withDefault = await flagsOf(commandTable.filter(entry => entry.name === defaultCommandName));
	return flagNames(withDefault).has(name) ? withDefault : flagsOf(commandTable);
}

/** What is wrong with the first flag that no command has; a word behind it may have been meant as its value. */
export async function foreignFlag(argv: readonly string[]): Promise<string | undefined> {
	const names = flagNames(await flagsOf(commandTable));
	const flag = argv.map(flagName).find(name => looksLikeFlag(name) && name !== '--' && !names.has(name));
	return flag === undefined ? undefined : unknownFlag(flag, names);
}

async function flagsOf(entries: typeof commandTable): Promise<FlagTable> {
	const commands = await Promise.all(entries.map(entry => entry.load()));
	return Object.assign({}, ...commands.map(command => command.flags), globalFlags) as FlagTable;
}
