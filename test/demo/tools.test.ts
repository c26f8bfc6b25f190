import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runTool} from '../../source/demo/tools.js';
import {toolTroubles} from '../../source/diagnosis/tool-trouble.js';
import {evidenceOf} from '../diagnosis/evidence-of.js';

test('a command for a node, of which there is none, fails in words that a row knows', async () => {
	const {isError, details} = await runTool('exec', {command: 'ls', host: 'node'}, new AbortController().signal, () => undefined);
	assert.ok(isError);
	const failed = {kind: 'tool-failed', layer: 'control', atMs: 0, tool: 'exec', message: String(details['error'])} as const;
	assert.deepEqual(
		toolTroubles(evidenceOf([failed])).map(({cause}) => cause),
		['E01 node.offline'],
	);
});
