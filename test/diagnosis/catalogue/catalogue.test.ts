import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {catalogue, groups} from '../../../source/diagnosis/catalogue/catalogue.js';
import {diagnosisOf} from '../../../source/diagnosis/catalogue/diagnosis-of.js';
import {diagnosesDocument} from '../../../source/diagnosis/catalogue/documentation.js';
import {explainEntry} from '../../../source/diagnosis/catalogue/explained.js';
import {diagnose} from '../../../source/diagnosis/diagnose.js';
import {layers} from '../../../source/diagnosis/evidence.js';

/** How many ids the matrix has in each group; they are numbered from 01 without a gap. */
const matrix = {C: 21, D: 10, N: 27, O: 13, L: 10, H: 31, S: 12, A: 24, W: 25, E: 8, V: 4};
const ofMatrix = Object.entries(matrix).flatMap(([letter, count]) =>
	Array.from({length: count}, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`),
);
const ids = catalogue.map(({id}) => id);

test('every id of the matrix is in the catalogue, and each id only once', () => {
	assert.equal(ofMatrix.length, 185);
	assert.deepEqual(
		ofMatrix.filter(id => !ids.includes(id)),
		[],
	);
	assert.deepEqual(
		ids.filter((id, index) => ids.indexOf(id) !== index),
		[],
	);
	assert.deepEqual(
		ids.filter(id => !/^[A-Z]\d\d$/.test(id) || groups[id.charAt(0)] === undefined),
		[],
	);
});

test('every id that a rule can give is in the catalogue', () => {
	const room = 'source/diagnosis/rules';
	const given = readdirSync(room).flatMap(file => {
		const text = readFileSync(`${room}/${file}`, 'utf8').replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*/g, '');
		return [...text.matchAll(/['"]([A-Z]\d\d)['"]|^\s+([A-Z]\d\d): /gm)].map(([, quoted, key]) => quoted ?? key ?? '');
	});
	assert.ok(given.length > 80, 'ids are looked for in the wrong way');
	assert.deepEqual(
		[...new Set(given)].filter(id => !ids.includes(id)),
		[],
	);
});

test('the example of every rule row gives its diagnosis', () => {
	for (const entry of catalogue) {
		if (entry.kind !== 'rule') continue;
		const {primary, notes} = diagnose(entry.example);
		assert.ok(diagnosisOf(entry.id, entry.example), `${entry.id}: ${primary?.id}, notes ${notes.map(({id}) => id).join(' ')}`);
		const first = primary?.id === entry.id || notes.some(({id}) => id === entry.id);
		assert.ok(first, `${entry.id} is only an alternative to ${primary?.id}`);
	}
});

test('no rule knows a row that is catalogued as text or unseen', () => {
	const room = 'source/diagnosis/rules';
	const text = readdirSync(room)
		.map(file => readFileSync(`${room}/${file}`, 'utf8'))
		.join('\n');
	for (const {id, kind} of catalogue) if (kind !== 'rule') assert.doesNotMatch(text, new RegExp(`\\bid: '${id}',\\s+slug`), id);
});

test('examples name nothing that exists', () => {
	for (const entry of catalogue) {
		if (entry.kind !== 'rule') continue;
		for (const [address] of JSON.stringify(entry.example).matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)) {
			assert.match(
				address,
				/^(?:127\.0\.0\.1|0\.0\.0\.0|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|100\.64\.\d+\.\d+|100\.100\.100\.100)$/,
				entry.id,
			);
		}
	}
});

test('every row is complete: title, words, and a reason where it cannot be seen', () => {
	for (const row of catalogue.map(explainEntry)) {
		if (row.kind === 'unseen') {
			assert.match(row.reason, /\.$/, row.id);
			assert.ok(row.title.length > 10 && row.reason.length > 30, row.id);
			continue;
		}
		const {title, explanation, layer, fixes} = row.diagnosis;
		assert.ok(title.length > 10 && !/[.!]$/.test(title), `${row.id}: ${title}`);
		assert.ok(explanation.length > 10, row.id);
		assert.ok(layers.includes(layer), row.id);
		for (const {command} of fixes) assert.doesNotMatch(command ?? '', /[\n\r`]|\$\(/, row.id);
	}
});

test('docs/diagnoses.md is what the rules say now', () => {
	assert.ok(readFileSync('docs/diagnoses.md', 'utf8') === diagnosesDocument(), 'docs/diagnoses.md is stale: npm run docs');
});

test('every id has an anchor in docs/diagnoses.md', () => {
	const headings = [...readFileSync('docs/diagnoses.md', 'utf8').matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading);
	assert.deepEqual(headings, ids);
});
