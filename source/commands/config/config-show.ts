import {locate} from '../../config/location.js';
import {problemLine} from '../../config/problem-line.js';
import {type ConfigObject, readConfigFile} from '../../config/read.js';
import {checkConfig, checkNames, isRecord} from '../../config/schema.js';
import {readSettingPath, valueAt} from '../../config/setting-path.js';
import {maskedSecret, quoted, shown} from '../../config/shown.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {refuse} from '../gateway-target.js';

/** `config list`: every value of the file, secrets masked. What is wrong with them goes to stderr, with exit code 78. */
export async function listConfig(context: CommandContext): Promise<ExitCode> {
	const config = await readOrSay(context);
	if (typeof config === 'number') return config;
	const {configFile} = locate(context.env);
	const {profile} = context.flags;
	const part = typeof profile === 'string' ? valueAt(config, ['profiles', profile]) : config;
	if (!isRecord(part))
		return refuse([{exitCode: 78, where: '--profile', message: `there is no profile ${quoted(profile)}.`}], sayTo(context)).exitCode;
	const masked = maskAll(part);
	if (context.flags['json'] === true) {
		context.stdout.write(`${JSON.stringify({schema: 'clawtalk.config/1', path: configFile, values: masked})}\n`);
	} else {
		for (const [key, value] of leaves(masked, '')) context.stdout.write(`${shown(key)} = ${value}\n`);
	}
	for (const warning of checkNames(config, configFile)) sayTo(context)(problemLine(warning));
	const problems = checkConfig(config, configFile);
	return problems.length > 0 ? refuse(problems, sayTo(context)).exitCode : exitCodes.ok;
}

/** `config get KEY`: one value of the file. Not set: a line on stderr and exit code 78. */
export async function getConfig(context: CommandContext, operands: readonly string[]): Promise<ExitCode> {
	const say = sayTo(context);
	const [key, ...more] = operands;
	if (key === undefined || more.length > 0) return refuse([{exitCode: 2, where: 'config get', message: 'give one KEY.'}], say).exitCode;
	const {profile} = context.flags;
	const read = readSettingPath(key, typeof profile === 'string' ? profile : undefined);
	if (!read.ok) return refuse([read.problem], say).exitCode;
	const config = await readOrSay(context);
	if (typeof config === 'number') return config;
	const value = valueAt(config, read.path.segments);
	const name = read.path.segments.join('.');
	if (value === undefined) return refuse([{exitCode: 78, where: shown(name), message: 'is not set.'}], say).exitCode;
	const masked = mask(read.path.header === undefined ? (read.path.segments.at(-1) ?? '') : 'headers', value);
	if (context.flags['json'] === true) context.stdout.write(`${JSON.stringify({schema: 'clawtalk.config/1', key: name, value: masked})}\n`);
	else if (isRecord(masked)) for (const [inner, text] of leaves(masked, '')) context.stdout.write(`${shown(inner)} = ${text}\n`);
	else context.stdout.write(`${plain(masked)}\n`);
	return exitCodes.ok;
}

async function readOrSay(context: CommandContext): Promise<ConfigObject | ExitCode> {
	const file = await readConfigFile(locate(context.env).configFile);
	if (file.kind === 'broken') return refuse([file.problem], sayTo(context)).exitCode;
	return file.kind === 'absent' ? {} : file.value;
}

function sayTo({stderr}: CommandContext): (line: string) => void {
	return line => void stderr.write(`${line}\n`);
}

function maskAll(values: ConfigObject): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, mask(key, value)]));
}

/** A value as it may be shown. Names that clawtalk does not know are masked when they sound like a secret. */
function mask(key: string, value: unknown): unknown {
	if (key === 'headers')
		return isRecord(value)
			? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, maskedSecret(text)]))
			: maskedSecret(value);
	if (key !== 'gatewayTokenCommand' && /token|password|secret|key$/i.test(key) && key !== 'sessionKey') return maskedSecret(value);
	if (isRecord(value)) return maskAll(value);
	if (Array.isArray(value)) return value.map(item => mask('', item));
	return typeof value === 'string' ? shown(value) : value;
}

function leaves(values: Readonly<Record<string, unknown>>, prefix: string): ReadonlyArray<readonly [string, string]> {
	return Object.entries(values).flatMap(([key, value]) =>
		isRecord(value) ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, plain(value)] as const],
	);
}

function plain(value: unknown): string {
	return typeof value === 'string' ? value : shown(JSON.stringify(value));
}
