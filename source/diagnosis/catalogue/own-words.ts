import type {Confidence} from '../diagnosis.js';
import {catalogue, findEntry} from './catalogue.js';
import {diagnosisOf} from './diagnosis-of.js';
import type {Entry} from './entry.js';
import {type Sighting, weights} from './sighting.js';
import {type Place, readPlace, urlIn} from './text-source.js';

/** `✗ Nothing listens on 127.0.0.1:18789  [N01, certain]`, and `… [W10]` of a list. */
const withId = /^(.{0,400}?)\s*\[([A-Z]\d\d)(?:, (certain|likely|possible)\]|\]$)/;
/** A layer of the report, with its time: its id says what failed, and its words no title. */
const layerRow = /^(?:config|dns|tcp|tls|identity|auth|chat|control)\b[\s\d.,ms–-]{0,40}$/;
const marks = /^(?:[✗✓!·•⚠–-]\s*|clawtalk: |Also in the text: |\d+\.\s+)+/;

/** Lines that clawtalk printed itself, with the id in brackets. */
export function recogniseOwnIds(lines: readonly string[]): readonly Sighting[] {
	return lines.flatMap(line => {
		const [, before = '', id = '', confidence] = withId.exec(line) ?? [];
		const entry = findEntry(id);
		const title = before.replace(marks, '').trim();
		if (entry === undefined || entry.kind === 'unseen' || (confidence === undefined && title === '')) return [];
		return [sightingOf(line, id, layerRow.test(title) ? '' : title, confidence as Confidence | undefined)];
	});
}

/** Lines that are a title of clawtalk without its id. Looked for only where nothing else is known, because every rule is asked for its title. */
export function recogniseOwnTitles(lines: readonly string[]): readonly Sighting[] {
	const plain = lines.map(line => line.replace(marks, '').replace(/\.$/, '')).filter(line => line.length >= 12);
	if (plain.length === 0) return [];
	const titles = catalogue.flatMap(titleOf);
	return plain.flatMap(line => {
		const id = titles.find(([, pattern]) => pattern.test(line))?.[0];
		return id === undefined ? [] : [sightingOf(line, id, line)];
	});
}

function sightingOf(line: string, id: string, title: string, confidence?: Confidence): Sighting {
	const place = placeIn(line);
	const own = {...(title === '' ? {} : {title}), ...(confidence === undefined ? {} : {confidence})};
	return {line, weight: weights.named, id, own, ...(place ? {place} : {})};
}

function placeIn(line: string): Place | undefined {
	const word = line
		.split(' ')
		.map(one => readPlace(one.replace(/[,;:.]+$/, '')))
		.find(found => found !== undefined);
	return urlIn(line) ?? word;
}

/** The title of an example with a gap for each name and number that is made up. */
function titleOf(entry: Entry): ReadonlyArray<readonly [id: string, pattern: RegExp]> {
	if (entry.kind === 'unseen') return [];
	const title = entry.kind === 'text' ? entry.row.title : diagnosisOf(entry.id, entry.example)?.title;
	if (title === undefined) return [];
	const parts = title.split(/\S*(?:\d|gateway\.example|box\b|the gateway’s address)\S*/);
	if (parts.join('').trim().length < 12) return [];
	const words = parts.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(String.raw`\S{1,260}`);
	return [[entry.id, new RegExp(`^${words}$`, 'i')]];
}
