import {readFile} from 'node:fs/promises';

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
		part: 'var normalizeExports = requireNormalize();',
		instead: 'var normalizeExports = () => undefined;',
	},
	{
		// Yoga reads its own WebAssembly out of a data: URL with fetch, which loads the HTTP client inside Node: 40 ms before the first paint.
		// Without fetch it decodes the same text directly.
		file: /yoga-layout[\\/]dist[\\/]binaries[\\/]yoga-wasm-base64-esm\.js$/,
		part: '"function"!=typeof fetch?Promise.resolve()',
		instead: 'true?Promise.resolve()',
	},
];

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
		for (const {file, part, instead} of lighter) {
			onLoad({filter: file}, async ({path}) => {
				const text = await readFile(path, 'utf8');
				if (text.split(part).length !== 2) return {errors: [{text: `${path} does not have the part once: ${part}`}]};
				return {contents: text.replace(part, () => instead), loader: 'js'};
			});
		}
	},
};
