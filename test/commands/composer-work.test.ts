import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {createComposerWork} from '../../source/commands/chat/composer-work.js';
import {freshHome} from '../helpers/fresh-home.js';

const config = {
	gatewayUrl: 'http://127.0.0.1:18789',
	defaultModel: 'p/top',
	profiles: {
		home: {gatewayUrl: 'https://me:hunter2@home.example/claw', gatewayToken: 'token-of-home-0123456789', defaultModel: 'p/home'},
		work: {gatewayUrl: 'http://10.0.0.2:18789', gatewayTokenCommand: ['/bin/false']},
	},
};

test('models and profiles are those of the configuration, without their secrets', async context => {
	const home = freshHome(context);
	home.writeConfig(config);
	const work = createComposerWork({env: home.env});
	assert.deepEqual(
		(await work.models()).map(({text}) => text),
		['p/top', 'p/home', 'default'],
	);
	assert.deepEqual(await work.profiles(), [
		{text: 'home', description: 'https://home.example'},
		{text: 'work', description: 'http://10.0.0.2:18789'},
	]);
});

test('a profile is described without its token command being run; one that there is not is named', async context => {
	const home = freshHome(context);
	home.writeConfig({profiles: {work: config.profiles.work}});
	const work = createComposerWork({env: home.env});
	assert.deepEqual(await work.describeProfile('work'), {ok: true, gateway: 'http://10.0.0.2:18789 (LAN)'});
	const unknown = await work.describeProfile('wrok');
	assert.match(unknown.ok ? '' : unknown.problem, /no profile.*wrok.*work/);
});

test('a choice is saved beside its gateway and taken out again; other keys stay', async context => {
	const home = freshHome(context);
	home.writeConfig({gatewayUrl: 'http://127.0.0.1:18789', profiles: {work: {gatewayUrl: 'http://10.0.0.2:18789'}}});
	const work = createComposerWork({env: home.env});
	assert.match(await work.saveChoice('defaultAgent', 'ops', 'work'), /^defaultAgent ops is saved in profile work in /);
	assert.match(await work.saveChoice('defaultModel', 'p/m', undefined), /^defaultModel p\/m is saved in /);
	const read = () => JSON.parse(readFileSync(home.configFile, 'utf8'));
	assert.deepEqual(read(), {
		gatewayUrl: 'http://127.0.0.1:18789',
		profiles: {work: {gatewayUrl: 'http://10.0.0.2:18789', defaultAgent: 'ops'}},
		defaultModel: 'p/m',
	});
	assert.match(await work.saveChoice('defaultAgent', undefined, 'work'), /^defaultAgent was taken out of profile work/);
	assert.equal(read().profiles.work.defaultAgent, undefined);
});

test('a theme is saved for all profiles, but in the profile that has one of its own', async context => {
	const home = freshHome(context);
	const theme = {gatewayUrl: 'http://10.0.0.2:18789', theme: 'light'};
	home.writeConfig({profiles: {work: {gatewayUrl: 'http://10.0.0.1:18789'}, home: theme}});
	const work = createComposerWork({env: home.env});
	assert.match(await work.saveChoice('theme', 'dark', 'work'), /^theme dark is saved in \S*config\.json, for chats from now on\.$/);
	assert.match(await work.saveChoice('theme', 'none', 'home'), /^theme none is saved in profile home in /);
	const {theme: top, profiles} = JSON.parse(readFileSync(home.configFile, 'utf8'));
	assert.deepEqual([top, profiles.home.theme, profiles.work.theme], ['dark', 'none', undefined]);
});

test('a configuration that cannot be read is not written', async context => {
	const home = freshHome(context);
	home.writeConfig('{ broken');
	const work = createComposerWork({env: home.env});
	assert.match(await work.saveChoice('defaultAgent', 'ops', undefined), /^Not saved: /);
	assert.equal(readFileSync(home.configFile, 'utf8'), '{ broken');
	assert.deepEqual(await work.profiles(), []);
});
