import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command} from '../../source/chat/command.js';
import {typedWord} from '../../source/chat/composer/typed-word.js';
import type {Edit} from '../../source/chat/event.js';
import type {State} from '../../source/chat/state.js';
import {asking, beginning, checked, type Happening, run, sent, shown, submit, typed, types} from './steps.js';

const connected = run(beginning({hasScreen: true}), checked).state;
const tab: Happening = {type: 'completion-requested'};
const esc: Happening = {type: 'cancel-requested'};
const edit = (name: Edit): Happening => ({type: 'edit-requested', edit: name});

/** What is offered, the selected one first marked. */
function offered({completion}: State): readonly string[] {
	if (completion === undefined || completion.isClosed) return [];
	return completion.items.map(({text}, index) => (index === completion.selected ? `>${text}` : text));
}

/** The answer to the last order of a list. */
function found(commands: readonly Command[], ...items: readonly string[]): Happening {
	const order = commands.findLast(command => command.type === 'find-completions');
	assert.ok(order?.type === 'find-completions');
	return {type: 'completions-found', orderId: order.orderId, items: items.map(text => ({text}))};
}

const words: ReadonlyArray<readonly [text: string, expected: string | undefined]> = [
	['/', 'commands '],
	['/ag', 'commands ag'],
	['//ag', undefined],
	[' /ag', undefined],
	['/agent ', 'agents '],
	['/agent op', 'agents op'],
	['/agent op x', undefined],
	['/profile ho', 'profiles ho'],
	['/theme l', 'themes l'],
	['/attach my fi', 'files my fi'],
	['/quit x', undefined],
	['@', 'mention '],
	['see @src/a', 'mention src/a'],
	['see (@src/a', 'mention src/a'],
	['two\n@src', 'mention src'],
	['see @"my fi', 'mention my fi'],
	['see @"my file" now', undefined],
	['me@example', undefined],
	['see @src and', undefined],
	['a'.repeat(2000), undefined],
];
for (const [text, expected] of words) {
	test(`completes at the end of ${JSON.stringify(text.slice(0, 30))}: ${expected ?? 'nothing'}`, () => {
		const word = typedWord({text, caret: text.length});
		assert.equal(word && `${word.source} ${word.query}`, expected);
	});
}

test('nothing is completed within a word', () => assert.equal(typedWord({text: '@src/a.ts', caret: 4}), undefined));

test('typing narrows the commands, those that begin so first; arrows choose; Tab takes and goes on with the argument', () => {
	const typing = run(connected, typed('/m')).state;
	assert.equal(offered(typing)[0], '>model');
	const moved = run(typing, edit('next-line')).state;
	assert.ok(offered(moved)[1]?.startsWith('>'), offered(moved).join());
	assert.ok(
		offered(run(moved, edit('previous-line'), edit('previous-line')).state)
			.at(-1)
			?.startsWith('>'),
	);
	const taken = run(typing, tab);
	assert.equal(taken.state.draft.text, '/model ');
	const order = taken.commands.find(({type}) => type === 'find-completions');
	assert.ok(order?.type === 'find-completions' && order.source === 'models');
});

test('Enter takes no command that merely has the letters somewhere: it says that there is none; Tab takes it', () => {
	const typing = run(connected, typed('/hp')).state;
	assert.equal(offered(typing)[0], '>help');
	assert.match(shown(run(typing, submit).state).join(), /There is no command \/hp/);
	assert.equal(run(typing, tab).state.draft.text, '/help');
});

test('Enter takes what is not written in full, and carries out what is', () => {
	const taken = run(connected, typed('/he'), submit).state;
	assert.deepEqual([taken.draft.text, taken.overlay], ['/help', undefined]);
	assert.ok(run(connected, typed('/help'), submit).state.overlay ?? shown(run(connected, typed('/help'), submit).state).includes('help'));
	assert.equal(run(connected, typed('/quit'), submit).state.phase, 'quitting');
	const asks = run(connected, typed('/attach'), submit);
	assert.equal(asks.state.draft.text, '/attach ');
	assert.ok(types(asks.commands).includes('find-completions'));
});

test('Esc closes the list, for this word only, and stops nothing; Tab shows it again', () => {
	const during = run({...asking(), hasScreen: true}, typed('/mo'), esc);
	assert.deepEqual(offered(during.state), []);
	assert.ok(!types(during.commands).includes('stop-answer'));
	const goesOn = run(during.state, typed('d'));
	assert.deepEqual(offered(goesOn.state), []);
	assert.equal(offered(run(goesOn.state, tab).state)[0], '>model');
	assert.equal(offered(run(goesOn.state, edit('unix-line-discard'), typed('/mo')).state)[0], '>model');
	assert.ok(types(run(goesOn.state, esc).commands).includes('stop-answer'));
});

test('a paste and a walk through what was sent before open nothing', () => {
	assert.equal(run(connected, {type: 'text-pasted', text: '/he'}).state.completion, undefined);
	const walked = run({...connected, inputHistory: {lines: ['/agent ops']}}, edit('previous-line')).state;
	assert.deepEqual([walked.draft.text, walked.completion], ['/agent ops', undefined]);
});

test('agents are asked for once, and fill the list when they come', () => {
	const asked = run(connected, typed('/agent '), typed('o'));
	assert.equal(types(asked.commands).filter(type => type === 'list-agents').length, 1);
	const {state} = run(asked.state, {type: 'agents-listed', agents: ['main', 'ops']});
	assert.deepEqual(offered(state), ['>ops']);
	assert.deepEqual(shown(state), [], 'nothing is said in the conversation');
	assert.equal(run(state, tab).state.draft.text, '/agent ops');
	assert.deepEqual(run(state, tab, submit).state.agent, 'ops');
});

test('an answer that comes late changes nothing; what is there stays as far as it matches', () => {
	const first = run(connected, typed('@s'));
	const late = found(first.commands, 'src/old.ts');
	const second = run(first.state, typed('r'));
	assert.deepEqual(offered(run(second.state, late).state), []);
	const came = run(second.state, found(second.commands, 'src/a.ts', 'src/b.ts')).state;
	assert.deepEqual(offered(came), ['>src/a.ts', 'src/b.ts']);
	const third = run(came, typed('c/b'));
	assert.deepEqual(offered(third.state), ['>src/b.ts']);
	assert.deepEqual(offered(run(third.state, edit('unix-line-discard'), found(third.commands, 'src/b.ts')).state), []);
});

test('a folder goes on with what is in it, a name with spaces is quoted', () => {
	const typing = run(connected, typed('@my'));
	const folder = run(typing.state, found(typing.commands, 'my files/'), tab);
	assert.equal(folder.state.draft.text, '@"my files/');
	const order = folder.commands.findLast(({type}) => type === 'find-completions');
	assert.ok(order?.type === 'find-completions' && order.query === 'my files/');
});

test('a path that is typed in full is text for Enter; Tab attaches it', () => {
	const typing = run(connected, typed('see @src/a.ts'));
	const {state} = run(typing.state, found(typing.commands, 'src/a.ts'));
	const entered = run(state, submit);
	assert.deepEqual([sent(entered.commands), types(entered.commands).includes('read-file')], [['see @src/a.ts'], false]);
	assert.ok(types(run(state, tab).commands).includes('read-file'));
});
