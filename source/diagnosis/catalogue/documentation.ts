import {describeObservation} from '../describe.js';
import type {Diagnosis, Fix} from '../diagnosis.js';
import {catalogue, groups} from './catalogue.js';
import {type Explained, explainEntry} from './explained.js';

type Shown = Exclude<Explained, {kind: 'unseen'}>;

/** docs/diagnoses.md: one section an id, made of the catalogue and of what the rules say about its examples. */
export function diagnosesDocument(): string {
	const rows = catalogue.map(explainEntry);
	const parts = Object.entries(groups).map(([letter, title]) => {
		const ofGroup = rows.filter(({id}) => id.startsWith(letter));
		return [`## ${title}`, ...ofGroup.map(section)].join('\n\n');
	});
	return `${[introduction, ...parts].join('\n\n')}\n`;
}

const introduction = `# Diagnoses

What \`clawtalk status\`, the panel of the chat and \`clawtalk explain\` say, by the id in brackets. This page is made from the rules (\`npm run docs\`).

Ids are never renumbered. Each diagnosis says how sure it is: *certain* is proved by what was seen, *likely* is the usual cause, *possible* is
one of several. What was seen is an example here, so its addresses, names and numbers are made up. Words in CAPITALS in a command are
placeholders.

Each row says how clawtalk comes to know it. *Seen by clawtalk* is what \`clawtalk status\`, a question or the chat observes: a scenario that is played before each
release shows it, most of them on real gateways. *Recognised in text* is known only from what somebody pastes into \`clawtalk explain\`, and says why. Some rows have no diagnosis of
their own, because clawtalk cannot see them or tells them as another row: those say why, too.`;

function section(row: Explained): string {
	const heading = `### ${row.id}`;
	if (row.kind === 'unseen') return [heading, `**${inline(row.title)}**`, `No diagnosis of its own. ${inline(row.reason)}`].join('\n\n');
	const {diagnosis} = row;
	const {confidence, severity, layer, slug, exitCode} = diagnosis;
	return [
		heading,
		`**${inline(diagnosis.title)}**`,
		`${capital(confidence)} · ${severity} · layer ${layer} · \`${slug}\` · exit code ${exitCode}${diagnosis.transient ? ' · may pass by itself' : ''}`,
		inline(diagnosis.explanation),
		row.onlyInText === undefined ? '*Seen by clawtalk.*' : `*Recognised in text.* ${inline(row.onlyInText)}`,
		...seen(row),
		...fixes(diagnosis),
		...(diagnosis.verify === undefined ? [] : [`To see whether it is mended: \`${diagnosis.verify}\``]),
		...rivals(row),
	].join('\n\n');
}

function seen({diagnosis, evidence, onlyInText, samples}: Shown): readonly string[] {
	if (onlyInText !== undefined) return [['For example:', ...samples.map(sample => `- ${code(sample)}`)].join('\n')];
	const lines = [...new Set(diagnosis.evidence.flatMap(index => evidence.observations[index] ?? []).map(describeObservation))];
	return lines.length === 0 ? [] : [['Seen, for example:', ...lines.map(line => `- ${code(line)}`)].join('\n')];
}

function fixes({fixes: all}: Diagnosis): readonly string[] {
	if (all.length === 0) return [];
	return [['What to do:', ...all.map((fix, index) => `${index + 1}. ${fixText(fix)}`)].join('\n')];
}

const places = {here: 'Here', 'gateway-host': 'On the gateway host'} as const;
const cautions: Readonly<Partial<Record<Fix['applicability'], string>>> = {
	'changes-exposure': 'changes who can reach the gateway or the token',
	'last-resort': 'last resort',
};

function fixText({where, action, command, applicability, since, fallback}: Fix): string {
	const caution = cautions[applicability];
	const notes = [
		...(caution === undefined ? [] : [`**${caution}**`]),
		...(since === undefined ? [] : [`since OpenClaw ${since}${fallback === undefined ? '' : `; before: ${inline(fallback)}`}`]),
	];
	return `${places[where]}: ${inline(action)}${notes.map(note => ` (${note})`).join('')}${command === undefined ? '' : `<br>${code(command)}`}`;
}

function rivals({diagnosis, seeAlso}: Shown): readonly string[] {
	const others = (diagnosis.rivals ?? []).map(({id, title, tellApart}) => `- ${link(id)} ${inline(title)}: ${inline(tellApart)}`);
	return [
		...(others.length === 0 ? [] : [['Could also be:', ...others].join('\n')]),
		...(seeAlso.length === 0 ? [] : [`See also ${seeAlso.map(link).join(', ')}.`]),
	];
}

function link(id: string): string {
	return `[${id}](#${id.toLowerCase()})`;
}

/** Text in the running text: characters that Markdown or HTML would take for its own are kept from it. */
function inline(text: string): string {
	return text.replace(/[\\`*_<>[\]|]/g, '\\$&');
}

/** Text as code; a backquote in it needs a longer fence. */
function code(text: string): string {
	return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
