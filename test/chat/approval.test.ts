import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isOfThisSession} from '../../source/chat/approval/approval.js';
import type {Command} from '../../source/chat/command.js';
import type {State} from '../../source/chat/state.js';
import type {ApprovalRequest} from '../../source/gateway/approval.js';
import type {TransportEvent} from '../../source/gateway/transport.js';
import {approval, calm, drawn, idleOnScreen, onScreen, overlayOf, requested} from './approval-steps.js';
import {complete, delta, ended, type Happening, reply, run, shown, submit, typed} from './steps.js';

function decisions(commands: readonly Command[]): readonly string[] {
	return commands.flatMap(command => (command.type === 'answer-approval' ? [`${command.decision} ${command.id}`] : []));
}

/** Keys with the pause of somebody who reads between them. */
function pressed(state: State, ...keys: readonly Happening[]): {state: State; commands: readonly Command[]} {
	let current = state;
	const commands: Command[] = [];
	for (const key of keys) {
		const step = run(current, {...key, at: current.now + 400});
		current = step.state;
		commands.push(...step.commands);
	}
	return {state: current, commands};
}

const {id} = approval();
const enter: Happening = submit;
const esc: Happening = {type: 'cancel-requested'};
const paste = (text: string): Happening => ({type: 'text-pasted', text});

const answering: ReadonlyArray<readonly [what: string, keys: readonly Happening[], decision: readonly string[], draft: string]> = [
	['1 and then y allows once', [typed('1'), typed('y')], [`allow-once ${id}`], ''],
	['2 and then y allows always', [typed('2'), typed('y')], [`allow-always ${id}`], ''],
	['3 denies', [typed('3')], [`deny ${id}`], ''],
	['Enter is no answer', [enter, enter], [], ''],
	['Enter confirms nothing', [typed('1'), enter], [], ''],
	['the same key twice allows nothing', [typed('1'), typed('1')], [], '11'],
	['the second key alone is text', [typed('y')], [], 'y'],
	['the other order is text', [typed('y'), typed('1')], [], 'y1'],
	['a capital is another key', [typed('1'), typed('Y')], [], '1Y'],
	['both keys in one piece are text', [typed('1y')], [], '1y'],
	['a paste is text', [paste('1'), paste('y')], [], '1y'],
	['a paste does not confirm', [typed('1'), paste('y')], [], 'y'],
	['what comes between takes it back', [typed('1'), esc, typed('y')], [], 'y'],
	['Space only scrolls', [typed(' '), typed('1'), typed('y')], [`allow-once ${id}`], ''],
	['words are words', [typed('p'), typed('3'), typed('1'), typed('y')], [], 'p31y'],
];

for (const [what, keys, expected, draft] of answering) {
	test(`a request that was read: ${what}`, () => {
		const {state, commands} = pressed(calm(), ...keys);
		assert.deepEqual(decisions(commands), expected);
		assert.equal(state.draft.text, draft);
	});
}

test('keys of the first 750 ms are the composer’s, and none of them is lost', () => {
	const before = run(onScreen(), requested(), drawn()).state;
	for (const [waitMs, isAnswer] of [
		[0, false],
		[749, false],
		[750, true],
	] as const) {
		const at = (overlayOf(before)?.drawnAt ?? 0) + waitMs;
		const {state, commands} = run(before, {...typed('3'), at});
		assert.deepEqual(decisions(commands), isAnswer ? [`deny ${id}`] : [], `${waitMs} ms`);
		assert.equal(state.draft.text, isAnswer ? '' : '3');
	}
});

test('time runs from the first frame that shows it, not from its arrival', () => {
	const unseen = run(onScreen(), requested()).state;
	const {state, commands} = run({...unseen, now: unseen.now + 60_000}, typed('3'));
	assert.deepEqual(decisions(commands), []);
	assert.equal(state.draft.text, '3');
});

test('what is typed ahead goes on in the composer, and the request waits for an empty one', () => {
	const typing = run(onScreen(), typed('hel')).state;
	const {state, commands} = pressed(calm(approval(), typing), typed('1'), typed('y'), typed('3'), paste('3'));
	assert.deepEqual(decisions(commands), []);
	assert.equal(state.draft.text, 'hel1y33');
	const emptied = pressed(state, {type: 'edit-requested', edit: 'unix-line-discard'}, typed('1'), typed('y'));
	assert.deepEqual(decisions(emptied.commands), [`allow-once ${id}`]);
});

const pauses: ReadonlyArray<readonly [ms: number, allowed: boolean]> = [
	[20, false],
	[249, false],
	[250, true],
	[10_000, true],
	[10_001, false],
];
for (const [ms, allowed] of pauses) {
	test(`${ms} ms between the two keys ${allowed ? 'allow' : 'do not allow'}`, () => {
		const armed = run(calm(), typed('1')).state;
		const {commands} = run(armed, {...typed('y'), at: armed.now + ms});
		assert.deepEqual(decisions(commands), allowed ? [`allow-once ${id}`] : []);
	});
}

test('nothing is allowed whose end was not on the screen; denied it can be', () => {
	const part = run(onScreen(), requested(), drawn(id, false)).state;
	const reading = {...part, now: part.now + 800};
	const tried = pressed(reading, typed('1'), typed('y'));
	assert.deepEqual(decisions(tried.commands), []);
	assert.equal(tried.state.draft.text, 'y');
	assert.deepEqual(decisions(pressed(reading, typed('3')).commands), [`deny ${id}`]);
	const read = run(reading, drawn(id, true), drawn(id, false)).state;
	assert.deepEqual(decisions(pressed(read, typed('1'), typed('y')).commands), [`allow-once ${id}`], 'scrolled up again');
});

test('half allowed, and then its end left the screen: begun anew', () => {
	const armed = pressed(calm(), typed('1')).state;
	assert.deepEqual(decisions(pressed(run(armed, drawn(id, false)).state, typed('y')).commands), []);
});

test('half allowed, and then a key that scrolls: begun anew, also where it stands at its end', () => {
	const armed = pressed(calm(), typed('1'), {type: 'approval-scrolled', top: 0}).state;
	assert.deepEqual(decisions(pressed(armed, typed('y')).commands), []);
});

test('what is not offered cannot be chosen', () => {
	const {commands, state} = pressed(calm(approval({decisions: ['allow-once', 'deny']})), typed('2'), typed('y'));
	assert.deepEqual(decisions(commands), []);
	assert.equal(state.draft.text, 'y');
});

test('another request in its place begins anew: its own time, its own end, no key of before', () => {
	const second = approval({id: 'second', command: 'rm -rf /'});
	const armed = pressed(run(calm(), requested(second)).state, typed('1')).state;
	const replaced = run(armed, {type: 'approval-resolved', resolved: {id, decision: 'deny', by: 'phone'}}).state;
	assert.deepEqual(overlayOf(replaced), {kind: 'approval', id: 'second', top: 0});
	const {commands} = pressed(replaced, typed('y'));
	assert.deepEqual(decisions(commands), []);
	// A frame that still shows the one before says nothing of this one.
	assert.equal(overlayOf(run(replaced, drawn(id)).state)?.drawnAt, undefined);
});

test('another program that had the terminal begins it anew, too', () => {
	const away = run(calm(), {type: 'approval-drawn'}).state;
	assert.deepEqual(decisions(pressed(away, typed('3')).commands), []);
});

test('an answer is sent once, and the next request follows', () => {
	const two = run(calm(), requested(approval({id: 'second'}))).state;
	const {state, commands} = pressed(two, typed('3'), typed('3'));
	assert.deepEqual(decisions(commands), [`deny ${id}`]);
	assert.equal(overlayOf(state)?.id, 'second');
	assert.equal(state.draft.text, '3');
});

test('what became of a request stands where it happened, between what the run wrote before and after; of another session it stands behind', () => {
	const call = {id: 't', name: 'exec'} as const;
	const tool = (phase: 'started' | 'finished'): TransportEvent => ({type: 'tool', questionId: 'c1-1', call: {...call, phase}});
	const story = (request: ApprovalRequest) =>
		run(
			onScreen(),
			reply(delta('Let me look.'), tool('started')),
			requested(request),
			{type: 'approval-resolved', resolved: {id, decision: 'allow-once', by: 'phone'}},
			reply(tool('finished'), delta('Done.'), ended(complete)),
		).state;
	const said = (state: State) => shown(state).filter(line => !line.startsWith('question'));
	assert.deepEqual(said(story(approval())), [
		'block Let me look.',
		'notice Not answered here: phone allowed once: ls -la /etc (gateway, in /home/me/work)',
		'tool',
		'block Done.',
		'end complete',
	]);
	const elsewhere = run(
		pressed(calm(approval({sessionKey: 'agent:main:telegram:main'})), typed('1'), typed('y')).state,
		{type: 'approval-answered', id, outcome: {kind: 'accepted'}},
		reply(delta('Done.'), ended(complete)),
	).state;
	assert.deepEqual(
		said(elsewhere).map(line => line.split(' ').slice(0, 3).join(' ')),
		['block Done.', 'end complete', 'notice You allowed'],
	);
});

for (const isTold of [true, false]) {
	test(`of a tool that waits for approval when its answer is stopped it is said that it did not begin${isTold ? ', the withdrawal told first' : ''}`, () => {
		const call = {id: 't', name: 'exec', phase: 'started', summary: 'ls -la /etc'} as const;
		const withdrawn = {type: 'approval-resolved', resolved: {id, decision: 'deny', by: 'gateway', ended: 'withdrawn'}} as const;
		const over = reply(ended({kind: 'cancelled', by: 'user'}));
		const {state} = run(
			onScreen(),
			reply({type: 'tool', questionId: 'c1-1', call}),
			requested(approval()),
			...(isTold ? [withdrawn, over] : [over, withdrawn]),
		);
		const runs = state.entries.flatMap(entry => (entry.kind === 'tool' ? [entry.run.ended] : []));
		assert.deepEqual(runs, ['held-back']);
	});
}

test('what was answered is said and kept; our own answer, told to us as well, is no other’s', () => {
	const sentAnswer = pressed(calm(approval(), idleOnScreen()), typed('1'), typed('y'));
	const told = run(sentAnswer.state, {type: 'approval-resolved', resolved: {id, decision: 'allow-once', by: 'cli'}});
	const after = run(told.state, {type: 'approval-answered', id, outcome: {kind: 'accepted'}});
	assert.deepEqual(shown(after.state).slice(-1), ['notice You allowed once: ls -la /etc (gateway, in /home/me/work)']);
	assert.deepEqual(after.state.approvals?.waiting, []);
	const kept = run(calm(), {type: 'approval-resolved', resolved: {id, decision: 'deny', by: 'phone'}}).commands;
	assert.deepEqual(
		kept.flatMap(command => (command.type === 'append-record' ? [command.record] : [])).map(record => ({...record, at: ''})),
		[
			{
				kind: 'approval',
				at: '',
				approvalId: id,
				command: 'ls -la /etc',
				outcome: 'deny',
				by: 'phone',
				agent: 'main',
				sessionKey: 'agent:main:clawtalk:c1',
				host: 'gateway',
				cwd: '/home/me/work',
			},
		],
	);
});

test('of another session only what was answered here is said', () => {
	const foreign = approval({sessionKey: 'agent:main:main'});
	const gone = run(calm(foreign, idleOnScreen()), {type: 'approval-resolved', resolved: {id, decision: 'deny', by: 'phone'}}).state;
	assert.equal(
		shown(gone).some(line => line.includes('ls -la')),
		false,
	);
	const mine = pressed(calm(foreign, idleOnScreen()), typed('3')).state;
	const said = run(mine, {type: 'approval-answered', id, outcome: {kind: 'accepted'}}).state;
	assert.match(shown(said).at(-1) ?? '', /^notice You denied: ls -la/);
});

const lateAnswers = [
	['it was answered before', {type: 'approval-answered', id, outcome: {kind: 'over', how: 'answered'}}, /came too late/],
	['another client was sooner', {type: 'approval-resolved', resolved: {id, decision: 'deny', by: 'phone'}}, /phone denied/],
] as const;
for (const [what, told, words] of lateAnswers) {
	test(`of another session, too, it is said when an answer from here came to nothing: ${what}`, () => {
		const mine = pressed(calm(approval({sessionKey: 'agent:main:main'}), idleOnScreen()), typed('1'), typed('y')).state;
		assert.match(shown(run(mine, told).state).at(-1) ?? '', words);
	});
}

const failures = [
	[{kind: 'refused', message: 'allow-always is unavailable'}, 'still waits', 'allow-always is unavailable'],
	[{kind: 'unknown'}, 'still waits', 'Whether the last answer arrived is not known: the connection broke.'],
	[{kind: 'over', how: 'answered'}, 'is over', 'Your answer came too late: it was answered otherwise before'],
	[{kind: 'over', how: 'unknown'}, 'is over', 'No longer waiting for approval'],
] as const;
for (const [outcome, what, words] of failures) {
	test(`an answer that comes to ${outcome.kind}${'how' in outcome ? ` (${outcome.how})` : ''}: the request ${what}`, () => {
		const pressedOnce = pressed(calm(approval(), idleOnScreen()), typed('1'), typed('y')).state;
		const {state, commands} = run(pressedOnce, {type: 'approval-answered', id, outcome});
		const [waiting] = state.approvals?.waiting ?? [];
		assert.equal(waiting !== undefined, what === 'still waits');
		assert.ok((waiting?.problem ?? shown(state).at(-1) ?? '').includes(words));
		assert.deepEqual(decisions(commands), [], 'nothing is sent again by itself');
	});
}

test('a lost connection stops every answer; what still waits afterwards is told by the list', () => {
	const two = run(calm(), requested(approval({id: 'second'}))).state;
	const away = run(two, {type: 'approvals-lost'}).state;
	assert.deepEqual(
		decisions(pressed(away, typed('3'), {type: 'edit-requested', edit: 'unix-line-discard'}, typed('1'), typed('y')).commands),
		[],
	);
	const back = run(away, {type: 'approvals-listed', waiting: [{request: approval({id: 'second'})}]}).state;
	assert.deepEqual(
		back.approvals?.waiting.map(({request}) => request.id),
		['second'],
	);
	assert.equal(back.approvals?.isAway, undefined);
	const older = run(away, {type: 'approvals-back'}).state;
	assert.equal(older.approvals?.waiting.length, 2, 'a gateway without a list');
	assert.equal(older.approvals?.isAway, undefined);
});

function answeredTwice(): State {
	const again = run(pressed(calm(), typed('3')).state, {type: 'approvals-lost'}, {type: 'approvals-back'}, drawn()).state;
	return pressed({...again, now: again.now + 800}, typed('3')).state;
}

const fates: ReadonlyArray<readonly [what: string, before: State, after: readonly Happening[], words: RegExp]> = [
	[
		'that the list does not name any more, with an answer on its way',
		pressed(calm(), typed('3')).state,
		[{type: 'approvals-lost'}, {type: 'approvals-listed', waiting: []}],
		/whether your answer counted is not known/,
	],
	[
		'that the list does not name any more',
		calm(),
		[{type: 'approvals-lost'}, {type: 'approvals-listed', waiting: []}],
		/No longer waiting for approval/,
	],
	[
		'whose time is over while nothing is heard',
		run(onScreen(), requested(approval(), 120_000)).state,
		[{type: 'approvals-lost'}, {type: 'clock-ticked', at: 122_000}],
		/No longer waiting for approval/,
	],
	[
		'whose time is over, at a gateway that lists none after an absence',
		run(onScreen(), requested(approval(), 120_000)).state,
		[{type: 'approvals-lost'}, {type: 'approvals-back'}, {type: 'clock-ticked', at: 122_000}],
		/No longer waiting for approval/,
	],
	[
		'that came after an absence, and whose time is over',
		run(onScreen(), requested(approval({id: 'first'})), {type: 'approvals-lost'}, {type: 'approvals-back'}).state,
		[
			{...requested(approval(), 120_000), at: 60_000},
			{type: 'clock-ticked', at: 122_000},
		],
		/Expired without an answer, not run/,
	],
	[
		'that was answered twice, because the first answer was not told to have arrived',
		answeredTwice(),
		[{type: 'approval-answered', id, outcome: {kind: 'over', how: 'answered'}}],
		/whether your answer counted is not known/,
	],
];
for (const [what, before, after, words] of fates) {
	test(`no more is said than is known of a request ${what}`, () => {
		const {state} = run(before, ...after);
		assert.deepEqual(
			state.approvals?.waiting.filter(({request}) => request.id === id),
			[],
		);
		assert.match([...shown(state), ...state.asides.map(aside => JSON.stringify(aside))].at(-1) ?? '', words);
	});
}

test('a list that comes while an answer is on its way leaves that to its own outcome', () => {
	for (const waiting of [[], [{request: approval()}]]) {
		const sent = pressed(calm(approval(), idleOnScreen()), typed('3')).state;
		const listed = run(sent, {type: 'approvals-listed', waiting}).state;
		const after = run(listed, {type: 'approval-answered', id, outcome: {kind: 'accepted'}}).state;
		assert.match(shown(after).at(-1) ?? '', /^notice You denied: ls -la/);
	}
});

test('another gateway has nothing to do with it', () => {
	const gone = run(calm(), {type: 'approvals-lost', isOver: true}).state;
	assert.equal(gone.approvals, undefined);
	assert.equal(gone.overlay, undefined);
});

test('what the gateway gives up goes by itself', () => {
	const waiting = run(onScreen(), requested(approval(), 120_000), drawn()).state;
	assert.ok(overlayOf(run(waiting, {type: 'clock-ticked', at: 121_999}).state));
	const late = run(waiting, {type: 'clock-ticked', at: 122_000}).state;
	assert.equal(late.overlay, undefined);
	assert.deepEqual(late.approvals?.waiting, []);
});

test('Esc puts it aside, /approvals brings it back', () => {
	const aside = pressed(calm(approval(), idleOnScreen()), esc).state;
	assert.equal(aside.overlay, undefined);
	assert.equal(aside.approvals?.waiting.length, 1);
	const back = run(aside, typed('/approvals'), submit).state;
	assert.equal(overlayOf(back)?.id, id);
	assert.equal(overlayOf(back)?.drawnAt, undefined);
});

test('on a screen /approve only shows', () => {
	const aside = pressed(calm(approval(), idleOnScreen()), esc).state;
	const {state, commands} = run(aside, typed('/approve 5b1f once'), submit);
	assert.deepEqual(decisions(commands), []);
	assert.equal(overlayOf(state)?.id, id);
});

test('a picker keeps its keys; the request comes after it', () => {
	const picker = run(idleOnScreen(), typed('/help'), submit).state;
	assert.equal(picker.overlay?.kind, 'help');
	const asked = run(picker, requested()).state;
	assert.equal(asked.overlay?.kind, 'help');
	assert.equal(overlayOf(run(asked, esc).state)?.id, id);
});

test('a flood keeps two hundred, counts the others, and asks for them when there is room', () => {
	const flood = Array.from({length: 1_000}, (_none, index) => requested(approval({id: `flood-${index}`})));
	const {state, commands} = run(onScreen(), ...flood);
	assert.equal(state.approvals?.waiting.length, 200);
	assert.equal(state.approvals?.leftOut, 800);
	assert.deepEqual(decisions(commands), []);
	assert.equal(overlayOf(state)?.id, 'flood-0');
	const gone = Array.from(
		{length: 200},
		(_none, index): Happening => ({
			type: 'approval-resolved',
			resolved: {id: `flood-${index}`, decision: 'deny', ended: 'withdrawn'},
		}),
	);
	assert.deepEqual(run(state, ...gone).commands.filter(({type}) => type === 'list-approvals').length, 1);
});

test('where nothing is listed, those that were left out are not counted for ever', () => {
	const flood = Array.from({length: 201}, (_none, index) => requested(approval({id: `flood-${index}`})));
	assert.equal(run(onScreen(), ...flood, {type: 'approvals-back'}).state.approvals?.leftOut, 0);
});

test('a second request under an id does not take the place of the one that is read', () => {
	const state = run(calm(), requested(approval({command: 'rm -rf /'}))).state;
	assert.deepEqual(
		state.approvals?.waiting.map(({request}) => request.command),
		['ls -la /etc'],
	);
});

const lines: ReadonlyArray<readonly [line: string, decision: readonly string[], problem?: RegExp]> = [
	['/approve 5b1f once', [`allow-once ${id}`]],
	['/approve 5b1f always', [`allow-always ${id}`]],
	['/approve 5b1f allow-once', [`allow-once ${id}`]],
	[`/approve ${id} once`, [`allow-once ${id}`]],
	['/deny 5b1f', [`deny ${id}`]],
	['/approve 5b1f', [], /\/approve 5b1f once/],
	['/approve 5b1f once more', [], /\/approve 5b1f once/],
	['/approve 5b', []],
	['/approve once', []],
	['/approve', []],
	['1', []],
	['y', []],
	['yes', []],
];
for (const [line, expected, problem] of lines) {
	test(`line by line, “${line}” ${expected.length > 0 ? 'answers' : 'answers nothing'}`, () => {
		const {hasScreen: _none, ...state} = idleOnScreen();
		const asked = run(state, requested()).state;
		assert.equal(asked.overlay, undefined);
		const {commands, state: after} = run({...asked, now: asked.now + 800}, paste(line), submit);
		assert.deepEqual(decisions(commands), expected);
		if (problem !== undefined) assert.match(after.approvals?.waiting[0]?.problem ?? '', problem);
	});
}

test('line by line, a line that came with the request answers nothing', () => {
	const {hasScreen: _none, ...state} = idleOnScreen();
	assert.deepEqual(decisions(run(state, requested(), paste('/approve 5b1f once'), submit).commands), []);
});

const sessions: ReadonlyArray<readonly [theirs: string | undefined, ours: string, agent: string | undefined, isOurs: boolean]> = [
	['agent:main:clawtalk:c1', 'clawtalk:c1', undefined, true],
	['agent:main:my-own', 'My-Own', undefined, true],
	['agent:research:clawtalk:c1', 'clawtalk:c1', 'openclaw/Research', true],
	['agent:other:main', 'main', 'research', false],
	['agent:main:telegram:main', 'main', undefined, false],
	['agent:other:main', 'agent:main:main', undefined, false],
	['main', 'agent:main:main', undefined, true],
	[undefined, 'main', undefined, false],
];
for (const [theirs, ours, agent, isOurs] of sessions) {
	test(`a request of ${theirs} is ${isOurs ? '' : 'not '}of ${ours}${agent === undefined ? '' : ` with ${agent}`}`, () => {
		const state = idleOnScreen();
		const {sessionKey: _none, ...request} = approval();
		const asked = {...request, ...(theirs !== undefined && {sessionKey: theirs})};
		const conversation = {...state.conversation, sessionKey: ours};
		assert.equal(isOfThisSession({...state, conversation, ...(agent !== undefined && {agent})}, asked), isOurs);
	});
}
