import assert from 'node:assert/strict';
import {test} from 'node:test';
import {boundaryFrom, boundaryUpTo, nextBoundary, previousBoundary} from '../../source/chat/composer/graphemes.js';
import {seededRandom} from '../helpers/seeded-random.js';

/** What joins, and what stands beside it: marks, joiners, flags, skin tones, tags, prepended marks, Indic conjuncts, jamo, line ends. */
const parts = [
	...['a', ' ', '~', 'é', '\u0301', '\u200d', '\ufe0f', '\u20e3', '\n', '\r', '\t', '©', '®', '\u00ad', '\u200c', '\u034f'],
	...['漢', '字', 'か', '\u3099', '한', '\u1112', '\u1161', '\u11ab', 'я', '\u0483', 'λ', 'ש', '\u05b8', 'م', '\u064e', '\u0600', '\u06dd'],
	...[
		'नि',
		'क्',
		'ष',
		'ก็',
		'\u0d4e',
		'ക',
		'\u{110bd}',
		'\u{11083}',
		'👍',
		'🏽',
		'👩',
		'🇩',
		'🇪',
		'🏴',
		'\u{e0067}',
		'\u{e007f}',
		'❤',
		'🀄',
		'\u{1fa70}',
	],
];

test('the boundaries found by a look at a few characters are those of the whole text', () => {
	const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
	for (let seed = 1; seed <= 400; seed++) {
		const random = seededRandom(seed);
		const text = Array.from({length: 60}, () => parts[random(parts.length)]).join('');
		const places = [...Array.from(segmenter.segment(text), ({index}) => index), text.length];
		for (let index = 0; index <= text.length; index++) {
			const said = `seed ${seed}, at ${index}: ${JSON.stringify(text.slice(Math.max(0, index - 6), index + 6))}`;
			const isPlace = places.includes(index);
			const before = places.findLast(place => place < index) ?? 0;
			const after = places.find(place => place > index) ?? text.length;
			assert.equal(boundaryFrom(text, index), isPlace ? index : after, `boundaryFrom, ${said}`);
			assert.equal(boundaryUpTo(text, index), isPlace ? index : before, `boundaryUpTo, ${said}`);
			if (!isPlace) continue;
			assert.equal(nextBoundary(text, index), after, `nextBoundary, ${said}`);
			assert.equal(previousBoundary(text, index), before, `previousBoundary, ${said}`);
		}
	}
});
