import {createFileFinder} from '../../attachments/find-files.js';
import {readFileToSend} from '../../attachments/read-file.js';
import type {CompletionItem} from '../../chat/composer/completion.js';
import {loadSettings} from '../../config/load.js';
import {homeOf, locate} from '../../config/location.js';
import {problemLine} from '../../config/problem-line.js';
import {type ConfigObject, readConfigFile} from '../../config/read.js';
import {isRecord} from '../../config/schema.js';
import {shown} from '../../config/shown.js';
import type {ComposerWork} from '../../perform/composer-work.js';
import type {CommandContext} from '../command.js';
import {placeOf} from './place-of.js';

export interface ComposerWorkOptions {
	readonly env: CommandContext['env'];
	/** clawtalk's own folder; absent where nothing is kept. */
	readonly home?: string;
	/** There is no configuration that it may look into (the demo). */
	readonly isApart?: boolean;
}

/** What the composer needs of the disk: files from the current folder on, and what the configuration names. */
export function createComposerWork({env, home, isApart = false}: ComposerWorkOptions): ComposerWork {
	const userHome = homeOf(env);
	const folder = process.cwd();
	const places = async () => (isApart ? [] : placesOf(await readConfig(env)));
	return {
		files: createFileFinder(folder, userHome),
		readFile: path => readFileToSend(path, folder, userHome),
		async models() {
			const named = (await places()).flatMap(({name, values}) => {
				const model = values['defaultModel'];
				return typeof model === 'string' ? [{text: model, description: `of ${name ?? 'the configuration'}`}] : [];
			});
			const models = new Map(named.map(item => [item.text, item]));
			return [...models.values(), {text: 'default', description: 'the agent chooses'}];
		},
		async profiles() {
			const found = (await places()).flatMap(({name, values}) => (name === undefined ? [] : [profileItem(name, values)]));
			return found;
		},
		async conversations() {
			if (home === undefined) return [];
			const {listConversations} = await import('../../transcripts/list-conversations.js');
			const found = await listConversations(home).catch(() => []);
			return found.map(({id, name, title}) => ({text: name ?? id, ...(name === undefined && {label: title}), description: title}));
		},
		async describeProfile(name) {
			if (isApart) return {ok: false, problem: 'The demo has no profiles; run clawtalk without demo to use yours.'};
			const result = await loadSettings({flags: {profile: name}, env, stdinIsTTY: false});
			if (!result.ok)
				return {ok: false, problem: result.problems.map(problem => problemLine(problem).replace(/^clawtalk: /, '')).join(' ')};
			const {origin, addressClass} = result.settings;
			const {path} = placeOf(origin.value, addressClass);
			return {ok: true, gateway: `${origin.value} (${path})`};
		},
		saveChoice: (setting, value, profile) =>
			isApart ? Promise.resolve('Nothing was saved: this is the demo.') : saveSetting(env, setting, value, profile),
	};
}

interface ConfigPlace {
	/** Absent for the top level. */
	readonly name?: string;
	readonly values: ConfigObject;
}

async function readConfig(env: CommandContext['env']): Promise<ConfigObject> {
	const file = await readConfigFile(locate(env).configFile);
	return file.kind === 'object' ? file.value : {};
}

function placesOf(config: ConfigObject): readonly ConfigPlace[] {
	const profiles = isRecord(config['profiles']) ? Object.entries(config['profiles']) : [];
	return [{values: config}, ...profiles.flatMap(([name, values]) => (isRecord(values) ? [{name, values}] : []))];
}

/** The address without what may be secret in it. */
function profileItem(name: string, values: ConfigObject): CompletionItem {
	const url = values['gatewayUrl'];
	if (typeof url !== 'string' || !URL.canParse(url)) return {text: name};
	const {protocol, host} = new URL(url);
	return {text: name, description: `${protocol}//${host}`};
}

async function saveSetting(
	env: CommandContext['env'],
	setting: string,
	value: string | undefined,
	profile: string | undefined,
): Promise<string> {
	const {saveConfig} = await import('../../config/save.js');
	const locations = locate(env);
	let isOfProfile = false;
	const saved = await saveConfig(locations, config => {
		const profiles = isRecord(config['profiles']) ? config['profiles'] : {};
		const values = profile !== undefined && isRecord(profiles[profile]) ? profiles[profile] : {};
		// Colours belong to the terminal, unless the profile has its own already.
		isOfProfile = profile !== undefined && (setting !== 'theme' || 'theme' in values);
		if (profile === undefined || !isOfProfile) return withSetting(config, setting, value);
		return {...config, profiles: {...profiles, [profile]: withSetting(values, setting, value)}};
	});
	if (!saved.ok) return `Not saved: ${saved.problem.where} ${saved.problem.message}`;
	const place = `${isOfProfile ? `profile ${profile} in ` : ''}${shown(locations.configFile)}`;
	const from = setting === 'theme' ? 'chats from now on' : 'new conversations';
	return value === undefined ? `${setting} was taken out of ${place}.` : `${setting} ${value} is saved in ${place}, for ${from}.`;
}

function withSetting(values: ConfigObject, setting: string, value: string | undefined): ConfigObject {
	const {[setting]: _before, ...rest} = values;
	return value === undefined ? rest : {...values, [setting]: value};
}
