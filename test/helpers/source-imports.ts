import {globSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** One import of a file in source/. */
export interface SourceImport {
	/** The importing file, from source/ on, such as `chat/update.ts`. */
	readonly from: string;
	/** What is imported: a path from source/ on, `node:fs`, or the name of a package. */
	readonly to: string;
	/** Only types are imported: nothing of it is left at run time. */
	readonly typesOnly: boolean;
}

/** Every file of source/, as paths from there on. */
export function sourceFiles(): string[] {
	return globSync('**/*.{ts,tsx}', {cwd: 'source'}).toSorted();
}

/** Reads the imports and re-exports of a file, `import()` and `import('x').Type` too. */
export function importsOf(from: string): SourceImport[] {
	return parseImports(from, readFileSync(join('source', from), 'utf8'));
}

export function parseImports(from: string, text: string): SourceImport[] {
	const found: SourceImport[] = [];
	const add = (specifier: string, typesOnly: boolean) => found.push({from, to: target(from, specifier), typesOnly});
	for (const [, whole, names = '', specifier = ''] of text.matchAll(/^(?:import|export) (type )?([^;'"]*?) ?from '([^']+)'/gm)) {
		add(specifier, whole !== undefined || onlyTypes(names));
	}
	for (const [, specifier = ''] of text.matchAll(/^import '([^']+)'/gm)) add(specifier, false);
	for (const [, specifier = '', member] of text.matchAll(/\bimport\('([^']+)'\)(\.[A-Z])?/g)) add(specifier, member !== undefined);
	return found;
}

/** `{type A, type B}` imports types only; `{A, type B}`, `A` and `* as a` do not. */
function onlyTypes(names: string): boolean {
	if (!/^\{.*\}$/s.test(names.trim())) return false;
	const parts = names.replace(/[{}]/g, '').split(',');
	return parts.every(name => name.trim() === '' || name.trim().startsWith('type '));
}

function target(from: string, specifier: string): string {
	if (specifier.startsWith('.')) return join(dirname(from), specifier).replace(/\.js$/, '');
	if (specifier.startsWith('node:')) return specifier;
	return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}
