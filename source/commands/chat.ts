import {Writable} from 'node:stream';
import {locate} from '../config/location.js';
import type {Settings, SettingsResult} from '../config/settings.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Gateway, GatewayTarget} from '../gateway/gateway.js';
import {readingRestMs} from '../perform/reply-frames.js';
import type {World} from '../perform.js';
import type {ChatOpening} from './chat/chat-session.js';
import {openChat} from './chat/open-chat.js';
import {createPathNews} from './chat/path-news.js';
import {placeOf} from './chat/place-of.js';
import {screenFlags, screenWishes} from './chat/screen-wishes.js';
import type {Command, CommandContext} from './command.js';
import {isTailscalePeer, settingsFlags, type TargetForCommand, targetForCommand} from './gateway-target.js';
import {needsSetup} from './setup/needs-setup.js';
import {transportFlag} from './transport-flag.js';

export const chatCommand: Command = {
	name: 'chat',
	summary: 'chat with an agent in the terminal',
	usage: ['[chat] [options]'],
	details: [
		'Without a terminal, or with TERM=dumb, the chat goes line by line: each line of stdin is a question, answers go to stdout.',
		'/help in the chat lists the slash commands and the keys.',
	].join('\n'),
	flags: {
		agent: {type: 'string', value: 'NAME', help: 'agent to talk to'},
		model: {type: 'string', value: 'NAME', help: 'model for this conversation'},
		session: {type: 'string', value: 'KEY', help: 'go on with this session of the gateway'},
		continue: {type: 'boolean', help: 'go on with the newest conversation with this gateway'},
		resume: {
			type: 'string',
			value: 'ID|NAME',
			valueOptional: true,
			valueHasSpaces: true,
			help: 'go on with a conversation: this one, or one to choose',
		},
		transport: transportFlag,
		ephemeral: {type: 'boolean', help: 'write nothing to disk'},
		...screenFlags,
	},
	run: runChat,
};

async function runChat(context: CommandContext): Promise<ExitCode> {
	const {env, stdin, stderr, signal} = context;
	if (context.input.length > 0) {
		stderr.write('clawtalk: chat takes no arguments. To ask a question: clawtalk ask "QUESTION"\n');
		return exitCodes.usage;
	}
	const setup = {env, stdin, stderr, signal, flags: settingsFlags(context.flags), isTailscalePeer};
	const guided = (await needsSetup(setup)) ? {settings: await (await import('./setup.js')).runSetup(setup)} : {};
	const result = await targetForCommand(context, {onWithheld: 'carry', ...guided});
	if (!result.ok) return result.exitCode;
	const {settings, target} = result;
	const opening = openingFor(context, settings, target);
	const wanted = await beginningOf(context, opening);
	if (!wanted.ok) return wanted.exitCode;
	return openChat(context, {...opening, ...(wanted.begin && {begin: wanted.begin})}, screenWishes(context, settings));
}

type Begun = {readonly ok: true; readonly begin?: NonNullable<ChatOpening['begin']>} | {readonly ok: false; readonly exitCode: ExitCode};

/** What `--continue` and `--resume` ask for, read back before the first paint. */
async function beginningOf(context: CommandContext, opening: ChatOpening): Promise<Begun> {
	const {flags} = context;
	if (flags['continue'] === undefined && flags['resume'] === undefined) return {ok: true};
	const {beginning} = await import('./chat/chat-beginning.js');
	return beginning(context, opening);
}

/** @param news Tells of tunnels that are open already. */
export function openingFor(context: CommandContext, settings: Settings, target: GatewayTarget, news = createPathNews()): ChatOpening {
	const {agent, model, sessionKey, keys} = settings;
	const place = placeOf(settings.origin.value, settings.addressClass, settings.profile);
	const kept = context.flags['ephemeral'] === true ? {} : {home: locate(context.env).directory};
	return {
		openGateway: () => gatewayFor(target, context),
		openProfile: name => openProfile(name, context),
		openTunnel: async profile => (await import('./chat/chat-tunnel.js')).openTunnelInChat(profile, context, news),
		hearPath: news.hear,
		loadPanelWork: async write => (await import('./chat/panel-work.js')).createPanelWork({context, settings, write}),
		loadComposerWork: async () => (await import('./chat/composer-work.js')).createComposerWork({env: context.env, ...kept}),
		...(context.flags['ephemeral'] === true ? {} : {remember: remembering(context)}),
		place,
		...(agent && {agent: agent.value}),
		...(model && {model: model.value}),
		...(sessionKey && {sessionKey: sessionKey.value}),
		...(keys && {keys: keys.value}),
		...kept,
		banner: 'clawtalk. /help lists commands and keys.',
	};
}

/** Loaded when the first look has ended. */
function remembering({env}: CommandContext): NonNullable<ChatOpening['remember']> {
	return async (evidence, profile, latencyMs) => {
		const {openConnectionMemory} = await import('../history/connection-memory.js');
		await openConnectionMemory(locate(env)).remember({evidence, by: 'chat', profile, latencyMs});
	};
}

export async function gatewayFor(target: GatewayTarget, {env, flags, stdin}: CommandContext): Promise<Gateway> {
	const [{openGateway}, {openRefusals, rememberInMemory}, {deviceKeys}] = await Promise.all([
		import('../gateway/open-gateway.js'),
		import('../config/refusals.js'),
		import('../config/device-keys.js'),
	]);
	const isWritten = flags['ephemeral'] !== true;
	const shared = openRefusals(locate(env));
	const ledger = isWritten ? shared : rememberInMemory(shared);
	const devices = deviceKeys(locate(env), isWritten);
	// Somebody has to be there who reads what they allow.
	const approvals = target.approvals === true && stdin.isTTY === true;
	return openGateway(target, {ledger, devices, env, now: Date.now, restMs: readingRestMs, approvals});
}

/** `/profile NAME`: nothing can be asked while the chat has the terminal, so what needs a question says how to answer it instead. */
async function openProfile(name: string, context: CommandContext): ReturnType<World['openProfile']> {
	const flags = {profile: name, insecure: context.flags['insecure']};
	const {result, said} = await quietTarget({...context, flags});
	if (!result.ok) return {ok: false, problem: said || `profile ${name} cannot be used.`};
	const {settings, target} = result;
	const {agent, model} = settings;
	return {
		ok: true,
		gateway: await gatewayFor(target, context),
		place: placeOf(settings.origin.value, settings.addressClass, settings.profile),
		...(agent && {agent: agent.value}),
		...(model && {model: model.value}),
	};
}

/** The target of a command whose words are collected instead of written: the chat has the terminal. */
export async function quietTarget(
	context: CommandContext,
	settings?: SettingsResult,
): Promise<{readonly result: TargetForCommand; readonly said: string}> {
	const said: string[] = [];
	const stderr = new Writable({
		write(line, _encoding, done) {
			said.push(
				String(line)
					.replace(/^clawtalk: /, '')
					.trim(),
			);
			done();
		},
	});
	const result = await targetForCommand({...context, stderr}, {onWithheld: 'carry', ...(settings ? {settings} : {})});
	return {result, said: said.join(' ')};
}
