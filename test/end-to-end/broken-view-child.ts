import {join} from 'node:path';
import {crash} from '../../source/commands/chat/crash-report.js';
import {runFullChat} from '../../source/commands/chat/full-chat.js';
import {screenWishes} from '../../source/commands/chat/screen-wishes.js';
import {openDemoGateway} from '../../source/commands/demo/demo-target.js';
import {startDemoGateway} from '../../source/demo/server.js';

/** A chat whose status line throws as soon as `!` is typed. The first argument is its home. */
const [home = ''] = process.argv.slice(2);
const demo = await startDemoGateway({token: 'demo-token-1234'});
let isBroken = false;
const context = {
	input: [],
	flags: {},
	env: process.env,
	stdin: process.stdin,
	stdout: process.stdout,
	stderr: process.stderr,
	signal: new AbortController().signal,
	debug: () => undefined,
};
const place = {
	profile: 'broken',
	origin: demo.origin,
	get path() {
		if (isBroken) throw new Error('a view is broken');
		return 'loopback';
	},
};
process.stdin.on('data', data => {
	isBroken ||= String(data).includes('!');
});
await runFullChat(
	context,
	{
		openGateway: async () => openDemoGateway(demo),
		openProfile: async () => ({ok: false, problem: 'none here'}),
		place,
		home: join(home, '.clawtalk'),
	},
	screenWishes(context),
).catch(crash);
