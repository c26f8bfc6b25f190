'use strict';
// Runs a developer's task on a Node that can: `node .dev/run.cjs TASK [ARGUMENT…]`. Parsed by whatever Node is at hand, back to 12.
var fetchNode = require('./fetch-node.cjs');

if (fetchNode.isRecent(process.versions.node)) {
	import('./tasks.mjs')
		.then(function (tasks) {
			return tasks.runTask(process.argv[2], process.argv.slice(3));
		})
		.then(setExitCode, fail);
} else {
	fetchNode.installNode().then(runAgain).then(setExitCode, fail);
}

/** The same task on the fetched Node, which is also first on the PATH of everything the task starts. */
function runAgain(node) {
	var path = require('path');
	var env = Object.assign({}, process.env, {PATH: path.dirname(node) + path.delimiter + process.env.PATH});
	return fetchNode.runProgram(node, [__filename].concat(process.argv.slice(2)), {env: env});
}

function setExitCode(code) {
	process.exitCode = code;
}

function fail(error) {
	process.stderr.write((error && error.stack ? error.stack : String(error)) + '\n');
	process.exitCode = 1;
}
