#!/usr/bin/env node
// Parsed by whatever Node is at hand, back to 12.16: no syntax and no module that is younger.
var fs = require('fs');
var path = require('path');

var neededMajor = 22;
var neededMinor = 19;
/** The exit code for a Node that is too old, as in source/exit-codes.ts. */
var tooOld = 76;

/** One line: what is needed and how to get it. */
function explainOldNode() {
	var need = 'clawtalk needs Node ' + neededMajor + '.' + neededMinor + ' or later and this is ' + process.versions.node + '.';
	// `npx -p node@24 -p clawtalk` puts both packages in one folder. The node package gets its program in an install script.
	if (fs.existsSync(path.join(__dirname, '..', '..', 'node', 'package.json'))) {
		return (
			need +
			' The npm package node is installed beside it, but without its program, because npm did not run its install script' +
			' (--ignore-scripts, or ignore-scripts in an .npmrc). Run: npx --ignore-scripts=false -y -p node@24 -p clawtalk clawtalk'
		);
	}
	return need + ' Run it with a newer one: npx -y -p node@24 -p clawtalk clawtalk';
}

function nodeIsTooOld() {
	var parts = process.versions.node.split('.').map(Number);
	return parts[0] < neededMajor || (parts[0] === neededMajor && parts[1] < neededMinor);
}

/** Sets the exit code and lets the process end by itself, so that a pipe gets the whole line. */
function fail(line, code) {
	process.stderr.write(line + '\n');
	process.exitCode = code;
}

function start() {
	var entry = path.join(__dirname, '..', 'dist', 'cli.js');
	if (!fs.existsSync(entry)) {
		return fail('clawtalk is not built: ' + entry + ' is missing. In a checkout run: npm ci && npm run build', 1);
	}
	process.env.NODE_ENV = 'production';
	var enableCompileCache = require('module').enableCompileCache;
	if (enableCompileCache) enableCompileCache();
	import('../dist/cli.js');
}

if (nodeIsTooOld()) fail(explainOldNode(), tooOld);
else start();
