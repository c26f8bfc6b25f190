import {defaultGatewayUrl} from '../config/gateway-url.js';
import {locate} from '../config/location.js';
import {readConfigFile} from '../config/read.js';
import {checkConfig, isRecord, knownProfiles} from '../config/schema.js';
import {maskedSecret, shown} from '../config/shown.js';
import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {refuse} from './gateway-target.js';

interface Profile {
	readonly name: string;
	readonly default: boolean;
	readonly gatewayUrl?: string;
	/** How its token is configured, in words. */
	readonly token: string;
}

/** `clawtalk profiles`: the top level of config.json and its profiles, the one in use by default marked. */
export const profilesCommand: Command = {
	name: 'profiles',
	summary: 'list the profiles of the configuration',
	usage: ['profiles [--json]'],
	details: [
		'  Make one:    clawtalk config set --profile NAME gatewayUrl URL',
		'  Use it:      --profile NAME, or CLAWTALK_PROFILE=NAME',
		'  As default:  clawtalk config set profile NAME',
	].join('\n'),
	flags: {json: {type: 'boolean', help: 'print JSON'}},
	commonFlags: ['debug'],
	run: listProfiles,
};

async function listProfiles(context: CommandContext): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	if (context.input.length > 0) {
		return refuse(
			[{exitCode: 2, where: 'profiles', message: 'takes no arguments. To make one: clawtalk config set --profile NAME KEY VALUE'}],
			say,
		).exitCode;
	}
	const {configFile} = locate(context.env);
	const file = await readConfigFile(configFile);
	if (file.kind === 'broken') return refuse([file.problem], say).exitCode;
	const config = file.kind === 'object' ? file.value : {};
	const problems = checkConfig(config, configFile);
	if (problems.length > 0) return refuse(problems, say).exitCode;
	const all = isRecord(config['profiles']) ? Object.entries(config['profiles']) : [];
	const profiles = all.map(([name, values]) => describe(name, isRecord(values) ? values : {}, config['profile'] === name));
	const unnamed = {gatewayUrl: defaultGatewayUrl, ...describe(nameOfTopLevel(all), config, config['profile'] === undefined)};
	if (context.flags['json'] === true) {
		context.stdout.write(
			`${JSON.stringify({schema: 'clawtalk.profiles/1', path: configFile, default: config['profile'] ?? null, unnamed, profiles})}\n`,
		);
		return exitCodes.ok;
	}
	if (profiles.length === 0) say(`clawtalk: ${knownProfiles(config)}`);
	const rows = file.kind === 'object' ? [unnamed, ...profiles] : profiles;
	const width = Math.max(0, ...rows.map(({name}) => name.length));
	for (const profile of rows) {
		const url = profile.gatewayUrl ?? '(the gatewayUrl of the top level)';
		context.stdout.write(`${profile.default ? '*' : ' '} ${profile.name.padEnd(width)}  ${url}  token: ${profile.token}\n`);
	}
	return exitCodes.ok;
}

/** `--profile default` is the top level, unless a profile has that name. */
function nameOfTopLevel(profiles: ReadonlyArray<readonly [name: string, values: unknown]>): string {
	return profiles.some(([name]) => name === 'default') ? '(top level)' : 'default';
}

function describe(name: string, values: Readonly<Record<string, unknown>>, isDefault: boolean): Profile {
	const {gatewayUrl, gatewayToken, gatewayTokenCommand} = values;
	const fromCommand = gatewayTokenCommand === undefined ? 'not set' : 'from a command';
	return {
		name,
		default: isDefault,
		...(typeof gatewayUrl === 'string' ? {gatewayUrl: shown(gatewayUrl)} : {}),
		token: gatewayToken === undefined ? fromCommand : maskedSecret(gatewayToken),
	};
}
