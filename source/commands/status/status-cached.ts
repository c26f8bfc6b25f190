import {locate} from '../../config/location.js';
import {readRegularFile} from '../../config/regular-file.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import {type LastStatus, noProfile, statusIn, statusOf} from '../../history/last-status-format.js';
import type {CommandContext} from '../command.js';

const defaultMaxAgeS = 60;
const defaultFormat = '{lamp} {profile} {id}';

/**
 * `clawtalk status --cached`: one line out of `last-status.json`, for shell prompts. Reads that file and nothing else. A look that is
 * missing or too old has the lamp `?` and ends with 75: a new look would tell.
 */
export async function showCached({flags, env, stdout, stderr}: CommandContext): Promise<ExitCode> {
	const maxAgeS = typeof flags['maxAge'] === 'number' ? flags['maxAge'] : defaultMaxAgeS;
	if (maxAgeS < 0) {
		stderr.write('clawtalk: --max-age takes seconds, 0 or more. See clawtalk help status.\n');
		return exitCodes.usage;
	}
	const format = typeof flags['format'] === 'string' ? flags['format'] : defaultFormat;
	const gateway = typeof flags['gateway'] === 'string' ? await gatewayAsked(flags['gateway']) : undefined;
	if (gateway?.ok === false) {
		stderr.write(`clawtalk: --gateway: ${gateway.finding.message}. See clawtalk help status.\n`);
		return exitCodes.usage;
	}
	const content = await readKept(locate(env).lastStatusFile);
	const wanted = gateway?.origin ?? wantedProfile(flags, env);
	const kept = gateway ? statusOf(content, gateway.origin) : statusIn(content, wanted);
	const ageS = kept === undefined ? undefined : (Date.now() - Date.parse(kept.at)) / 1000;
	// A moment in the future is a clock that was set: nothing is known then, either.
	const isFresh = ageS !== undefined && ageS <= maxAgeS && ageS > -maxAgeS;
	stdout.write(`${fillIn(format, kept, wanted, ageS, isFresh)}\n`);
	return isFresh && kept ? (kept.exitCode as ExitCode) : exitCodes.temporary;
}

function wantedProfile(flags: CommandContext['flags'], env: CommandContext['env']): string | undefined {
	return typeof flags['profile'] === 'string' ? flags['profile'] : env['CLAWTALK_PROFILE'] || undefined;
}

/** What reads addresses is loaded only where one is given: prompts give none. */
async function gatewayAsked(text: string) {
	return (await import('../../config/gateway-url.js')).readGatewayUrl(text);
}

async function readKept(path: string): Promise<unknown> {
	try {
		return JSON.parse(await readRegularFile(path));
	} catch {
		// Missing, unreadable or cut short: nothing is known, which is what the lamp says.
		return undefined;
	}
}

function fillIn(
	format: string,
	kept: (LastStatus & {readonly profile: string}) | undefined,
	wanted: string | undefined,
	ageS: number | undefined,
	isFresh: boolean,
): string {
	const values: Readonly<Record<string, string>> = {
		lamp: isFresh ? (kept?.ok ? '✓' : '✗') : '?',
		profile: kept?.profile ?? wanted ?? noProfile,
		id: isFresh ? (kept?.id ?? '') : '',
		path: kept?.path ?? '',
		ms: isFresh && kept?.latencyMs !== undefined ? String(kept.latencyMs) : '',
		age: ageS === undefined ? '' : String(Math.max(0, Math.round(ageS))),
		version: kept?.version ?? '',
	};
	return format
		.replace(/\{([a-z]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? plain(values[name] ?? '') : whole))
		.trimEnd();
}

/** One line without control characters, whatever somebody wrote into the file. */
function plain(text: string): string {
	return text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 100);
}
