import {systemClock} from '../../source/perform/clock.js';
import {openTranscripts} from '../../source/transcripts/transcripts.js';
import {liveChat} from './live-chat.js';

/**
 * A chat in a process of its own that is killed by its parent: asks a long question, types on, and says on stdout what it has kept:
 * of an answer, how many characters.
 * Arguments: origin, token, home. Its seconds are short.
 */
const [origin = '', token = '', home = ''] = process.argv.slice(2);
const transcripts = openTranscripts(home);
const chat = liveChat(
	{origin, token},
	home,
	{...systemClock, every: (ms, callback) => systemClock.every(ms / 20, callback)},
	{
		...transcripts,
		async append(id, record) {
			await transcripts.append(id, record);
			if (record.kind === 'answer-part') process.stdout.write(`answer ${id} ${record.from + record.text.length}\n`);
		},
		async saveDraft(id, text, at) {
			await transcripts.saveDraft(id, text, at);
			process.stdout.write(`draft ${text}\n`);
		},
	},
);
chat.say('[[n=2000 rate=40]] long');
await chat.until(({answer}) => (answer?.text.length ?? 0) > 20);
chat.store.dispatch({type: 'text-typed', at: Date.now(), text: 'unsent'});
