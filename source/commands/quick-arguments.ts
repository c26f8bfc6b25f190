import type {ParsedArguments} from './arguments.js';
import {type FlagTable, longName, scanArguments} from './scan-arguments.js';

/**
 * As `parseArguments`, without the parser package, which takes longer to load than a shell prompt may take as a whole. For flags that are
 * given once and mean what they say: what is checked is the same.
 */
export function parseQuickly(argv: readonly string[], table: FlagTable): ParsedArguments {
	const scanned = scanArguments(argv, table);
	if (!scanned.ok) return scanned;
	const given = new Map(scanned.flags.map(({flag, value}) => [flag, value]));
	const flags = Object.entries(table).flatMap(([name, {type}]) => {
		const value = given.get(longName(name));
		if (value === undefined) return [];
		return [[name, type === 'boolean' ? true : type === 'number' ? Number(value) : value]];
	});
	return {ok: true, input: scanned.input, flags: Object.fromEntries(flags)};
}
