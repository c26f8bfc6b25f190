import {readGatewayUrl} from '../../config/gateway-url.js';
import {readLine} from '../../config/line-input.js';
import {locate} from '../../config/location.js';
import {configProblem, interrupted, usageProblem} from '../../config/problem-line.js';
import {readConfigFile} from '../../config/read.js';
import {saveConfig} from '../../config/save.js';
import {checkHeader, checkSetting, isRecord} from '../../config/schema.js';
import {readSettingPath, type SettingPath, valueAt, withValueAt} from '../../config/setting-path.js';
import type {ConfigProblem} from '../../config/settings.js';
import {quoted, shown} from '../../config/shown.js';
import {readTokenText} from '../../config/token-text.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {refuse} from '../gateway-target.js';
import {promptsFor} from '../prompts.js';
import {allowPlainHttp} from '../setup/plain-http.js';

type Value =
	| {readonly ok: true; readonly value: unknown; readonly said: readonly string[]}
	| {readonly ok: false; readonly problem: ConfigProblem};

/** `config set KEY [VALUE]`: checks the value, corrects what has one meaning, and saves it. */
export async function setConfig(context: CommandContext, operands: readonly string[]): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	const [key, ...words] = operands;
	if (key === undefined) return refuse([usageProblem('config set', 'give a KEY and a VALUE. See: clawtalk config --help')], say).exitCode;
	const read = readSettingPath(key, profileOf(context));
	if (!read.ok) return refuse([read.problem], say).exitCode;
	const {path} = read;
	const value = path.secret
		? await secretValue(context, path, words)
		: path.keyName === undefined
			? plainValue(path, words)
			: await keyValue(context, path, words);
	if (!value.ok) return refuse([value.problem], say).exitCode;
	for (const line of value.said) say(`clawtalk: ${shown(key)}: ${line}.`);
	let hadToken = false;
	const saved = await saveConfig(locate(context.env), config => {
		hadToken = valueAt(config, [...path.segments.slice(0, -1), 'gatewayToken']) !== undefined;
		return withValueAt(config, path.segments, value.value);
	});
	if (!saved.ok) return refuse([saved.problem], say).exitCode;
	say(`clawtalk: ${shown(path.segments.join('.'))} is set in ${shown(locate(context.env).configFile)}.`);
	if (path.key !== 'gatewayUrl' || typeof value.value !== 'string') return exitCodes.ok;
	const tokenKey = [...path.segments.slice(0, -1), 'gatewayToken'].join('.');
	if (hadToken)
		say(`clawtalk: the stored gatewayToken now belongs to ${shown(value.value)}. Another token: clawtalk config set ${shown(tokenKey)}`);
	return allowPlainHttp(context, value.value);
}

/** `config unset KEY`: removes a value; one that is not set is no error. */
export async function unsetConfig(context: CommandContext, operands: readonly string[]): Promise<ExitCode> {
	const say = (line: string): void => void context.stderr.write(`${line}\n`);
	const [key, ...more] = operands;
	if (key === undefined || more.length > 0) return refuse([usageProblem('config unset', 'give one KEY.')], say).exitCode;
	const read = readSettingPath(key, profileOf(context));
	if (!read.ok) return refuse([read.problem], say).exitCode;
	let wasSet = false;
	const saved = await saveConfig(locate(context.env), config => {
		wasSet = valueAt(config, read.path.segments) !== undefined;
		return wasSet ? withValueAt(config, read.path.segments, undefined) : config;
	});
	if (!saved.ok) return refuse([saved.problem], say).exitCode;
	say(`clawtalk: ${shown(read.path.segments.join('.'))} ${wasSet ? 'is no longer set' : 'was not set'}.`);
	return exitCodes.ok;
}

function profileOf({flags}: CommandContext): string | undefined {
	return typeof flags['profile'] === 'string' ? flags['profile'] : undefined;
}

function plainValue(path: SettingPath, words: readonly string[]): Value {
	const name = path.segments.join('.');
	const [word] = words;
	if (path.key === undefined && path.segments[0] === 'profiles')
		return refused(usageProblem(shown(name), 'is a profile. Set one of its keys.'));
	if (word === undefined) return refused(usageProblem(shown(name), 'a VALUE is missing.'));
	if (path.key === 'gatewayTokenCommand' && words.length > 1) return {ok: true, value: words, said: []};
	if (words.length > 1) return refused(usageProblem(shown(name), 'one VALUE is needed. Quote it if it has spaces.'));
	const problem = path.key ? checkSetting(path.key, word) : undefined;
	if (problem) return refused(configProblem(shown(name), problem.message, problem.row));
	const url = path.key === 'gatewayUrl' ? readGatewayUrl(word) : undefined;
	if (!url?.ok) return {ok: true, value: word, said: []};
	const value = url.origin + url.basePath;
	const said = url.corrections.map(correction => `${correction}; stored as ${quoted(value)}`);
	return {ok: true, value, said: [...said, ...url.warnings.map(({message}) => message)]};
}

/** The chords of one key, checked together with the other keys of the file: one alone may be right and both wrong. */
async function keyValue({env}: CommandContext, path: SettingPath, words: readonly string[]): Promise<Value> {
	const name = path.segments.join('.');
	const [word] = words;
	if (word === undefined) return refused(usageProblem(shown(name), 'a chord is missing, e.g. "Ctrl+X Ctrl+E".'));
	const value = words.length > 1 ? words : word;
	const file = await readConfigFile(locate(env).configFile);
	const others = file.kind === 'object' ? valueAt(file.value, path.segments.slice(0, -1)) : undefined;
	const problem = checkSetting('keys', {...(isRecord(others) ? others : {}), [path.keyName ?? '']: value});
	return problem ? refused(configProblem(shown(path.segments.slice(0, -1).join('.')), problem.message)) : {ok: true, value, said: []};
}

/** Secrets never come as an argument: hidden on a terminal, one line from a pipe. */
async function secretValue(context: CommandContext, path: SettingPath, words: readonly string[]): Promise<Value> {
	const name = shown(path.segments.join('.'));
	if (words.length > 0) {
		return refused(
			usageProblem(
				name,
				'is a secret and takes no argument (ps and the shell history would show it). Leave it out to be asked, or pipe it in.',
			),
		);
	}
	if (path.key === 'headers' && path.header === undefined) return refused(usageProblem(name, 'set one header at a time: headers.NAME'));
	const prompts = promptsFor(context);
	if (prompts === undefined && context.stdin.isTTY) {
		return refused(usageProblem(name, 'a hidden question needs stderr to be the terminal too. Do not redirect it, or pipe the secret in.'));
	}
	const text = prompts ? await prompts.hidden(`${name} (hidden):`) : ((await readLine(context.stdin, 64 * 1024, context.signal)) ?? '');
	if (text === undefined) return refused(interrupted(name));
	if (path.header !== undefined) {
		const problem = text === '' ? 'the value is empty.' : checkHeader(path.header, text);
		return problem ? refused(configProblem(name, problem)) : {ok: true, value: text, said: []};
	}
	const token = readTokenText(text, true);
	return token.ok ? {ok: true, value: token.token, said: token.corrections} : refused(configProblem(name, token.message, token.row));
}

function refused(problem: ConfigProblem): Value {
	return {ok: false, problem};
}
