import {createAnnounce} from './announce.js';
import type {Run} from './runs.js';
import type {Session} from './sessions.js';
import {obeyToolOrders} from './tool-orders.js';
import {isOld, type World} from './world.js';

interface Command {
	readonly name: string;
	readonly description: string;
	readonly category: string;
	readonly argument?: string;
	/** What the gateway answers. */
	answer(world: World, session: Session, argument: string): string;
}

const allowedModels = ['fake/fake-1', 'fake/fake-2'];

export const slashCommands: readonly Command[] = [
	{
		name: 'help',
		description: 'Show available commands.',
		category: 'status',
		answer: () => `ℹ️ Help\n\n${slashCommands.map(({name, description}) => `  /${name} – ${description}`).join('\n')}`,
	},
	{
		name: 'status',
		description: 'Show current status.',
		category: 'status',
		answer: (world, {key, model = 'fake/fake-1'}) =>
			`🦞 OpenClaw ${world.state.generation} (demo)\n🧠 Model: ${model}\n🧵 Session: ${key} • updated just now`,
	},
	{name: 'whoami', description: 'Show your sender id.', category: 'status', answer: () => 'You are the owner of this demo gateway.'},
	{
		name: 'model',
		description: 'Show or set the model.',
		category: 'options',
		argument: 'model',
		answer(_world, session, wanted) {
			if (wanted === '') return `Current: ${session.model ?? 'fake/fake-1'}`;
			if (!allowedModels.includes(wanted)) return `Model "${wanted}" is not allowed. Use one of: ${allowedModels.join(', ')}.`;
			session.model = wanted;
			return wanted === 'fake/fake-1'
				? `Model reset to default (${wanted}).`
				: `Model set to ${wanted} for this session only; configured default unchanged.`;
		},
	},
	{
		name: 'think',
		description: 'Set thinking level.',
		category: 'options',
		argument: 'level',
		answer(world, session, wanted) {
			if (!isOld(world) && wanted !== '' && wanted !== 'off') {
				return `Thinking level "${wanted}" is not supported for ${session.model ?? 'fake/fake-1'}. Use one of: off.`;
			}
			session.thinking = wanted === '' ? (session.thinking ?? 'off') : wanted;
			return wanted === '' ? `Current thinking level: ${session.thinking}.` : `Thinking level set to ${wanted}.`;
		},
	},
	{
		name: 'new',
		description: 'Start a new session.',
		category: 'session',
		answer: () =>
			'⚠️ You are not authorized to reset this session. Gateway resets require operator.admin and command access. Ask your administrator to reset it, or send your message without the command.',
	},
];

/** Answers a message that is one of the gateway's own commands, or holds an order that is answered, in one `final` event; says whether it did. */
export function answerSlashCommand(world: World, session: Session, run: Run): boolean {
	const [, name, argument = ''] = /^\/(\w+)(?:\s+(.*))?$/s.exec(run.message.trim()) ?? [];
	const command = slashCommands.find(known => known.name === name);
	const obeyed = obeyToolOrders(world, session, run.message);
	const text = 'answer' in obeyed ? obeyed.answer : command?.answer(world, session, argument.trim());
	if (text === undefined) return false;
	world.sessions.add(session, {role: 'user', text: run.message, runId: run.id});
	world.sessions.add(session, {role: 'assistant', text, runId: run.id, isInjected: true});
	run.finish({status: 'ok', at: world.state.now(), text});
	const announce = createAnnounce(world, run);
	announce.chat({
		seq: 1,
		state: 'final',
		message: {...announce.message(text), stopReason: 'stop', provider: 'openclaw', model: 'gateway-injected'},
	});
	return true;
}

/** The commands as `commands.list` shows them. */
export function describeCommands(): object[] {
	return slashCommands.map(({name, description, category, argument}) => ({
		name,
		nativeName: name,
		textAliases: [`/${name}`],
		description,
		category,
		source: 'native',
		scope: 'both',
		acceptsArgs: argument !== undefined,
		...(argument === undefined ? {} : {args: [{name: argument, description: argument, type: 'string'}]}),
	}));
}
