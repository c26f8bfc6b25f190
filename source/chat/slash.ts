import {nearest} from '../nearest-word.js';
import {type ApprovalCommand, approvalCommands} from './approval/approval-commands.js';
import type {ArgumentSource} from './composer/completion.js';
import {type ConversationRequest, conversationCommands, named} from './conversation/conversation-commands.js';
import type {Choice} from './overlay/choices.js';
import {type ScreenRequest, screenCommands} from './screen-requests.js';

/** What a slash command asks for. */
export type SlashRequest =
	| {readonly kind: 'help'}
	| {readonly kind: 'quit'}
	| {readonly kind: 'clear'}
	| {readonly kind: 'status'}
	| ({readonly kind: 'agent'} & Choice)
	| ({readonly kind: 'model'} & Choice)
	| ({readonly kind: 'think'} & Choice)
	| {readonly kind: 'attach'; readonly path?: string}
	| {readonly kind: 'profile'; readonly name?: string}
	| {readonly kind: 'tunnel'}
	| ApprovalCommand
	| ConversationRequest
	| ScreenRequest;

/** One row of `/help`. */
export interface SlashCommand {
	readonly name: string;
	/** Name of the argument in help; a command without one takes none. */
	readonly argument?: string;
	readonly description: string;
	/** What the argument is completed from, while it is typed. */
	readonly completes?: ArgumentSource;
	/** Without its argument it has nothing to do: Enter asks for it first. */
	readonly needsArgument?: true;
	/** The argument may have spaces. */
	readonly takesLine?: true;
	/** `--save` behind the argument is passed on. */
	readonly canSave?: true;
	/** @param argument What follows the name, trimmed; `undefined` when nothing does. */
	readonly request: (argument: string | undefined, save?: true) => SlashRequest;
}

/** Every slash command, in the order of `/help`. */
export const slashCommands: readonly SlashCommand[] = [
	{name: 'help', description: 'these commands and the keys', request: () => ({kind: 'help'})},
	...conversationCommands,
	{name: 'quit', description: 'leave', request: () => ({kind: 'quit'})},
	{name: 'clear', description: 'clear the screen; the agent still remembers', request: () => ({kind: 'clear'})},
	{
		name: 'agent',
		argument: 'NAME',
		description: 'talk to another agent, default: the gateway chooses; --save keeps it; without a name: which there are',
		completes: 'agents',
		canSave: true,
		request: (name, save) => ({kind: 'agent', ...named(name), ...(save && {save})}),
	},
	{
		name: 'model',
		argument: 'NAME',
		description: 'use another model from now on, default: the agent chooses; --save keeps it; without a name: which one',
		completes: 'models',
		canSave: true,
		request: (name, save) => ({kind: 'model', ...named(name), ...(save && {save})}),
	},
	{
		name: 'think',
		argument: 'LEVEL',
		description: 'how much the model thinks in this conversation, default: as the agent has it; without a level: which there are',
		completes: 'thinking',
		request: name => ({kind: 'think', ...named(name)}),
	},
	{
		name: 'profile',
		argument: 'NAME',
		description: 'talk to the gateway of another profile, after asking; without a name: which one',
		completes: 'profiles',
		request: name => ({kind: 'profile', ...named(name)}),
	},
	{
		name: 'attach',
		argument: 'PATH',
		description: 'attach a text file or an image to the message, as @PATH and Tab do',
		completes: 'files',
		needsArgument: true,
		takesLine: true,
		request: path => ({kind: 'attach', ...(path !== undefined && {path})}),
	},
	...approvalCommands,
	...screenCommands,
	{name: 'tunnel', description: 'reach this gateway through ssh from now on', request: () => ({kind: 'tunnel'})},
	{name: 'status', description: 'look closely at the connection and explain it; Ctrl+T, too', request: () => ({kind: 'status'})},
];

/** What the text in the composer is. */
export type Input =
	| {readonly kind: 'nothing'}
	/** To be sent; `//text` sends `/text`. */
	| {readonly kind: 'message'; readonly text: string}
	| {readonly kind: 'request'; readonly request: SlashRequest}
	/** No command of clawtalk's: the gateway may have it. */
	| {readonly kind: 'unknown-command'; readonly name: string; readonly problem: string}
	/** Neither sent nor carried out; `problem` says why. */
	| {readonly kind: 'mistake'; readonly problem: string};

/** Reads the composer. A slash at its very beginning makes a command, anything else is a message. */
export function readInput(text: string): Input {
	if (text.trim() === '') return {kind: 'nothing'};
	if (text.startsWith('//')) return {kind: 'message', text: text.slice(1)};
	const [, name, argument = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
	return name === undefined ? {kind: 'message', text} : readCommand(name, argument.trim());
}

function readCommand(name: string, argument: string): Input {
	const command = slashCommands.find(candidate => candidate.name === name);
	if (command === undefined) return {kind: 'unknown-command', name, problem: unknownCommand(name)};
	if (argument === '') return {kind: 'request', request: command.request(undefined)};
	if (command.argument === undefined) return {kind: 'mistake', problem: `/${name} takes no argument. //${name} … sends it as a message.`};
	const [, saved] = (command.canSave === true && /^(.*?)\s+--save$/.exec(argument)) || [];
	if (saved !== undefined) return {kind: 'request', request: command.request(saved, true)};
	if (/\s/.test(argument) && command.takesLine !== true) {
		return {kind: 'mistake', problem: `/${name} takes one ${command.argument} without spaces.`};
	}
	return {kind: 'request', request: command.request(argument)};
}

function unknownCommand(name: string): string {
	const names = slashCommands.map(command => command.name);
	const prefixed = name === '' ? [] : names.filter(candidate => candidate.startsWith(name));
	const likely = prefixed.length === 1 ? prefixed[0] : nearest(name, names);
	const meant = likely === undefined ? '/help lists the commands.' : `Did you mean /${likely}?`;
	return `There is no command /${name}. ${meant} //${name} sends it as a message.`;
}
