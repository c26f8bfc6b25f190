import type {GatewayCommand} from '../../gateway/session.js';
import type {CompletionItem} from '../composer/completion.js';
import {hasControl} from '../conversation/follow-session.js';
import {openOverlay} from '../overlay/overlay.js';
import {slashCommands} from '../slash.js';
import type {State} from '../state.js';
import {notice, type Step, stay} from '../step.js';
import {toolOrdersIn} from './tool-orders.js';

/*
 * Two programs have slash commands: clawtalk, and the gateway. A name that clawtalk has is always clawtalk's (`/new`, `/model`, `/status` …);
 * any other that the gateway lists is sent to it as it stands. `//name` sends `/name` to the gateway, whoever has it. The gateway carries
 * out whatever begins with a slash and comes over the control plane; over HTTP the model would read it.
 */

/** What the gateway offers, behind clawtalk's own, as a list below the composer shows it. */
export function gatewayItems(commands: readonly GatewayCommand[] = []): readonly CompletionItem[] {
	return commands.filter(isReachable).map(({name, argument, description}) => ({
		text: name,
		label: `/${name}${argument === undefined ? '' : ` ${argument}`}`,
		description: `gateway: ${description}`,
		...(argument !== undefined && {takesArgument: true as const}),
	}));
}

function isReachable({name, aliases}: GatewayCommand): boolean {
	return !slashCommands.some(own => own.name === name || aliases.includes(own.name)) && !stopping.has(name);
}

/** Commands of OpenClaw 2026.9.6: where no list is at hand, so many are known by name. */
const knownNames: ReadonlySet<string> = new Set(
	(
		'acp activation agents allowlist approve btw commands compact context dashboard debug diagnostics dreaming elevated exec export-session ' +
		'fast goal learn login loop models name openclaw pair queue reasoning reset restart send session side skill steer stop subagents tasks ' +
		'thinking tools trace tts update usage verbose voice whoami'
	).split(' '),
);

/** They end the run that is under way, and nothing answers them: that is what Esc does here. */
const stopping: ReadonlySet<string> = new Set(['stop', 'abort']);

/** What they take away does not come back: they are sent after a question only. */
const lossy: Readonly<Record<string, string>> = {
	reset: 'It empties this session at the gateway, for every surface. What was said stays on disk here.',
	new: 'The gateway’s /new empties this session at the gateway, for every surface. clawtalk’s own /new begins another conversation and leaves this one.',
	restart: 'It restarts the gateway, for everybody who uses it.',
	update: 'It updates the gateway and restarts it, for everybody who uses it.',
};

/** Why a command that clawtalk does not have is not sent to the gateway; undefined when it is. */
export function whyNotForwarded(state: State, {name, problem}: {readonly name: string; readonly problem: string}): string | undefined {
	const isListed = state.gatewayCommands?.some(one => one.name === name || one.aliases.includes(name)) === true;
	const isKnown = isListed || knownNames.has(name);
	if (!isKnown) return problem;
	if (hasControl(state)) return stopping.has(name) ? stopWords(name) : undefined;
	return `/${name} is a command of the gateway, which carries it out over the control plane only: over HTTP the model would read it. Nothing was sent; ${howToReachControl(state)}`;
}

/** Where HTTP was asked for nothing is missing. */
function howToReachControl({connection}: State): string {
	const isAskedFor = connection.state === 'online' && connection.via?.transport === 'http' && connection.via.missing === undefined;
	if (!isAskedFor) return '/status says what is missing.';
	return 'HTTP was asked for, by --transport, CLAWTALK_TRANSPORT or the setting transport; clawtalk --transport auto takes the control plane where it can.';
}

/** What is to come between a text and the gateway that would carry it out; undefined for anything that is simply sent. */
export function heldCommand(state: State, text: string): Step | undefined {
	const [, name = ''] = /^\s*\/([\w-]+)/.exec(text) ?? [];
	if (!mayGoByControl(state)) return undefined;
	if (stopping.has(name)) return stay(notice(state, stopWords(name)));
	const loss = Object.hasOwn(lossy, name) ? lossy[name] : undefined;
	if (loss === undefined) return undefined;
	return stay(
		openOverlay(state, {
			kind: 'confirmation',
			question: `Send /${name} to the gateway?`,
			details: [loss],
			act: {type: 'send-command', text: text.trim()},
		}),
	);
}

/** Says once of a text that the gateway would read an order about its tools inside of it, pasted unseen perhaps; undefined where nothing is to be said. */
export function sayOrderInside(state: State, text: string): Step | undefined {
	const name = toolOrdersIn(text).find(({isFirst}) => !isFirst)?.name;
	if (name === undefined || !mayGoByControl(state) || state.orderSaid === state.draft.text) return undefined;
	const words = `The gateway takes /${name} inside of this message as an order about what its tools may run. Nothing was sent: Enter once more sends it as it is.`;
	return stay(notice({...state, orderSaid: state.draft.text}, words));
}

/** What waits, for the connection or behind others, may go over the control plane, whichever way is used now. */
function mayGoByControl(state: State): boolean {
	const {connection, answer, queue} = state;
	return hasControl(state) || connection.state === 'connecting' || answer !== undefined || queue.length > 0;
}

function stopWords(name: string): string {
	return `Esc stops an answer here; /${name} was not sent.`;
}
