import assert from 'node:assert/strict';
import {test} from 'node:test';
import {beginning, checked, type Happening, run, shown, submit, typed, types} from './steps.js';

const connected = run(beginning({hasScreen: true, place: {profile: 'work', origin: 'http://10.0.0.1:18789', path: 'LAN'}}), checked).state;
const esc: Happening = {type: 'cancel-requested'};
const down: Happening = {type: 'edit-requested', edit: 'next-line'};
const pasted = (text: string): Happening => ({type: 'text-pasted', text});

test('/agent opens a list of the agents that the gateway has; choosing one talks to it', () => {
	const asked = run(connected, pasted('/agent'), submit);
	assert.ok(types(asked.commands).includes('list-agents'));
	const listed = run(asked.state, {type: 'agents-listed', agents: ['main', 'ops']}).state;
	assert.ok(listed.overlay?.kind === 'picker');
	assert.deepEqual(
		listed.overlay.items.map(({id}) => id),
		['main', 'ops', 'default'],
	);
	assert.equal(run(listed, submit).state.agent, undefined, 'it opens on what is in force');
	const up: Happening = {type: 'edit-requested', edit: 'previous-line'};
	const chosen = run(listed, up, submit).state;
	assert.deepEqual([chosen.agent, chosen.overlay], ['ops', undefined]);
	assert.deepEqual(run(listed, esc).state.agent, undefined);
});

test('a gateway that lists none says so', () => {
	const {state} = run(connected, pasted('/agent'), submit, {type: 'agents-listed', agents: []});
	assert.deepEqual(
		[state.overlay, shown(state).at(-1)],
		[undefined, 'notice The gateway lists no agents. /agent NAME talks to one all the same.'],
	);
});

test('/model opens a list of what the configuration names', () => {
	const asked = run(connected, pasted('/model'), submit);
	const order = asked.commands.find(({type}) => type === 'find-completions');
	assert.ok(order?.type === 'find-completions' && order.source === 'models');
	const items = [{text: 'p/m', description: 'of work'}, {text: 'default'}];
	const up: Happening = {type: 'edit-requested', edit: 'previous-line'};
	const {state} = run(asked.state, {type: 'completions-found', orderId: order.orderId, items}, up, submit);
	assert.equal(state.model, 'p/m');
});

test('/profile where there are none says how to make one', () => {
	const asked = run(connected, pasted('/profile'), submit);
	const order = asked.commands.find(({type}) => type === 'find-completions');
	assert.ok(order?.type === 'find-completions' && order.source === 'profiles');
	const {state} = run(asked.state, {type: 'completions-found', orderId: order.orderId, items: []});
	assert.equal(state.overlay, undefined);
	assert.match(shown(state).at(-1) ?? '', /^notice There are no profiles\./);
});

test('only --save writes to the configuration', () => {
	const plain = run(connected, pasted('/agent ops'), submit, pasted('/model p/m'), submit);
	assert.ok(!types(plain.commands).includes('save-choice'));
	const saved = run(connected, pasted('/agent ops --save'), submit, pasted('/model default --save'), submit);
	assert.deepEqual([saved.state.agent, saved.state.model], ['ops', undefined]);
	assert.deepEqual(
		saved.commands.filter(({type}) => type === 'save-choice'),
		[
			{type: 'save-choice', setting: 'defaultAgent', value: 'ops', profile: 'work'},
			{type: 'save-choice', setting: 'defaultModel', profile: 'work'},
		],
	);
	const unknown = run({...connected, agents: ['main']}, pasted('/agent opps --save'), submit);
	assert.ok(!types(unknown.commands).includes('save-choice'));
});

test('/theme opens a list with the theme in use selected; choosing one paints with it, and only --save keeps it', () => {
	const {state} = run({...connected, theme: 'light'}, pasted('/theme'), submit);
	assert.ok(state.overlay?.kind === 'picker' && state.overlay.purpose === 'theme');
	assert.equal(state.overlay.items[state.overlay.selected]?.id, 'light');
	const chosen = run(state, down, submit);
	assert.equal(chosen.state.theme, 'high-contrast');
	assert.deepEqual(types(chosen.commands), ['change-theme']);
	assert.match(shown(chosen.state).at(-1) ?? '', /\/theme high-contrast --save keeps it/);
	const saved = run(connected, pasted('/theme dark --save'), submit);
	assert.deepEqual(
		saved.commands.filter(({type}) => type === 'save-choice'),
		[{type: 'save-choice', setting: 'theme', value: 'dark', profile: 'work'}],
	);
	assert.ok(!types(run(connected, pasted('/theme drak --save'), submit).commands).includes('save-choice'));
	assert.match(
		shown(run(beginning(), checked, pasted('/theme'), submit).state).at(-1) ?? '',
		/^notice Theme: auto .*There are: auto, dark/,
	);
});

test('/profile NAME says which gateway it is and asks; only y goes there', () => {
	const asked = run(connected, pasted('/profile home'), submit);
	assert.ok(!types(asked.commands).includes('switch-profile'));
	const order = asked.commands.find(({type}) => type === 'describe-profile');
	assert.ok(order?.type === 'describe-profile' && order.name === 'home');
	const gateway = 'https://home.example (public)';
	const {state} = run(asked.state, {type: 'profile-described', orderId: order.orderId, name: 'home', gateway});
	assert.ok(state.overlay?.kind === 'confirmation');
	assert.match(`${state.overlay.question} ${state.overlay.details.join(' ')}`, /profile home\? .*https:\/\/home\.example \(public\)/);
	const no = run(state, typed('n'));
	assert.deepEqual([no.state.overlay, types(no.commands)], [undefined, []]);
	assert.ok(types(run(state, submit).commands).length === 0, 'Enter is no answer');
	const yes = run(state, typed('y'));
	assert.ok(yes.commands.some(command => command.type === 'switch-profile' && command.name === 'home'));
});

test('line by line, /profile NAME asks as well', () => {
	const plain = run(beginning(), checked, pasted('/profile home'), submit);
	assert.ok(types(plain.commands).includes('describe-profile') && !types(plain.commands).includes('switch-profile'));
});

test('a profile that there is not is said, and a description that comes late asks nothing', () => {
	const asked = run(connected, pasted('/profile hoem'), submit, pasted('/profile home'), submit);
	const [first, second] = asked.commands.flatMap(command => (command.type === 'describe-profile' ? [command.orderId] : []));
	assert.ok(first !== undefined && second !== undefined);
	const late = run(asked.state, {type: 'profile-described', orderId: first, name: 'hoem', gateway: 'http://x'}).state;
	assert.equal(late.overlay, undefined);
	const {state} = run(late, {type: 'choice-told', orderId: second, text: 'there is no profile home.'});
	assert.equal(shown(state).at(-1), 'notice there is no profile home.');
});
