import type {Evidence} from '../../diagnosis/evidence.js';
import {causeOf} from '../answer/cause.js';
import {forgetOutage} from '../answer/interruption.js';
import {lastingFailures} from '../answer/tool-failures.js';
import {holdQueue, sendNext, takeQueueBack} from '../composer/queue.js';
import {rememberDraft} from '../composer/update-draft.js';
import {emptyComposer, isBegun, leaveBehind} from '../conversation/leave-conversation.js';
import type {Event} from '../event.js';
import {newConversation, sessionKeyOf} from '../initial-state.js';
import {closePanel, endWait, lookElsewhere, openByFirstContact, tellUntold, withPanel} from '../panel/panel.js';
import type {Connection, Place, State} from '../state.js';
import {notice, type Step, stay, tell, then, without} from '../step.js';
import {seeGateway} from './gateway-seen.js';
import {roundSpan} from './outage.js';
import {placeText, statusText} from './status-text.js';

type Checked = Extract<Event, {type: 'connection-checked'}>;

/** The gateway answered and can be used. */
export function connectionChecked(state: State, {latencyMs, evidence, via}: Checked): Step {
	const {connection: before, now} = state;
	const since = before.state === 'online' ? before.since : now;
	const {seen, news} = seeGateway(state, via);
	const online: State = {
		...without(forgetOutage(tellUntold(state)), 'checkAsked', 'explainedCause'),
		connection: {state: 'online', since, latencyMs, ...(via !== undefined && {via})},
		gatewaySeen: seen,
	};
	const told = sayConnected(online, before, state.checkAsked, evidence, news);
	return then(showGood(told, before, evidence), sendNext);
}

/** A panel that opened by itself goes when what it was about is over; one that is in use shows the good news. */
function showGood(state: State, before: Connection, evidence: Evidence): Step {
	const {panel} = state;
	if (panel === undefined || before.state === 'online') return stay(state);
	if (panel.openedBy === 'failure' && !panel.focused) return closePanel(state);
	const {cause: _over, ...rest} = panel;
	return stay({...state, panel: {...rest, evidence: panel.look?.evidence ?? evidence}});
}

function sayConnected(state: State, before: Connection, asked: State['checkAsked'], evidence: Evidence, news: readonly string[]): State {
	const said = [...(asked === 'status' ? [] : backWords(state, before)), ...news];
	const told = said.length === 0 ? state : notice(state, said.join(' '));
	return asked === 'status' ? tell(told, {kind: 'notice', text: statusText(state, evidence), ...lastingFailures(state, evidence)}) : told;
}

function backWords(state: State, before: Connection): readonly string[] {
	const unsent = state.draft.text !== '' || state.queueHeld ? '; your message was not sent: Enter sends it.' : '.';
	if (before.state === 'waiting') return [`Back after ${roundSpan(state.now - before.since)}${unsent}`];
	return before.state === 'refused' ? [`The gateway can be used now${unsent}`] : [];
}

/** Nobody answered, or not yet. One outage is said once; what the user asks for is said each time. */
export function connectionLost(state: State, evidence: Evidence, retryAt: number, beganAt = state.now): Step {
	const {connection: before} = state;
	const since = before.state === 'waiting' ? before.since : beganAt;
	return sayAway(state, {state: 'waiting', since, retryAt, evidence});
}

/** Somebody answered, but it cannot be used before the user does something. */
export function connectionRefused(state: State, evidence: Evidence, retryAt?: number): Step {
	const {connection: before, now} = state;
	const since = before.state === 'refused' ? before.since : now;
	return sayAway(state, {state: 'refused', since, evidence, ...(retryAt !== undefined && {retryAt})});
}

function sayAway(state: State, connection: Connection & {readonly evidence: Evidence}): Step {
	const {evidence} = connection;
	const isFirst = state.connection.state === 'connecting';
	const changed = isFirst || !('evidence' in state.connection) || causeOf(state.connection.evidence) !== causeOf(evidence);
	const away: State = {...without(changed ? tellUntold(state) : state, 'checkAsked'), connection};
	const cause = causeOf(evidence);
	const opens = state.hasPanel && state.checkAsked === undefined && isFirst && cause !== state.explainedCause;
	const said = opens
		? {...away, explainedCause: cause}
		: explain(away, state, evidence, state.panel !== undefined || state.answer !== undefined);
	const held = said.answer === undefined ? holdQueue(said) : said;
	if (opens) return openByFirstContact(held, evidence);
	return endWait(changed && held.panel?.look === undefined ? withPanel(held, {evidence}) : held);
}

/** In full what is new or asked for; a cause that stands above already, in a line when the user tried to send. */
function explain(away: State, before: State, evidence: Evidence, isBrief: boolean): State {
	const cause = causeOf(evidence);
	const asked = before.checkAsked;
	if (asked === undefined && before.connection.state === away.connection.state) return away;
	if (asked !== 'status' && cause === before.explainedCause) return asked === 'submit' ? notice(away, stillAway(away)) : away;
	const said = asked === 'status' ? notice(away, `Looked at ${placeText(away.place)}.`) : away;
	return tell({...said, explainedCause: cause}, {kind: 'failure', evidence, ...(isBrief && {isBrief})});
}

function stillAway({draft, queue}: State): string {
	return draft.text === '' && queue.length === 0
		? 'Still not reachable.'
		: 'Still not reachable; nothing was sent, your text is still here.';
}

/** What was seen of a gateway says nothing about the one that is talked to from now on. */
export function forgetGateway(state: State): State {
	return without(state, 'agents', 'listed', 'unchecked', 'gatewayCommands', 'gatewaySeen', 'toolFailures', 'toolGuess');
}

/** Another profile: another gateway, which knows nothing of this conversation. */
export function changePlace(state: State, place: Place, agent: string | undefined, model: string | undefined): Step {
	const moved: State = {
		...without(forgetGateway(state), 'agent', 'model', 'thinking', 'switchingProfile', 'explainedCause'),
		place,
		...(agent !== undefined && {agent}),
		...(model !== undefined && {model}),
		connection: {state: 'connecting', since: state.now},
	};
	const name = place.profile === undefined ? '' : `${place.profile}, `;
	const left = leaveUnsent(moved);
	const told = then(left, current => stay(notice(current, `Now talking to ${name}${place.origin} (${place.path}).`)));
	return then(
		then(told, current => [current, [{type: 'create-conversation'}]]),
		current => lookElsewhere(current, {manual: false}),
	);
}

/** What was meant for one gateway is not carried to another. A conversation that was never begun keeps no draft: it goes to the history. */
function leaveUnsent(state: State): Step {
	if (isBegun(state.conversation)) return stay(state);
	const whole = takeQueueBack(state);
	if (whole.draft.text === '') return emptyComposer(state);
	return then(then(rememberDraft(whole), emptyComposer), current =>
		stay(notice(current, 'What was not sent is in the input history: ↑ brings it back.')),
	);
}

/** The same gateway by another path: its memory of this conversation goes on. */
export function changePath(state: State, place: Place): Step {
	const moved: State = {
		...without(state, 'switchingProfile', 'explainedCause'),
		place,
		connection: {state: 'connecting', since: state.now},
	};
	return lookElsewhere(notice(moved, `Now going to the gateway by another path: ${placeText(place)}.`), {manual: false});
}

/** Nothing of the old conversation goes on in the new one, and what was not sent stays with it. */
export function beginConversation(state: State, {id, name, after}: Extract<Event, {type: 'conversation-created'}>): Step {
	const fresh = newConversation(id, sessionKeyOf(id), state.conversation.ephemeral);
	const conversation = {...fresh, ...(name !== undefined && {name})};
	const left = after === 'delete' ? leaveBehind(state, 'What was not sent stays with it: /undo brings back both.') : leaveBehind(state);
	return then(left, current => stay(notice({...current, conversation, turns: []}, after === 'delete' ? deletedWords : newWords)));
}

const newWords = 'A new conversation. The agent remembers nothing of the one before.';
const deletedWords = 'It is in the trash; /undo brings it back. This is a new conversation.';
