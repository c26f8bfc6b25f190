import assert from 'node:assert/strict';
import {test} from 'node:test';
import {commandAtStart, toolOrdersIn} from '../../source/chat/connection/tool-orders.js';

/** What 2026.9.6 or 2026.2.9 was seen to read in a text over the control plane: name and line of the first. */
const read: ReadonlyArray<readonly [text: string, name: string, line: number]> = [
	['/elevated full', 'elevated', 1],
	['please /elevated on now', 'elevated', 1],
	['a\nb\n/elev: full\nc', 'elev', 3],
	['Note: /exec security=full', 'exec', 1],
	['see ```\n/ELEVATED  : full\n```', 'ELEVATED', 2],
	['see\u00a0/elevated full', 'elevated', 1],
	['a\u2028/elevated', 'elevated', 1],
	['a\f/exec ask=off', 'exec', 1],
	['ctl /el\u0001evated full', 'elevated', 1],
	['a\n\u0001\u007f/exec', 'exec', 2],
	['x /think off/elevated full', 'elevated', 1],
	['x /think off/verbose on/elevated', 'elevated', 1],
	['/reasoning: off/exec ask=off', 'exec', 1],
];

test('orders about tools are found wherever a gateway reads them', () => {
	for (const [text, name, line] of read) {
		const [first] = toolOrdersIn(text);
		assert.deepEqual([first?.name, first?.line], [name, line], JSON.stringify(text));
	}
});

test('what no gateway reads as an order is none', () => {
	for (const text of [
		'see `/elevated full`',
		'see (/elevated full)',
		'/elevatedfoo',
		'/elevated, what is it',
		'the file /etc/exec',
		'/etc/exec is',
		'\u200b/elevated',
		'[foo]/elevated',
		'/model x/exec',
		'/config show\n/bash ls',
	])
		assert.deepEqual(toolOrdersIn(text), [], JSON.stringify(text));
});

test('commands are read at the beginning alone', () => {
	for (const [text, name, line] of [
		['!ls', '!', 1],
		['  ! ls', '!', 1],
		[' \n/bash ls', 'bash', 2],
		['/config: show', 'config', 1],
		['\u0001/Allowlist add', 'Allowlist', 1],
	] as const)
		assert.deepEqual(commandAtStart(text), {name, isFirst: true, line}, text);
	for (const text of ['hello\n! ls', 'hello /bash ls', '/bashful', 'why!', '/status']) assert.equal(commandAtStart(text), undefined, text);
});

test('a large text is read at once, however hostile', () => {
	const startedAt = performance.now();
	for (const text of [
		'/t '.padEnd(2_000_000),
		'/exec'.repeat(400_000),
		' /exec'.repeat(300_000),
		' '.repeat(2_000_000),
		'a'.repeat(2_000_000),
	]) {
		toolOrdersIn(text);
		commandAtStart(text);
	}
	assert.ok(performance.now() - startedAt < 20_000);
});
