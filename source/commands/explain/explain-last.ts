import {alternativeLines, diagnosisLines, noteLines} from '../../components/connection-report.js';
import {locate} from '../../config/location.js';
import {openRegularFile} from '../../config/regular-file.js';
import {diagnose} from '../../diagnosis/diagnose.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {mostEvidenceBytes, readEvidence} from '../../diagnosis/report/read-evidence.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {momentInWords} from '../since-words.js';
import {styleFor} from '../status/status-style.js';
import {failureDocument} from './explain-document.js';

/** Explains the evidence that the last failed command or chat left behind, with the rules of today and without a network. */
export async function explainLast(context: CommandContext): Promise<ExitCode> {
	const {lastFailureFile} = locate(context.env);
	const content = await readBounded(lastFailureFile);
	if (content === undefined) {
		say(context, 'No failure is on record. To look at the connection now: clawtalk status');
		return exitCodes.usage;
	}
	const read = typeof content === 'string' ? readEvidence(content) : content;
	if (!read.ok) {
		say(context, `${lastFailureFile} ${read.message}. It is left as it is.`);
		return exitCodes.configuration;
	}
	await print(context, read.evidence);
	return exitCodes.ok;
}

async function print(context: CommandContext, evidence: Evidence): Promise<void> {
	const findings = diagnose(evidence);
	if (context.flags['json'] === true) {
		context.stdout.write(`${JSON.stringify(failureDocument(findings, evidence))}\n`);
		return;
	}
	const style = await styleFor(context);
	const {primary} = findings;
	const lines = [
		`The last failure, at ${momentInWords(evidence.at, new Date().toISOString())}, with ${evidence.target.origin}:`,
		...(primary
			? diagnosisLines(primary, evidence, {...style, verbose: true})
			: ['Nothing in it is a failure by what clawtalk knows today.']),
		...alternativeLines(findings, evidence, style),
		...noteLines(findings, evidence, style),
	];
	context.stdout.write(`${lines.join('\n')}\n`);
}

/** The file's text; undefined when there is none; why it cannot be used otherwise. */
async function readBounded(file: string): Promise<string | {readonly ok: false; readonly message: string} | undefined> {
	try {
		const handle = await openRegularFile(file);
		try {
			const {size} = await handle.stat();
			return size > mostEvidenceBytes ? {ok: false, message: 'is too large'} : await handle.readFile('utf8');
		} finally {
			await handle.close();
		}
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		return code === 'ENOENT' ? undefined : {ok: false, message: `cannot be read: ${code ?? message}`};
	}
}
