import {relative} from 'node:path';
import process from 'node:process';

/**
 * Loaded before each test file (`--import`). The runner's own limit ends a test, but not a file in which something stays open when
 * its tests are over: such a file would never end, and nobody would know why. The timer itself holds nothing.
 */
const {TEST_FILE_LIMIT_MS: limitMs, NODE_TEST_CONTEXT: context} = process.env;
// What a test starts inherits the environment, but is no test file.
if (context !== undefined) setTimeout(giveUp, Number(limitMs)).unref();

function giveUp() {
	const file = relative('.', process.argv[1] ?? '');
	process.stderr.write(`${file} does not end. Still open: ${process.getActiveResourcesInfo().join(', ') || 'nothing'}\n`);
	process.exit(1);
}
