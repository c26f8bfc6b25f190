import {open} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import {shown} from '../../config/shown.js';
import {diagnose} from '../../diagnosis/diagnose.js';
import {mostEvidenceBytes, readEvidence} from '../../diagnosis/report/read-evidence.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import type {Checked} from './status-check.js';
import {statusDocument} from './status-document.js';
import {statusExitCode} from './status-exit-code.js';
import {styleFor} from './status-style.js';

/** `--evidence FILE|-`: what evidence from a file means. Reads that file and does no other I/O. */
export async function replay(context: CommandContext): Promise<ExitCode> {
	const {flags, stdout} = context;
	const path = String(flags['evidence']);
	const content = await readBounded(path === '-' ? context.stdin : path);
	const read = content.ok ? readEvidence(content.text) : content;
	if (!read.ok) {
		say(context, `${path === '-' ? 'stdin' : shown(path)} ${read.message}.`);
		return exitCodes.usage;
	}
	const {evidence} = read;
	const checked: Checked = {evidence, findings: diagnose(evidence), agents: [], durationMs: 0};
	if (typeof flags['report'] === 'string') {
		const {exportReport} = await import('./status-export.js');
		return statusExitCode(checked, await exportReport(context, evidence));
	}
	if (flags['json'] === true) {
		stdout.write(`${JSON.stringify(statusDocument(checked, null))}\n`);
	} else if (flags['check'] !== true) {
		const [{statusLines}, style] = await Promise.all([import('./status-text.js'), styleFor(context)]);
		stdout.write(`${statusLines(checked, undefined, {...style, verbose: flags['verbose'] === true}).join('\n')}\n`);
	}
	return statusExitCode(checked);
}

type Bounded = {readonly ok: true; readonly text: string} | {readonly ok: false; readonly message: string};

const tooLarge = {ok: false, message: `is larger than ${mostEvidenceBytes / 1024 / 1024} MB; that is no evidence of clawtalk`} as const;

async function readBounded(from: string | Readable): Promise<Bounded> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		const stream = typeof from === 'string' ? (await open(from, 'r')).createReadStream() : from;
		for await (const chunk of stream) {
			const bytes = Buffer.from(chunk as Uint8Array | string);
			size += bytes.length;
			if (size > mostEvidenceBytes) return tooLarge;
			chunks.push(bytes);
		}
	} catch (error) {
		return {ok: false, message: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`};
	}
	return {ok: true, text: Buffer.concat(chunks).toString('utf8')};
}
