import {lineFile} from '../../source/transcripts/append.js';
import {conversationFile} from '../../source/transcripts/location.js';

/** One of several processes in one conversation: writes questions and answers under a tag of its own. Arguments: home, tag, how many. */
const [home = '', tag = '', count = '0'] = process.argv.slice(2);
const file = lineFile(conversationFile(home, 'c1'));
const at = new Date(0).toISOString();
const works: Promise<void>[] = [];
for (let number = 1; number <= Number(count); number++) {
	const id = `c1-${tag}-${number}`;
	// Some in a row, some one after the other; some longer than a page.
	works.push(file.append(JSON.stringify({kind: 'question', id, at, text: `${tag} ${number}`})));
	works.push(
		file.append(
			JSON.stringify({kind: 'answer', questionId: id, at, text: `${tag} `.repeat(number % 3_000), ended: 'complete'}),
			number % 50 === 0,
		),
	);
	if (number % 10 === 0) await works.at(-1);
}
await Promise.all(works);
