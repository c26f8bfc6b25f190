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
	var folder = enableCompileCache ? folderForCompiledCode() : null;
	if (folder !== null) enableCompileCache(folder);
	import('../dist/cli.js');
}

/**
 * Node keeps compiled code in the folder for temporary files, which all users may share, and runs what it finds there: whoever made the
 * folder first could put code into it. So it has to be ours, and nobody else's to write to; else another one is made. Undefined: Node's own
 * choice, which the user made, or which is not shared (Windows). Null: none can be used.
 */
function folderForCompiledCode() {
	if (!process.getuid || process.env.NODE_COMPILE_CACHE) return undefined;
	var name = path.join(require('os').tmpdir(), 'node-compile-cache');
	if (isOurs(name)) return name;
	return isOurs(name + '-' + process.getuid()) ? name + '-' + process.getuid() : null;
}

/** Whether there is such a folder now that only this user can write to. */
function isOurs(folder) {
	try {
		fs.mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		if (error.code !== 'EEXIST') return false;
	}
	var stats = fs.lstatSync(folder, {throwIfNoEntry: false});
	return stats !== undefined && stats.isDirectory() && stats.uid === process.getuid() && (stats.mode & 0o022) === 0;
}

if (nodeIsTooOld()) fail(explainOldNode(), tooOld);
else start();
