import {locate} from '../../config/location.js';
import type {Settings} from '../../config/settings.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {exitCodes} from '../../exit-codes.js';
import type {CommandContext} from '../command.js';
import type {AskResult} from './ask-result.js';

/**
 * Keeps what a question showed of the connection: each failure, and the first success after one. Called when everything has been
 * printed, and loaded then: an answer that follows another answer costs a look for one small file.
 */
export async function rememberQuestion(
	{env, signal, debug}: CommandContext,
	{profile}: Settings,
	evidence: Evidence,
	{exitCode, diagnoses}: AskResult,
): Promise<void> {
	if (signal.aborted) return;
	const failed = diagnoses.some(({severity}) => severity === 'error');
	const locations = locate(env);
	if (!failed && (exitCode !== exitCodes.ok || !(await failedBefore(locations.lastStatusFile, evidence.target.origin)))) return;
	const {openConnectionMemory} = await import('../../history/connection-memory.js');
	await openConnectionMemory(locations, Date.now, debug).remember({evidence, by: 'ask', profile});
}

async function failedBefore(path: string, origin: string): Promise<boolean> {
	const [{readRegularFile}, {statusOf}] = await Promise.all([
		import('../../config/regular-file.js'),
		import('../../history/last-status-format.js'),
	]);
	try {
		return statusOf(JSON.parse(await readRegularFile(path)), origin)?.ok === false;
	} catch {
		// Missing, or not to be understood: whoever writes it next keeps it aside.
		return false;
	}
}
