import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStore} from '../../source/store.js';
import {beginning, evidence} from '../chat/steps.js';

const checked = {type: 'connection-checked', at: 1_001, latencyMs: 1, evidence: evidence()} as const;

test('commands run once and in order; listeners hear of the settled state', () => {
	const commands: string[] = [];
	const store = createStore(beginning(), command => commands.push(command.type));
	let heard = 0;
	const stop = store.subscribe(() => {
		heard += 1;
	});
	store.dispatch(checked);
	store.dispatch({type: 'text-typed', at: 1_002, text: 'hi'});
	store.dispatch({type: 'submit-requested', at: 1_003});
	assert.deepEqual(commands, [
		'save-draft',
		'remember-input',
		'append-record',
		'append-record',
		'send-question',
		'save-draft',
		'start-clock',
	]);
	assert.equal(heard, 3);
	stop();
	store.dispatch({type: 'text-typed', at: 1_004, text: 'x'});
	assert.equal(heard, 3);
});

test('an event dispatched by a command waits until the event before it is done', () => {
	const order: string[] = [];
	const store = createStore(beginning(), (command, dispatch) => {
		order.push(`${command.type} begins`);
		dispatch({type: 'profile-refused', at: 1_002, problem: command.type});
		order.push(`${command.type} ends`);
	});
	const seen: number[] = [];
	store.subscribe(() => seen.push(store.getState().entries.length));
	store.dispatch({type: 'connection-lost', at: 1_001, evidence: evidence(), retryAt: 2_000});
	store.dispatch({type: 'text-typed', at: 1_002, text: '/new'});
	store.dispatch({type: 'submit-requested', at: 1_003});
	assert.deepEqual(order.slice(-6), [
		'remember-input begins',
		'remember-input ends',
		'create-conversation begins',
		'create-conversation ends',
		'save-draft begins',
		'save-draft ends',
	]);
	assert.deepEqual(seen, [2, 3, 6]);
});

test('a command that throws leaves a store that works', () => {
	const store = createStore(beginning(), () => {
		throw new Error('disk on fire');
	});
	assert.throws(() => store.dispatch({type: 'text-typed', at: 1_001, text: 'a'}), /disk on fire/);
	assert.throws(() => store.dispatch({type: 'text-typed', at: 1_002, text: 'b'}), /disk on fire/);
	assert.equal(store.getState().draft.text, 'ab');
});
