import type {ParsedArguments} from './arguments.js';
import {type FlagTable, longName, scanArguments} from './scan-arguments.js';

/**
 * As `parseArguments`, without the parser package, which takes longer to load than a shell prompt may take as a whole, and a fifth of
 * what a person waits for the chat. What is checked is the same.
 */
export function parseQuickly(argv: readonly string[], table: FlagTable): ParsedArguments {
	const scanned = scanArguments(argv, table);
	if (!scanned.ok) return scanned;
	const flags = Object.entries(table).flatMap(([name, {type, multiple}]) => {
		const long = longName(name);
		const values = scanned.flags.flatMap(({flag, value}) => {
			if (flag !== long) return [];
			return [type === 'boolean' ? true : type === 'number' ? Number(value) : value];
		});
		if (values.length === 0) return [];
		return [[name, multiple ? values : values[0]]];
	});
	return {ok: true, input: scanned.input, flags: Object.fromEntries(flags)};
}
