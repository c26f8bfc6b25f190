import {readFile} from 'node:fs/promises';

/** Characters, as a part of a regular expression, that are one grapheme of one cell each and combine with nothing. */
const singles = '\\u0020-\\u007E\\u00A0-\\u00AC\\u00AE-\\u02AF·•…─│┼✗✓❯⚠';

const fewTexts = ['new QuickLRU({ maxSize: 4096 })', 'new QuickLRU({ maxSize: 64 })'];

/**
 * Parts of packages that run while they are loaded and that clawtalk never needs: they are left out of the bundle, because a terminal
 * program is judged by its first 150 ms. Each says what it saves (Node 24, 2 cores). A package that changed so that a part is
 * not found any more stops the build.
 */
const lighter = [
	{
		// meow can read and normalise the package.json of its caller; clawtalk hands it the name. Loading the normaliser sorts all SPDX
		// license corrections: 20 ms of meow's 30.
		file: /meow[\\/]build[\\/]dependencies\.js$/,
		changes: [['var normalizeExports = requireNormalize();', 'var normalizeExports = () => undefined;']],
	},
	{
		// Yoga reads its own WebAssembly out of a data: URL with fetch, which loads the HTTP client inside Node: 40 ms before the first paint.
		file: /yoga-layout[\\/]dist[\\/]binaries[\\/]yoga-wasm-base64-esm\.js$/,
		changes: [
			[
				'"function"!=typeof fetch?Promise.resolve().then(function(){return wa()})',
				'true?Promise.resolve().then(function(){return new Uint8Array(Buffer.from(H.slice(37),"base64"))})',
			],
		],
	},
	{
		// The width of printable ASCII is its length; so it is for Latin letters and the signs that clawtalk draws with, none of which
		// combines. Without this the first `❯` on the screen loads ICU's segmenter and compiles \p{RGI_Emoji}: 27 ms before the first paint.
		file: /string-width[\\/]index\.js$/,
		changes: [
			lazySegmenter('const segmenter = new Intl.Segmenter();'),
			// To read this expression takes 13 ms, even where nothing is ever tried with it.
			[
				'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
				"let emoji; const rgiEmojiRegex = {test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};",
			],
			['if (/^[\\u0020-\\u007E]*$/.test(string)) {', `if (ambiguousIsNarrow && /^[${singles}]*$/.test(string)) {`],
		],
	},
	{file: /wrap-ansi[\\/]index\.js$/, changes: [lazySegmenter('const segmenter = new Intl.Segmenter();')]},
	{
		file: /ink[\\/]build[\\/]line-update\.js$/,
		changes: [lazySegmenter("const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });")],
	},
	// Ink remembers the measures of the last 8,192 texts, and each frame and all that was printed is one: tens of megabytes that nobody asks
	// for again. What is drawn twice is in the last few frames.
	{file: /ink[\\/]build[\\/]measure-text\.js$/, changes: [fewTexts]},
	{file: /ink[\\/]build[\\/]wrap-text\.js$/, changes: [fewTexts]},
	{
		file: /slice-ansi[\\/]tokenize-ansi\.js$/,
		changes: [lateSegmenter("const GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});", 'GRAPHEME_SEGMENTER')],
	},
	{
		file: /ansi-tokenize[\\/]build[\\/]tokenize\.js$/,
		changes: [lazySegmenter('const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });')],
	},
	{
		// Programs are asked for the size of a terminal only where the terminal itself does not tell it.
		file: /terminal-size[\\/]index\.js$/,
		changes: [
			[
				"import {execFileSync} from 'node:child_process';",
				"const execFileSync = (...all) => require('node:child_process').execFileSync(...all);",
			],
		],
	},
	{
		// Most gateways are asked over plain http: node:tls and node:https take 15 ms to load.
		file: /ws[\\/]lib[\\/]websocket\.js$/,
		changes: [
			["const https = require('https');", "const https = {get request() { return require('https').request; }};"],
			["const tls = require('tls');", "const tls = {connect: options => require('tls').connect(options)};"],
		],
	},
];

/** The same segmenter, made when it is first asked: loading ICU's tables takes 12 ms. */
function lateSegmenter(made, name) {
	return [made, `let made; const ${name} = {segment: text => (made ??= new Intl.Segmenter()).segment(text)};`];
}

/** As above, and character by character where that is what graphemes are: cutting with Intl costs Ink a third of a frame. */
function lazySegmenter(made) {
	const instead = `let made; const segmenter = {
		segment: text => /^[\\u001B\\n${singles}]*$/.test(text)
			? Array.from(text, (segment, index) => ({segment, index}))
			: (made ??= new Intl.Segmenter()).segment(text),
	};`;
	return [made, instead];
}

/**
 * Files of packages that are replaced whole. Of undici, clawtalk uses what `source/network/undici.ts` names, over HTTP/1.1 only: mocks,
 * caches, cookies, web sockets, proxies and HTTP/2 stay out, and with them the loading of Node's http2 and tls: 35 ms of undici's 80.
 */
const replaced = [
	{
		file: /undici[\\/]index\.js$/,
		contents: `module.exports = {
			Agent: require('./lib/dispatcher/agent'),
			buildConnector: require('./lib/core/connect'),
			Client: require('./lib/dispatcher/client'),
			fetch: require('./lib/web/fetch').fetch,
			...require('./lib/global'),
		};`,
	},
	{
		file: /undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/,
		contents: `module.exports = () => { throw new Error('HTTP/2 is not in this bundle'); };`,
	},
];

export const lighterPackages = {
	name: 'lighter-packages',
	setup({onLoad}) {
		for (const {file, contents} of replaced) onLoad({filter: file}, () => ({contents, loader: 'js'}));
		for (const {file, changes} of lighter) {
			onLoad({filter: file}, async ({path}) => {
				let contents = await readFile(path, 'utf8');
				for (const [part, instead] of changes) {
					if (contents.split(part).length !== 2) return {errors: [{text: `${path} does not have this part once: ${part}`}]};
					contents = contents.replace(part, () => instead);
				}
				return {contents, loader: 'js'};
			});
		}
	},
};
