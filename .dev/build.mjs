import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {build} from 'esbuild';
import {thirdPartyLicenses} from './licenses.mjs';
import {lighterPackages} from './lighter-packages.mjs';

const folder = resolve('dist');

/**
 * Bundles source/cli.ts and all packages it needs into dist/, in pieces that are loaded when they are needed. What is in which piece
 * is written to .build/bundle.json, which test/packaging reads. Resolves to an exit code; mistakes are printed by esbuild.
 */
export async function bundle() {
	const {metafile, outputFiles} = await build(options);
	const misfit = dynamicImportsOfCommonJs(metafile);
	if (misfit.length > 0) {
		process.stderr.write(`${misfit.join('\n')}\n`);
		return 1;
	}
	const licenses = join(folder, 'third-party-licenses.txt');
	for (const {path, contents} of outputFiles) write(path, contents);
	write(licenses, thirdPartyLicenses(metafile));
	write(resolve('.build/bundle.json'), JSON.stringify(metafile));
	const manual = join(folder, 'clawtalk.1');
	write(manual, execFileSync(process.execPath, [join(folder, 'cli.js'), 'help', '--man']));
	await removeOthers(new Set([...outputFiles.map(file => file.path), licenses, manual]));
	return 0;
}

/** Old pieces go after the new ones are written, so that a program that runs meanwhile finds its own. */
async function removeOthers(kept) {
	for (const entry of await readdir(folder, {recursive: true, withFileTypes: true})) {
		const path = join(entry.parentPath, entry.name);
		if (entry.isFile() && !kept.has(path)) rmSync(path);
	}
}

function write(path, contents) {
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, contents);
}

/** Ink loads its development tools only when DEV=true; they are not installed, and the bundle must not look for them. */
const noDevelopmentTools = {
	name: 'no-development-tools',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'empty'}));
		onLoad({filter: /./, namespace: 'empty'}, () => ({contents: 'export default {};'}));
	},
};

const options = {
	entryPoints: ['source/cli.ts'],
	outdir: folder,
	write: false,
	metafile: true,
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.19',
	// Left as they are, such expressions are compiled when first used: \p{RGI_Emoji} takes 13 ms.
	supported: {'regexp-set-notation': true},
	chunkNames: 'chunks/[name]-[hash]',
	minify: true,
	legalComments: 'none',
	define: {
		'process.env.NODE_ENV': '"production"',
		// ws would look for two native helpers that the package does not bring.
		'process.env.WS_NO_BUFFER_UTIL': '"1"',
		'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
	},
	// CommonJS packages in the bundle ask for Node's own modules with `require`.
	banner: {js: "import {createRequire as createRequire_} from 'node:module'; const require = createRequire_(import.meta.url);"},
	plugins: [noDevelopmentTools, lighterPackages],
	logLevel: 'warning',
};

/**
 * In pieces, `import()` of a CommonJS package gives nothing but `default`, and one learns it at run time. Allowed is therefore
 * `const {default: X} = await import('package')`. For more, a module of our own re-exports what is needed
 * (`export {fetch} from 'undici'`) and is itself loaded with `import()`.
 */
function dynamicImportsOfCommonJs({inputs}) {
	return Object.entries(inputs).flatMap(([file, {imports}]) => {
		if (!file.startsWith('source/')) return [];
		const text = readFileSync(file, 'utf8');
		const wrong = imports.filter(
			({path, kind, original}) =>
				kind === 'dynamic-import' &&
				inputs[path]?.format === 'cjs' &&
				!new RegExp(`\\{default: \\w+\\} = await import\\('${original}'\\)`).test(text),
		);
		return wrong.map(({original}) => `${file}: import('${original}') loads CommonJS; re-export it from a module of our own instead.`);
	});
}
