import {type ExitCode, exitCodes} from '../exit-codes.js';
import type {Command, CommandContext} from './command.js';
import {say} from './say.js';

export const explainCommand: Command = {
	name: 'explain',
	summary: 'explain a diagnosis by its id, or an error text',
	usage: ['explain ID…', 'explain "TEXT"', 'explain < LOG', 'explain --last', 'explain'],
	flags: {
		last: {type: 'boolean', help: 'explain the last failure that was met'},
		json: {type: 'boolean', help: 'print one document {schema: "clawtalk.explain/1", …}'},
		noColor: {type: 'boolean', help: 'no colours'},
	},
	commonFlags: ['debug'],
	details: `Works offline and asks no gateway. ID is what status prints in brackets, as N04, in any case, or its name, as net.refused.remote. TEXT is an error of OpenClaw, Node, curl, ssh or a browser, or a line of clawtalk; it is told no surer than the text proves. Of several lines the most telling one counts and the others are named. Without anything: the list of ids.

  clawtalk explain n04
  clawtalk explain "connect ECONNREFUSED 192.0.2.7:18789"
  journalctl --user -u openclaw-gateway -n 50 | clawtalk explain

The exit code is 0 when something was explained, 2 when the id or the text is not known or no failure is on record, 78 when the record cannot be used.`,
	run,
};

async function run(context: CommandContext): Promise<ExitCode> {
	const {input, flags} = context;
	if (flags['last'] === true) {
		if (input.length > 0) return refuse(context, '--last and an argument do not go together. See clawtalk help explain.');
		return (await import('./explain/explain-last.js')).explainLast(context);
	}
	const {explainIds, explainText, listIds} = await import('./explain/explain-print.js');
	const words = input.filter(word => word !== '-');
	if (words.length > 0) {
		const {idsIn} = await import('./explain/explain-ids.js');
		const ids = idsIn(words);
		return ids ? explainIds(context, ids) : explainText(context, words.join(' '));
	}
	const text = input.includes('-') || !context.stdin.isTTY ? await readText(context) : '';
	if (typeof text !== 'string') return refuse(context, `stdin cannot be read (${text.code}).`);
	if (text.trim() !== '') return explainText(context, text);
	if (input.includes('-')) return refuse(context, 'There is nothing on stdin to explain.');
	return listIds(context);
}

function refuse(context: CommandContext, message: string): ExitCode {
	say(context, message);
	return exitCodes.usage;
}

/** What is kept of a piped text, in characters: its end, where the cause stands in a log. */
const keptText = 262_144;

/** All of stdin, or its end; the code of the system error when it cannot be read, e.g. `EISDIR`. */
async function readText({stdin, signal}: CommandContext): Promise<string | {readonly code: string}> {
	const decoder = new TextDecoder();
	let text = '';
	const end = () => stdin.destroy();
	signal.addEventListener('abort', end, {once: true});
	try {
		for await (const chunk of stdin) {
			text += typeof chunk === 'string' ? chunk : decoder.decode(chunk as Uint8Array, {stream: true});
			if (text.length > 2 * keptText) text = text.slice(-keptText);
		}
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (!signal.aborted && code !== undefined) return {code};
		// Ended from outside: what came so far is explained.
		if (!signal.aborted) throw error;
	} finally {
		signal.removeEventListener('abort', end);
	}
	return text;
}
