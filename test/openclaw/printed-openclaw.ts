import {readdirSync, readFileSync} from 'node:fs';
import {catalogue} from '../../source/diagnosis/catalogue/catalogue.js';
import {explainEntry} from '../../source/diagnosis/catalogue/explained.js';
import type {Evidence} from '../../source/diagnosis/evidence.js';

/** A command of OpenClaw that clawtalk prints. */
export interface PrintedCommand {
	readonly text: string;
	/** `gateway status`: the words that name the sub-command. */
	readonly path: string;
	/** `--deep`, without values. */
	readonly flags: readonly string[];
	/** Arguments after the sub-command; absent where a sentence goes on behind it. */
	readonly positionals?: readonly string[];
	/** The release that it needs, e.g. `2026.8`. */
	readonly since?: string;
}

/** Every command of OpenClaw in the fixes, in what they say for older releases, in rivals, and in other texts of the source. */
export function printedCommands(): readonly PrintedCommand[] {
	const found = catalogue.flatMap(entry => {
		const row = explainEntry(entry);
		return row.kind === 'unseen' ? [] : [{diagnosis: row.diagnosis, release: entry.kind === 'rule' ? releaseIn(entry.example) : undefined}];
	});
	const rows = found.map(({diagnosis}) => diagnosis);
	const fixes = rows.flatMap(({fixes: all}) => all);
	const commands = found.flatMap(({diagnosis, release}) =>
		diagnosis.fixes.flatMap(({command, since = release}) =>
			command?.startsWith('openclaw ') ? [{...parse(command), ...(since === undefined ? {} : {since})}] : [],
		),
	);
	const sentences = [...fixes.map(({fallback}) => fallback), ...rows.flatMap(({rivals = []}) => rivals.map(({tellApart}) => tellApart))];
	const known = new Set(commands.map(({text}) => text));
	const elsewhere = literals().filter(text => !known.has(text));
	const mentioned = [...sentences, ...elsewhere].flatMap(text => [...(text ?? '').matchAll(mention)].map(([found]) => mentionedIn(found)));
	return unique([...commands, ...mentioned]);
}

/** The release that the evidence tells of: what is printed then is meant for it and those after it. */
function releaseIn({observations}: Evidence): string | undefined {
	return observations.flatMap(seen => (seen.kind === 'gateway-facts' ? [seen.version] : [])).at(-1);
}

/** At most two words name a sub-command in a sentence; what follows may be the sentence. */
const mention = /\bopenclaw(?: [a-z][a-z-]+){1,2}(?: --[a-z-]+)*/g;

function mentionedIn(text: string): PrintedCommand {
	const {path, flags} = parse(text);
	return {text, path, flags};
}

function parse(text: string): PrintedCommand {
	// A profile stands before the sub-command.
	const words = text.replace(/^openclaw (?:--profile \S+ )?/, '').match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
	const end = words.findIndex(word => !/^[a-z][a-z-]*$/.test(word));
	const path = end < 0 ? words : words.slice(0, end);
	const rest = words.slice(path.length);
	const flags = rest.filter(word => word.startsWith('--'));
	const values = rest.filter((word, index) => !word.startsWith('--') && !rest[index - 1]?.startsWith('--'));
	return {text, path: path.join(' '), flags, positionals: values};
}

/** Commands in texts of the source, so that those which no example brings up are asked for as well. */
function literals(): readonly string[] {
	return readdirSync('source', {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file) && !file.startsWith('demo'))
		.flatMap(file =>
			[...readFileSync(`source/${file}`, 'utf8').matchAll(/['"`](openclaw [a-z][^'"`$\n]*)/g)].map(([, text = '']) => text.trim()),
		);
}

function unique(commands: readonly PrintedCommand[]): readonly PrintedCommand[] {
	return [...new Map(commands.map(command => [`${command.text} ${command.since}`, command])).values()];
}
