import {usageProblem} from './problem-line.js';
import type {ConfigObject} from './read.js';
import {isProfileName, isRecord, isSettingKey, type SettingKey, settingKeys} from './schema.js';
import type {ConfigProblem} from './settings.js';
import {quoted} from './shown.js';

/** The place of one value in config.json, e.g. `['profiles', 'home', 'headers', 'X-Api-Key']`. */
export interface SettingPath {
	readonly segments: readonly string[];
	/** The key that says how the value is checked; absent for `profile` and for whole profiles. */
	readonly key?: SettingKey;
	/** Set for `keys.NAME`. */
	readonly keyName?: string;
	/** Set for `headers.NAME`. */
	readonly header?: string;
	readonly secret: boolean;
}

export type ReadPath = {readonly ok: true; readonly path: SettingPath} | {readonly ok: false; readonly problem: ConfigProblem};

/** `gatewayUrl`, `headers.NAME`, `keys.NAME`, `profiles.NAME`, `profiles.NAME.KEY` or `profile`; `--profile` puts the first two into that profile. */
export function readSettingPath(text: string, profile?: string): ReadPath {
	if (profile !== undefined && !isProfileName(profile)) {
		return failed('--profile', `${quoted(profile)} is no usable profile name. Letters, digits, "-" and "_", at most 64.`);
	}
	const inProfile = /^profiles\.([^.]+)(?:\.(.+))?$/.exec(text);
	if (inProfile) {
		const [, name = '', rest] = inProfile;
		if (profile !== undefined) return failed('--profile', `${quoted(text)} names a profile already.`);
		if (rest !== undefined) return readSettingPath(rest, name);
		return isProfileName(name)
			? {ok: true, path: {segments: ['profiles', name], secret: false}}
			: failed('KEY', `${quoted(name)} is no profile name.`);
	}
	if (text === 'profile' && profile === undefined) return {ok: true, path: {segments: ['profile'], secret: false}};
	const prefix = profile === undefined ? [] : ['profiles', profile];
	const keyName = /^keys\.(.+)$/.exec(text)?.[1];
	if (keyName !== undefined) return {ok: true, path: {segments: [...prefix, 'keys', keyName], key: 'keys', keyName, secret: false}};
	const header = /^headers\.(.+)$/.exec(text)?.[1];
	if (header !== undefined) return {ok: true, path: {segments: [...prefix, 'headers', header], key: 'headers', header, secret: true}};
	if (!isSettingKey(text))
		return failed('KEY', `there is no setting ${quoted(text)}. There are: ${[...Object.keys(settingKeys), 'profile'].join(', ')}`);
	return {ok: true, path: {segments: [...prefix, text], key: text, secret: 'secret' in settingKeys[text]}};
}

/** The value at a path; undefined when it is not set. */
export function valueAt(config: ConfigObject, [first, ...rest]: readonly string[]): unknown {
	const value = first !== undefined && Object.hasOwn(config, first) ? config[first] : undefined;
	if (rest.length === 0) return value;
	return isRecord(value) ? valueAt(value, rest) : undefined;
}

/** The object with another value at a path, the rest shared; `undefined` removes it, and objects this empties go too. */
export function withValueAt(config: ConfigObject, [first = '', ...rest]: readonly string[], value: unknown): ConfigObject {
	const current = Object.hasOwn(config, first) ? config[first] : undefined;
	const next = rest.length === 0 ? value : withValueAt(isRecord(current) ? current : {}, rest, value);
	const removed = next === undefined || (value === undefined && isRecord(next) && Object.keys(next).length === 0);
	const others = Object.entries(config).filter(([key]) => key !== first || !removed);
	if (removed) return Object.fromEntries(others);
	return Object.fromEntries(
		Object.hasOwn(config, first) ? others.map(([key, old]) => [key, key === first ? next : old]) : [...others, [first, next]],
	);
}

function failed(where: string, message: string): ReadPath {
	return {ok: false, problem: usageProblem(where, message)};
}
