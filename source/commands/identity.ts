import {IdentityError, type KnownIdentity, openIdentityFile} from '../config/identity-file.js';
import {locate} from '../config/location.js';
import {configProblem, usageProblem} from '../config/problem-line.js';
import {shown} from '../config/shown.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {unknownSubcommand} from './command-line/subcommands.js';
import {refuse} from './gateway-target.js';

/** `clawtalk identity`: the key by which gateways know this device on their control plane. */
export const identityCommand: Command = {
	name: 'identity',
	summary: 'show or renew the key by which gateways know this device',
	usage: ['identity show [--json]', 'identity reset [--json]'],
	details: [
		'  show    the id of this device, and the gateways that gave it a token',
		'  reset   keeps the key aside; the next connection makes a new one',
		'',
		'The key is made on first need, in ~/.clawtalk/identity.json, and is never sent: gateways get its public half and signatures. After a reset, gateways on other machines have to approve this device again.',
		'',
		'Neither the key nor the tokens are printed.',
	].join('\n'),
	flags: {json: {type: 'boolean', help: 'print JSON'}},
	commonFlags: ['debug'],
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	const [action = '', ...more] = context.input;
	const refuseUsage = (message: string): ExitCode => refuse([usageProblem(`identity ${action}`.trim(), message)], say).exitCode;
	if (more.length > 0) return refuseUsage('too many arguments.');
	try {
		if (action === 'show') return await show(context);
		if (action === 'reset') return await reset(context);
	} catch (error) {
		if (!(error instanceof IdentityError)) throw error;
		return refuse([configProblem('identity', `${error.message}.`)], say).exitCode;
	}
	return refuseUsage(unknownSubcommand(action, ['show', 'reset']));
}

async function show({env, flags, stdout, stderr}: CommandContext): Promise<ExitCode> {
	const {identityFile} = locate(env);
	const known = await openIdentityFile(locate(env)).look();
	if (flags['json'] === true) stdout.write(`${JSON.stringify(documentOf(identityFile, known))}\n`);
	else if (known === undefined) stderr.write('clawtalk: this device has no identity yet; the first connection that needs one makes it.\n');
	else for (const line of linesOf(identityFile, known)) stdout.write(`${line}\n`);
	return exitCodes.ok;
}

function documentOf(file: string, known: KnownIdentity | undefined) {
	if (known === undefined) return {schema: 'clawtalk.identity/1', file, device: null};
	const {identity, createdAt, gateways} = known;
	return {schema: 'clawtalk.identity/1', file, device: {id: identity.id, publicKey: identity.publicKey, createdAt, gateways}};
}

function linesOf(file: string, {identity, createdAt, gateways}: KnownIdentity): readonly string[] {
	const given = Object.entries(gateways).map(
		([origin, {scopes, at}]) => `  ${shown(origin)}  ${scopes.map(shown).join(' ')}  since ${shown(at)}`,
	);
	return [
		`device   ${identity.id}`,
		`made     ${shown(createdAt)}`,
		`file     ${shown(file)}`,
		given.length === 0 ? 'No gateway has given it a token yet.' : 'Gateways that gave it a token of its own:',
		...given,
	];
}

async function reset({env, flags, stdout, stderr}: CommandContext): Promise<ExitCode> {
	const aside = await openIdentityFile(locate(env)).reset();
	if (flags['json'] === true) stdout.write(`${JSON.stringify({schema: 'clawtalk.identity-reset/1', keptAs: aside?.path ?? null})}\n`);
	else if (aside === undefined) stderr.write('clawtalk: there was no identity.\n');
	else {
		const {path, isIdentity} = aside;
		const words = isIdentity
			? `the old identity is kept as ${shown(path)}; it and its tokens still open the gateways that approved it.`
			: `what was there is no identity that can be read; it is kept as ${shown(path)}.`;
		stderr.write(`clawtalk: ${words}\n`);
		stderr.write('clawtalk: the next connection makes a new one, which gateways on other machines have to approve.\n');
	}
	return exitCodes.ok;
}
