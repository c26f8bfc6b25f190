import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import {type FreshHome, freshHome} from '../helpers/fresh-home.js';

const program = fileURLToPath(new URL('../../source/cli.js', import.meta.url));

/** Runs clawtalk in a real terminal; each answer is typed when its question is on the screen. */
function inTerminal(
	home: FreshHome,
	args: readonly string[],
	answers: ReadonlyArray<readonly [string, string]>,
): Promise<{code: number; screen: string}> {
	return new Promise(resolve => {
		const terminal = spawn(process.execPath, [program, ...args], {cols: 200, rows: 30, env: {...home.env, TERM: 'xterm'}});
		const left = [...answers];
		let screen = '';
		let seen = 0;
		terminal.onData(data => {
			screen += data;
			const [next] = left;
			if (next === undefined || !screen.slice(seen).includes(next[0])) return;
			seen = screen.length;
			left.shift();
			terminal.write(next[1]);
		});
		terminal.onExit(({exitCode}) => resolve({code: exitCode, screen}));
	});
}

test('a secret typed in a real terminal is stored and never on the screen', async t => {
	const home = freshHome(t);
	const {code, screen} = await inTerminal(home, ['config', 'set', 'gatewayToken'], [['(hidden):', 'sesame-x\u007f0123\r']]);
	assert.equal(code, 0);
	assert.deepEqual(JSON.parse(readFileSync(home.configFile, 'utf8')), {gatewayToken: 'sesame-0123'});
	assert.equal(screen, `gatewayToken (hidden): \r\nclawtalk: gatewayToken is set in ${home.configFile}.\r\n`);
});

test('Ctrl+C at a hidden and at a visible question gives 130', async t => {
	const home = freshHome(t);
	const hidden = await inTerminal(home, ['config', 'set', 'gatewayToken'], [['(hidden):', 'half\u0003']]);
	assert.deepEqual([hidden.code, existsSync(home.configFile)], [130, false]);
	const visible = await inTerminal(home, ['config', 'set', 'gatewayUrl', 'http://192.168.1.5:18789'], [['[y/N]', '\u0003']]);
	assert.equal(visible.code, 130);
	assert.doesNotMatch(hidden.screen, /half/);
});
