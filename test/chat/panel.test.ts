import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Panel} from '../../source/chat/panel/panel.js';
import type {State} from '../../source/chat/state.js';
import type {Evidence, Observation} from '../../source/diagnosis/evidence.js';
import {
	asking,
	beginning,
	checked,
	delta,
	ended,
	evidence,
	type Happening,
	httpAnswer,
	lost,
	networkFailure,
	reply,
	run,
	sent,
	shown,
	submit,
	typed,
	types,
} from './steps.js';

const press: Happening = {type: 'panel-requested'};
const esc: Happening = {type: 'cancel-requested'};
const down: Happening = {type: 'edit-requested', edit: 'next-line'};
const withPanel = () => beginning({hasPanel: true});
const refusedConnection = evidence(networkFailure('GET', '/healthz'));
const away: Happening = {type: 'connection-lost', evidence: refusedConnection, retryAt: 9_000};
const sibling: Observation = {
	kind: 'sibling-look',
	layer: 'tcp',
	atMs: 0,
	relation: 'loopback',
	origin: 'http://127.0.0.1:19001',
	addressClass: 'loopback',
	outcome: 'gateway',
};

function observed(seen: Evidence, isComplete = true, orderId = 1): Happening {
	return {type: 'panel-observed', orderId, evidence: seen, isComplete};
}

/** The number of the last order. */
function last({panelOrders}: State): number {
	return panelOrders;
}

/** The panel in short: who opened it, whether it has the keys, what it shows. */
function panelOf({panel}: State): string {
	if (panel === undefined) return 'closed';
	const step = 'step' in panel.view ? ` ${panel.view.step}` : '';
	return `${panel.openedBy} ${panel.focused ? 'keys' : 'quiet'} ${panel.view.kind}${step}`;
}

const openings: ReadonlyArray<readonly [what: string, state: () => State, expected: string]> = [
	['the first contact fails', () => run(withPanel(), away).state, 'failure quiet summary'],
	['a screen without a panel', () => run(beginning(), away).state, 'closed'],
	['a gateway that goes away while nobody asks', () => run(withPanel(), checked, away).state, 'closed'],
	['Ctrl+T', () => run(withPanel(), checked, press).state, 'user keys summary'],
	['/status', () => run(withPanel(), checked, typed('/status'), submit).state, 'user keys summary'],
	['/status on a screen without a panel', () => run(beginning(), checked, typed('/status'), submit).state, 'closed'],
	['Ctrl+T while an answer streams', () => run(asking(), press).state, 'closed'],
	['Ctrl+T moves the keys to an open panel', () => run(withPanel(), away, press).state, 'failure keys summary'],
	['and back', () => run(withPanel(), away, press, press).state, 'failure quiet summary'],
	['Esc closes one without the keys', () => run(withPanel(), away, esc).state, 'closed'],
	['Esc gives the keys back', () => run(withPanel(), away, press, esc).state, 'failure quiet summary'],
	['Esc closes what the user opened', () => run(withPanel(), checked, press, esc).state, 'closed'],
	['Esc leaves a view first', () => run(withPanel(), checked, press, typed('d'), esc).state, 'user keys summary'],
	['the same failure does not open it again', () => run(withPanel(), away, esc, away).state, 'closed'],
	['the gateway is back', () => run(withPanel(), away, checked).state, 'closed'],
	['the gateway is back while the panel is in use', () => run(withPanel(), away, press, checked).state, 'failure keys summary'],
];
for (const [what, state, expected] of openings) {
	test(`panel: ${what}`, () => assert.equal(panelOf(state()), expected));
}

const endings = ['refused', 'unreachable', 'cut', 'abandoned', 'failed', 'empty', 'cancelled'] as const;
for (const kind of endings) {
	const opens = kind !== 'failed' && kind !== 'empty' && kind !== 'cancelled';
	test(`panel: an answer that ends as ${kind} ${opens ? 'opens it' : 'leaves it closed'}`, () => {
		const outcome = kind === 'cancelled' ? ({kind, by: 'user'} as const) : {kind};
		const start = run(withPanel(), checked, typed('hello'), submit).state;
		const {state, commands} = run(start, reply(delta('half'), ended(outcome, 'c1-1', evidence(httpAnswer(503)))));
		assert.equal(panelOf(state), opens ? 'failure quiet summary' : 'closed');
		assert.deepEqual(sent(commands), []);
		assert.equal(types(commands).includes('look-closely'), opens);
	});
}

test('opened by itself it takes no keys: letters and Enter are for the message', () => {
	const {state, commands} = run(withPanel(), away, typed('r1dx'), submit);
	assert.equal(state.draft.text, 'r1dx');
	assert.equal(panelOf(state), 'failure quiet summary');
	assert.deepEqual(
		types(commands).filter(type => type !== 'save-draft'),
		['look-closely', 'start-clock', 'check-connection'],
	);
});

test('it looks once by itself, without the rights of a look that the user wants', () => {
	const {commands} = run(withPanel(), away);
	assert.deepEqual(commands[0], {type: 'look-closely', orderId: 1, manual: false});
	assert.deepEqual(run(withPanel(), checked, press).commands.at(-1), {type: 'look-closely', orderId: 1, manual: true});
});

test('the transcript and the draft stay as they were', () => {
	const before = run(withPanel(), typed('half a thought'), away, observed(refusedConnection)).state;
	const after = run(before, press, typed('d'), down, esc, esc, esc).state;
	assert.deepEqual([after.entries, after.draft], [before.entries, before.draft]);
});

/** `first`: what the first contact showed; `looked`: what the panel's look does. */
const heldBack: Observation = {kind: 'credential-withheld', layer: 'auth', atMs: 1, reason: 'refused-before', refusedStatus: 401};
const lookedCloser = evidence(networkFailure('GET', '/healthz'), sibling);
const untold: ReadonlyArray<readonly [what: string, then: readonly Happening[], told: 'first' | 'looked' | undefined]> = [
	['the look goes on', [observed(lookedCloser, false)], undefined],
	['the look has ended', [observed(lookedCloser)], 'looked'],
	['the look has ended and the panel is closed', [observed(lookedCloser), esc], 'looked'],
	['the look cannot see it any more', [observed(evidence(httpAnswer(200)))], 'first'],
	['the look did not send the token that was just refused', [observed(evidence(heldBack))], 'first'],
	['the panel is closed before', [esc], 'first'],
	['the user looks himself', [press, typed('r'), observed(lookedCloser, true, 2)], 'looked'],
	['the chat is left before', [{type: 'quit-requested'}], 'first'],
];
for (const [what, more, told] of untold) {
	test(`the panel opens by itself: the scrollback says in one line what the panel explains: ${what}`, () => {
		const {entries} = run(withPanel(), away, ...more).state;
		const expected = told && {kind: 'failure', id: 'e1', evidence: told === 'first' ? refusedConnection : lookedCloser, isBrief: true};
		assert.deepEqual(entries, expected === undefined ? [] : [expected]);
	});
}

test('back before the panel has looked: the failure is said before that', () => {
	const {entries} = run(withPanel(), away, checked).state;
	assert.deepEqual(
		entries.map(({kind}) => kind),
		['failure', 'notice'],
	);
});

const keys: ReadonlyArray<readonly [key: string, expected: readonly string[], view: string]> = [
	['1', ['copy-fix'], 'summary'],
	['9', ['copy-fix'], 'summary'],
	['r', ['look-closely'], 'summary'],
	['d', [], 'details'],
	['dd', [], 'summary'],
	['e', [], 'explain'],
	['x', ['prepare-report'], 'report'],
	['u', [], 'address confirm'],
	['t', ['renew-token'], 'token rereading'],
	['q', [], 'summary'],
	['hello', [], 'summary'],
];
for (const [key, expected, view] of keys) {
	test(`panel key ${key}`, () => {
		const open = run(withPanel(), away, observed(evidence(networkFailure('GET', '/healthz'), sibling)), press).state;
		const {state, commands} = run(open, typed(key));
		assert.deepEqual(types(commands), expected);
		assert.equal(panelOf(state), `failure keys ${view}`);
		assert.equal(state.draft.text, '');
	});
}

test('a key that means nothing says how to get back to the message', () => {
	assert.match(run(withPanel(), away, press, typed('hello')).state.panel?.said ?? '', /Ctrl\+T/);
	assert.match(run(withPanel(), away, press, typed('q')).state.panel?.said ?? '', /^q is no key/);
});

test('u wants a second Enter, then offers to save; the conversation goes on', () => {
	const open = run(withPanel(), away, observed(evidence(sibling)), press, typed('u')).state;
	const confirmed = run(open, submit);
	assert.deepEqual(confirmed.commands, [{type: 'use-address', orderId: last(confirmed.state), origin: 'http://127.0.0.1:19001'}]);
	assert.deepEqual(run(confirmed.state, submit).commands, [], 'a third Enter orders nothing twice');
	const place = {origin: 'http://127.0.0.1:19001', path: 'loopback'};
	const used = run(confirmed.state, {type: 'panel-address-used', orderId: last(confirmed.state), place, canSave: true});
	assert.deepEqual(
		[used.state.place, used.state.connection.state, panelOf(used.state)],
		[place, 'connecting', 'failure keys address save'],
	);
	assert.equal(used.state.conversation.id, 'c1');
	assert.deepEqual(types(run(used.state, submit).commands), ['save-address']);
	assert.equal(panelOf(run(used.state, esc).state), 'failure keys summary');
	assert.deepEqual(types(run(open, esc).commands), []);
});

test('at another address nothing is known of what the gateway before listed', () => {
	const open = run(withPanel(), away, observed(evidence(sibling)), press, typed('u'), submit);
	const levels = {agent: undefined, model: undefined, names: ['off']};
	const known = {...open.state, agents: ['main'], listed: {levels}, gatewayCommands: []};
	const place = {origin: 'http://127.0.0.1:19001', path: 'loopback'};
	const {state} = run(known, {type: 'panel-address-used', orderId: last(open.state), place, canSave: true});
	assert.deepEqual([state.agents, state.listed, state.gatewayCommands], [undefined, undefined, undefined]);
});

test('at another address there is no restart to tell of, and no tool that failed at the gateway before', () => {
	const open = run(withPanel(), away, observed(evidence(sibling)), press, typed('u'), submit);
	const seen = {kind: 'tool-failed', layer: 'control', atMs: 0, tool: 'exec', message: 'node offline'} as const;
	const known = {...open.state, gatewaySeen: {bootId: 'one'}, toolFailures: [{questionId: 'c1-1', seen}]};
	const place = {origin: 'http://127.0.0.1:19001', path: 'loopback'};
	const used = run(known, {type: 'panel-address-used', orderId: last(open.state), place, canSave: true}).state;
	assert.equal(used.toolFailures, undefined);
	const via = {transport: 'ws', bootId: 'two'} as const;
	const {state} = run(used, {type: 'connection-checked', latencyMs: 3, evidence: evidence(), via});
	assert.doesNotMatch(JSON.stringify(state.entries), /restarted/);
});

test('without another address u says so', () => {
	assert.equal(run(withPanel(), away, press, typed('u')).state.panel?.said, 'No gateway answered at another address.');
});

test('x shows the report first; the second Enter writes it', () => {
	const asked = run(withPanel(), away, press, typed('x'));
	assert.deepEqual(types(run(asked.state, submit).commands), [], 'not before it is shown');
	const ready = run(asked.state, {type: 'panel-report-prepared', orderId: last(asked.state), text: '{"a":1}'}).state;
	const written = run(ready, submit);
	assert.deepEqual(written.commands, [{type: 'write-report', orderId: last(written.state), text: '{"a":1}'}]);
	assert.deepEqual(run(written.state, submit).commands, [], 'a third Enter writes nothing');
	const {panel} = run(written.state, {type: 'panel-told', orderId: last(written.state), text: 'Written.'}).state;
	assert.deepEqual([panel?.view.kind, panel?.said], ['summary', 'Written.']);
});

test('a typed token: only its length is known here; leaving forgets it', () => {
	const rereading = run(withPanel(), away, press, typed('t')).state;
	const typing = run(rereading, {type: 'panel-token-wanted', orderId: last(rereading), why: 'The same.'}).state;
	assert.deepEqual(types(run(typing, submit).commands), [], 'nothing was typed');
	const five = run(typing, {type: 'panel-token-typed', length: 5}).state;
	assert.deepEqual(types(run(five, submit).commands), ['try-typed-token']);
	for (const leaving of [esc, {type: 'interrupt-requested'} as const]) {
		const left = run(five, leaving);
		assert.deepEqual(types(left.commands), ['forget-typed-token']);
		assert.equal(panelOf(left.state), 'failure keys summary');
	}
	const trying = run(five, submit).state;
	const accepted = run(trying, {type: 'panel-token-accepted', orderId: last(trying), savedIn: 'config.json'});
	assert.equal(panelOf(accepted.state), 'failure keys token save');
	assert.deepEqual(types(run(accepted.state, submit).commands), ['save-token']);
	assert.equal(panelOf(run(accepted.state, submit).state), 'failure quiet summary', 'the keys are the message’s again');
	const used = run(trying, {type: 'panel-told', orderId: last(trying), text: 'It is used in this run.'}).state;
	assert.equal(panelOf(used), 'failure quiet summary');
	assert.deepEqual(types(run(accepted.state, esc).commands), ['forget-typed-token']);
});

test('observations fill the look; those of a look before change nothing', () => {
	const open = run(withPanel(), checked, press, typed('r')).state;
	assert.equal(open.panel?.look?.id, 2);
	const part = evidence(httpAnswer(200, 'identity'));
	assert.deepEqual(run(open, observed(part, true, 1)).state.panel, open.panel);
	const half = run(open, observed(part, false, 2)).state.panel as Panel;
	assert.deepEqual([half.evidence, half.look?.evidence], [undefined, part]);
	const whole = run(open, observed(part, true, 2)).state.panel as Panel;
	assert.deepEqual([whole.evidence, whole.look], [part, undefined]);
});

test('a look that the user wanted makes the chat look too, where that may change something', () => {
	const fine = evidence(httpAnswer(200, 'identity'));
	const after = (first: Happening, seen: Evidence, ...more: Happening[]) =>
		types(run(run(withPanel(), first, press, typed('r')).state, observed(seen, true, 2), ...more).commands);
	assert.deepEqual(after(away, fine), ['check-connection']);
	assert.deepEqual(after({type: 'connection-refused', evidence: evidence(httpAnswer(401))}, fine), ['check-connection']);
	assert.deepEqual(after({type: 'connection-refused', evidence: evidence(httpAnswer(401))}, evidence(httpAnswer(401))), []);
	assert.deepEqual(after(checked, fine), ['await-change']);
});

test('a failure while the user is in the panel changes what is explained, not what is shown', () => {
	const typing = run(withPanel(), checked, typed('hello'), submit, press, typed('d')).state;
	const cut = evidence(httpAnswer(503));
	const {panel} = run(typing, reply(ended({kind: 'cut'}, 'c1-1', cut))).state;
	assert.deepEqual([panel?.view.kind, panel?.evidence, panel?.focused], ['details', cut, true]);
});

test('back: said with how long it took, and nothing is sent by itself', () => {
	const failed = run(
		run(withPanel(), checked, typed('hello'), submit).state,
		reply(ended({kind: 'unreachable'}, 'c1-1', refusedConnection)),
		away,
	).state;
	assert.equal(failed.draft.text, 'hello');
	const {state, commands} = run(failed, {...checked, at: failed.now + 41_000});
	assert.deepEqual(sent(commands), []);
	assert.equal(shown(state).at(-1), 'notice Back after 41 s; your message was not sent: Enter sends it.');
	assert.equal(panelOf(state), 'closed');
	assert.deepEqual(sent(run(state, submit).commands), ['hello']);
});

test('the next question closes a panel that opened by itself, and ends its look', () => {
	const cut = run(
		run(withPanel(), checked, typed('one'), submit).state,
		reply(ended({kind: 'cut'}, 'c1-1', evidence(httpAnswer(503)))),
	).state;
	const {state, commands} = run(cut, typed('two'), submit);
	assert.equal(panelOf(state), 'closed');
	assert.ok(types(commands).includes('drop-order'));
});

test('the clock of a long outage ticks by the minute, and stops when it is over', () => {
	const begun = run(withPanel(), lost);
	assert.deepEqual(begun.commands.at(-1), {type: 'start-clock', pace: 'second'});
	const long = run(begun.state, {type: 'clock-ticked', at: begun.state.now + 200_000});
	assert.deepEqual(long.commands, [{type: 'start-clock', pace: 'minute'}]);
	assert.deepEqual(types(run(long.state, checked).commands).slice(-1), ['stop-clock']);
	const refused: Happening = {type: 'connection-refused', evidence: evidence(httpAnswer(401))};
	assert.equal(types(run(withPanel(), refused).commands).includes('start-clock'), false);
	assert.equal(types(run(withPanel(), {...refused, retryAt: 9_000}).commands).includes('start-clock'), true);
});

test('a cause that passes by itself is counted down, looked for, and said to have passed; nothing is sent', () => {
	const start = run(withPanel(), checked, typed('hello'), submit).state;
	const refused = run(start, reply(ended({kind: 'refused'}, 'c1-1', evidence(httpAnswer(503))))).state;
	const looked = run(refused, observed(evidence(httpAnswer(503))));
	assert.deepEqual(types(looked.commands), ['await-change']);
	const waits = run(looked.state, {type: 'panel-waits', orderId: last(looked.state), until: looked.state.now + 3_000});
	assert.deepEqual(waits.commands, [{type: 'start-clock', pace: 'second'}]);
	const early = run(waits.state, {type: 'clock-ticked', at: waits.state.now + 1_000});
	assert.deepEqual(early.commands, []);
	const due = run(early.state, {type: 'clock-ticked', at: waits.state.now + 3_000});
	assert.deepEqual(types(due.commands), ['look-for-change', 'stop-clock']);
	const {state, commands} = run(due.state, {type: 'panel-passed', orderId: last(looked.state)});
	assert.deepEqual([panelOf(state), sent(commands), state.draft.text], ['closed', [], 'hello']);
	assert.equal(shown(state).at(-1), 'notice The gateway takes questions again; your message was not sent: Enter sends it.');
});

test('a panel that is closed counts nothing down', () => {
	const waiting = run(withPanel(), checked, press, observed(evidence(httpAnswer(503)))).state;
	const start = run(waiting, {type: 'panel-waits', orderId: last(waiting), until: 99_000}).state;
	const closed = run(start, esc);
	assert.deepEqual(types(closed.commands).slice(-1), ['stop-clock']);
	assert.deepEqual(run(closed.state, {type: 'clock-ticked', at: 100_000}).commands, []);
});

test('a late answer to an order that was left changes nothing, and says only what was done', () => {
	const rereading = run(withPanel(), away, press, typed('t')).state;
	const first = last(rereading);
	const again = run(rereading, esc, typed('t'));
	assert.deepEqual(again.commands.slice(0, 2), [{type: 'drop-order', orderId: first}, {type: 'forget-typed-token'}]);
	const typing = run(again.state, {type: 'panel-token-wanted', orderId: last(again.state), why: 'The same.'}).state;
	for (const late of [
		{type: 'panel-token-accepted', orderId: first, savedIn: 'config.json'},
		{type: 'panel-token-wanted', orderId: first, why: 'Refused.'},
		{type: 'panel-report-prepared', orderId: first, text: '{}'},
		{type: 'panel-waits', orderId: first, until: 9},
		{type: 'panel-passed', orderId: first},
	] as const) {
		const after = run(typing, late);
		assert.deepEqual([after.state.panel, after.commands], [typing.panel, []]);
	}
	const told = run(typing, {type: 'panel-told', orderId: first, text: 'Saved.'}).state.panel;
	assert.deepEqual([told?.view, told?.said], [typing.panel?.view, 'Saved.']);
	assert.equal(shown(run(typing, esc, esc, esc, {type: 'panel-told', orderId: first, text: 'Saved.'}).state).at(-1), 'notice Saved.');
});

const elsewhere: readonly Happening[] = [
	{type: 'place-changed', place: {origin: 'http://10.0.0.9:18789', path: 'LAN', profile: 'work'}},
	{type: 'path-changed', place: {origin: 'http://127.0.0.1:40001', path: 'ssh tunnel'}},
];
for (const moved of elsewhere) {
	test(`${moved.type}: an open panel forgets what was seen of the gateway before, and looks anew`, () => {
		const open = run(withPanel(), away, press, observed(evidence(httpAnswer(503))), typed('r')).state;
		const {state, commands} = run(open, moved);
		assert.deepEqual([state.panel?.evidence, state.panel?.cause, state.panel?.focused], [undefined, undefined, true]);
		assert.ok(types(commands).includes('drop-order') && types(commands).includes('look-closely'));
		const late = run(state, observed(evidence(httpAnswer(401)), true, open.panel?.look?.id)).state;
		assert.deepEqual(late.panel, state.panel);
	});
}

test('while the panel has the keys, Ctrl+C and Ctrl+D take nothing of the message', () => {
	const open = run(withPanel(), checked, typed('half a thought'), press, {type: 'edit-requested', edit: 'beginning-of-line'}).state;
	for (const type of ['interrupt-requested', 'end-of-input'] as const) {
		const {state} = run(open, {type});
		assert.deepEqual([state.draft, state.phase], [open.draft, 'open']);
	}
	const empty = run(withPanel(), checked, press).state;
	assert.equal(run(empty, {type: 'end-of-input'}).state.phase, 'quitting');
	assert.equal(run(empty, {type: 'interrupt-requested'}, {type: 'interrupt-requested'}).state.phase, 'quitting');
});

test('a long wait ticks by the minute; the gateway going away ends it', () => {
	const looked = run(withPanel(), checked, press, observed(evidence(httpAnswer(503)))).state;
	const orderId = last(looked);
	const wait = (at: number): Happening => ({type: 'panel-waits', orderId, until: at + 60_000});
	const long = run(run(looked, wait(looked.now)).state, {type: 'clock-ticked', at: looked.now + 61_000});
	assert.deepEqual(types(long.commands), ['look-for-change', 'stop-clock']);
	const later = long.state.now + 200_000;
	const again = run(long.state, {...wait(later), at: later});
	assert.deepEqual(again.commands, [{type: 'start-clock', pace: 'minute'}]);
	const gone = run(again.state, lost);
	assert.ok(types(gone.commands).includes('drop-order'));
	assert.equal(gone.state.panel?.wait, undefined);
});

test('a failure that opens the panel anew forgets a token that was being typed', () => {
	const streaming = run(withPanel(), checked, typed('one'), submit, reply(ended({kind: 'cut'}, 'c1-1', evidence(httpAnswer(401))))).state;
	const typing = run(streaming, press, typed('t'), press).state;
	const asked = run({...typing, panel: undefined} as unknown as State, typed('two'), submit).state;
	const {commands} = run(
		{...asked, ...(typing.panel && {panel: typing.panel})},
		reply(ended({kind: 'cut'}, 'c1-2', evidence(httpAnswer(401)))),
	);
	assert.ok(types(commands).includes('forget-typed-token'));
});

test('how an answer broke off is explained again when the panel is opened again, though the gateway is well', () => {
	const cut = run(
		run(withPanel(), checked, typed('one'), submit).state,
		reply(ended({kind: 'cut'}, 'c1-1', evidence(httpAnswer(503)))),
	).state;
	const {panel} = run(cut, esc, press, observed(evidence(httpAnswer(200)), true, last(cut) + 1)).state;
	assert.deepEqual(panel?.cause, evidence(httpAnswer(503)));
});

test('what the panel sees is known to the chat at once: the outage begins when nobody answered', () => {
	const {state: opened} = run(withPanel(), checked, {...press, at: 20_000});
	const gone: Evidence = {...refusedConnection, at: new Date(21_000).toISOString()};
	for (const isComplete of [false, true]) {
		const seen = run(opened, {...observed(gone, isComplete), at: 24_000});
		assert.deepEqual(seen.state.connection, {state: 'waiting', since: 21_000, retryAt: 24_000, evidence: gone});
		assert.deepEqual(
			types(seen.commands).filter(type => type === 'check-connection'),
			['check-connection'],
		);
		const back = run(seen.state, {...away, at: 24_500}, {...checked, at: 51_000});
		assert.deepEqual(shown(back.state).at(-1), 'notice Back after 30 s.');
	}
	const answered = run(opened, observed(evidence(networkFailure('POST', '/v1/chat/completions'), httpAnswer(200))));
	assert.equal(answered.state.connection.state, 'online');
});

test('End and Home scroll to both ends of a view; lines are counted from where it is', () => {
	const open = run(withPanel(), away, press, typed('d')).state;
	const scrolled = (...more: readonly Happening[]) => run(open, ...more).state.panel?.scroll;
	const end: Happening = {type: 'edit-requested', edit: 'end-of-line'};
	assert.equal(scrolled(end), -1);
	assert.equal(scrolled(end, typed('k'), typed('k')), -3);
	assert.equal(scrolled(end, down), -1);
	assert.equal(scrolled(end, {type: 'edit-requested', edit: 'beginning-of-line'}, down), 1);
});
