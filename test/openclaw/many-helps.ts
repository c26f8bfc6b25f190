import {pathToFileURL} from 'node:url';

/**
 * A program: asks one OpenClaw for the help of many commands, in one process. Every process of 2026.2.9 computes for four seconds before
 * it answers; what it loads is loaded once here. Arguments: its script, and the commands as JSON, each a list of words. Prints a list
 * of the helps as JSON. 2026.9.6 does not run when it is imported; it is quick enough by itself.
 */
const [script = '', asked = '[]'] = process.argv.slice(2);
const print = process.stdout.write.bind(process.stdout);

/** What it prints until it asks to exit, as it does after a help. */
async function helpOf(words: readonly string[], run: number): Promise<string> {
	let printed = '';
	const collect: typeof process.stdout.write = (chunk: Uint8Array | string) => {
		printed += String(chunk);
		return true;
	};
	process.stdout.write = collect;
	process.stderr.write = collect;
	process.argv = [process.execPath, script, ...words];
	const ended = new Promise<void>(resolve => {
		process.exit = () => {
			resolve();
			throw new Error('It may not exit: there is more to ask.');
		};
	});
	// Its entry runs what process.argv says when it is loaded; another query is another module, and the rest is loaded already.
	await import(`${new URL('dist/entry.js', pathToFileURL(script)).href}?${run}`);
	await ended;
	return printed;
}

const exit = process.exit.bind(process);
const helps: string[] = [];
for (const [run, words] of (JSON.parse(asked) as string[][]).entries()) helps.push(await helpOf(words, run));
print(JSON.stringify(helps), () => exit(0));
