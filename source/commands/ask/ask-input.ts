import {fstatSync} from 'node:fs';
import type {CommandContext} from '../command.js';
import type {QuestionPart} from './ask-orders.js';

/** Question and stdin together; a gateway takes 20 MB in one request, JSON escapes and images included. */
export const maxTextBytes = 8 * 1024 * 1024;

export type AskInput =
	| {readonly ok: true; readonly text: string; readonly parts: readonly QuestionPart[]; readonly notes: readonly string[]}
	| Refused;

interface Refused {
	/** One line for stderr; the exit code is `usage`. */
	readonly ok: false;
	readonly message: string;
}

export interface InputOptions {
	/** False with `--no-stdin`. */
	readonly readStdin: boolean;
	/** What kind of thing stdin is; default: asked of the system. */
	readonly stdinKind?: StdinKind;
	/** Called once when stdin has been silent for one second and there is a question already. */
	readonly onSilence: () => void;
}

export type StdinKind = 'terminal' | 'pipe-or-file' | 'other';

/**
 * The text of the question. Arguments come first, what is piped in follows in a marked block; `-`, or no argument at all, makes stdin
 * the question. Beside an argument stdin is read only when it is a pipe or a file: not a terminal, not /dev/null.
 */
export async function readQuestion(context: Pick<CommandContext, 'input' | 'stdin' | 'signal'>, options: InputOptions): Promise<AskInput> {
	const words = context.input.filter(word => word !== '-');
	const argument = words.join(' ').trim();
	const asked = context.input.includes('-');
	const kind = options.stdinKind ?? kindOfStdin(context.stdin);
	if (asked && !options.readStdin) return {ok: false, message: '- and --no-stdin contradict each other.'};
	const read = asked || (options.readStdin && (argument === '' ? kind !== 'terminal' : kind === 'pipe-or-file'));
	const asArgument: QuestionPart = {where: 'the question', text: argument};
	if (!read) return argument === '' ? noQuestion() : {ok: true, text: argument, parts: [asArgument], notes: []};
	const piped = await readAll(context, argument === '' ? undefined : options.onSilence);
	if (!piped.ok) return piped;
	const text = combine(argument, piped.text);
	const parts = [asArgument, {where: 'stdin', text: piped.text}].filter(part => part.text.trim() !== '');
	return text === '' ? noQuestion() : {ok: true, text, parts, notes: piped.notes};
}

function noQuestion(): Refused {
	return {ok: false, message: 'There is no question. Give it as an argument or pipe it in; see clawtalk help ask.'};
}

function combine(argument: string, piped: string): string {
	const content = piped.replace(/\s+$/, '');
	if (argument === '') return content.trim() === '' ? '' : content;
	return content.trim() === '' ? argument : `${argument}\n\n<stdin>\n${content}\n</stdin>`;
}

/** Sockets count as pipes: a parent written in Node connects its children by socket pairs. */
function kindOfStdin(stdin: {readonly isTTY?: boolean}): StdinKind {
	if (stdin.isTTY) return 'terminal';
	try {
		const stat = fstatSync(0);
		return stat.isFIFO() || stat.isFile() || stat.isSocket() ? 'pipe-or-file' : 'other';
	} catch {
		// stdin is closed, as under some service managers: there is nothing to read.
		return 'other';
	}
}

const silenceMs = 1000;

interface Piped {
	readonly ok: true;
	readonly text: string;
	readonly notes: readonly string[];
}

async function readAll({stdin, signal}: Pick<CommandContext, 'stdin' | 'signal'>, onSilence?: () => void): Promise<Piped | Refused> {
	const chunks: Buffer[] = [];
	let size = 0;
	const timer = onSilence ? setTimeout(onSilence, silenceMs) : undefined;
	const stop = () => stdin.destroy();
	signal.addEventListener('abort', stop, {once: true});
	try {
		for await (const chunk of stdin) {
			clearTimeout(timer);
			const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
			if (bytes.includes(0))
				return {ok: false, message: 'stdin is binary (it has a NUL byte); only text can be asked about. For an image: --image FILE.'};
			size += bytes.length;
			if (size > maxTextBytes)
				return {ok: false, message: `stdin is larger than ${maxTextBytes / 1024 / 1024} MiB, more than a gateway takes.`};
			chunks.push(bytes);
		}
	} catch (error) {
		if (signal.aborted) return {ok: false, message: 'Cancelled.'};
		return {ok: false, message: `stdin cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`};
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
	}
	const {text, replaced} = decodeText(Buffer.concat(chunks));
	return {ok: true, text, notes: replaced ? ['stdin is not all UTF-8; what is not was replaced by U+FFFD.'] : []};
}

/** UTF-8 without a byte order mark; bytes that are none become U+FFFD, and that is said. */
export function decodeText(bytes: Uint8Array): {readonly text: string; readonly replaced: boolean} {
	const text = new TextDecoder().decode(bytes);
	return {text, replaced: text.includes('\uFFFD') && !Buffer.from(text).equals(Buffer.from(bytes))};
}
