import type {SlashCommand} from '../slash.js';

/** Slash commands about conversations. */
export type ConversationRequest =
	| {readonly kind: 'new'; readonly name?: string}
	| {readonly kind: 'sessions'; readonly which?: string}
	| {readonly kind: 'earlier'}
	| {readonly kind: 'rename'; readonly name?: string}
	| {readonly kind: 'fork'; readonly name?: string}
	| {readonly kind: 'delete'}
	| {readonly kind: 'undo'}
	| {readonly kind: 'retry'}
	| {readonly kind: 'edit'}
	| {readonly kind: 'continue'}
	| {readonly kind: 'search'; readonly words?: string}
	| {readonly kind: 'export'; readonly path?: string};

/** A name, where there is one. */
export const named = (name: string | undefined) => (name === undefined ? {} : {name});

const which = (id: string | undefined) => (id === undefined ? {} : {which: id});

/** Their rows of `/help`. */
export const conversationCommands: readonly SlashCommand[] = [
	{
		name: 'new',
		argument: 'NAME',
		takesLine: true,
		description: 'begin a new conversation, without memory of this one',
		request: name => ({kind: 'new', ...named(name)}),
	},
	{
		name: 'sessions',
		argument: 'NAME',
		takesLine: true,
		completes: 'conversations',
		description: 'open another conversation, or a session of the gateway: choose one, or by its id or name',
		request: id => ({kind: 'sessions', ...which(id)}),
	},
	{
		name: 'resume',
		argument: 'NAME',
		takesLine: true,
		completes: 'conversations',
		description: 'the same as /sessions',
		request: id => ({kind: 'sessions', ...which(id)}),
	},
	{name: 'earlier', description: 'show what was said in this session of the gateway before', request: () => ({kind: 'earlier'})},
	{
		name: 'rename',
		argument: 'NAME',
		takesLine: true,
		description: 'give this conversation a name',
		request: name => ({kind: 'rename', ...named(name)}),
	},
	{
		name: 'fork',
		argument: 'NAME',
		takesLine: true,
		description: 'go on with a copy of this conversation, in a session of its own',
		request: name => ({kind: 'fork', ...named(name)}),
	},
	{name: 'delete', description: 'put this conversation into the trash; it asks first', request: () => ({kind: 'delete'})},
	{name: 'undo', description: 'bring back what /delete took away', request: () => ({kind: 'undo'})},
	{
		name: 'retry',
		description: 'ask the last question again, in a fresh session; the agent may act again',
		request: () => ({kind: 'retry'}),
	},
	{name: 'edit', description: 'change the last message and send it in its place', request: () => ({kind: 'edit'})},
	{name: 'continue', description: 'ask to go on after an answer that broke off', request: () => ({kind: 'continue'})},
	{
		name: 'search',
		argument: 'WORDS',
		takesLine: true,
		needsArgument: true,
		description: 'look for words in this and all conversations',
		request: words => ({kind: 'search', ...(words !== undefined && {words})}),
	},
	{
		name: 'export',
		argument: 'FILE',
		takesLine: true,
		description: 'write this conversation into a file: .md, .html, .json, .jsonl or .txt',
		request: path => ({kind: 'export', ...(path !== undefined && {path})}),
	},
];
