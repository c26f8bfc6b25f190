import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** The records of the only conversation that is kept below this home, parts of answers left out. */
export function keptRecords(home: string): ReadonlyArray<Readonly<Record<string, unknown>>> {
	const folder = join(home, '.clawtalk', 'conversations');
	const [file, ...more] = readdirSync(folder).filter(name => name.endsWith('.jsonl'));
	if (file === undefined || more.length > 0) throw new Error(`there is not one conversation, but ${more.length + (file ? 1 : 0)}`);
	const records: ReadonlyArray<Readonly<Record<string, unknown>>> = readFileSync(join(folder, file), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	return records.filter(({kind}) => kind !== 'answer-part');
}
