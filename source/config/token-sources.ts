import {readFile, stat} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import {Secret} from '../diagnosis/redact.js';
import {readLine} from './line-input.js';
import {configProblem, usageProblem} from './problem-line.js';
import type {ConfigProblem, TokenSetting} from './settings.js';
import {quoted, shown} from './shown.js';
import type {TokenCandidate} from './token-candidates.js';
import {readTokenText} from './token-text.js';

const largestBytes = 64 * 1024;

export type TokenResult = {readonly token: TokenSetting; readonly corrections: readonly string[]} | {readonly problem: ConfigProblem};

/** Reads the chosen token where it is: text, `--token-file`, or stdin for `--token -`. Commands and questions are left for later. */
export async function readToken(
	candidate: TokenCandidate,
	world: {readonly stdin?: Readable & {isTTY?: boolean}; readonly stdinIsTTY: boolean},
): Promise<TokenResult> {
	const {from} = candidate;
	switch (from.kind) {
		case 'text':
			return tokenOf(candidate, from.text, false);
		case 'file':
			return readTokenFile(candidate, from.path);
		case 'command':
			return {token: settingOf(candidate, {kind: 'command', argv: from.argv}), corrections: []};
		case 'stdin':
			if (world.stdin?.isTTY) return askLater(candidate, world.stdinIsTTY);
			if (world.stdin) return tokenOf(candidate, (await readLine(world.stdin, largestBytes)) ?? '', true);
			return {problem: usageProblem('--token -', 'stdin is taken by the question. Use --token-file FILE or CLAWTALK_GATEWAY_TOKEN.')};
		case 'ask':
			return askLater(candidate, world.stdinIsTTY);
	}
}

function askLater(candidate: TokenCandidate, canAsk: boolean): TokenResult {
	if (canAsk) return {token: settingOf(candidate, {kind: 'ask'}), corrections: []};
	return {problem: usageProblem('--token', 'there is no terminal to ask on. Use --token-file FILE, --token - or CLAWTALK_GATEWAY_TOKEN.')};
}

async function readTokenFile(candidate: TokenCandidate, path: string): Promise<TokenResult> {
	try {
		const found = await stat(path);
		if (found.isFile() && found.size > largestBytes) {
			return {problem: configProblem('--token-file', `${quoted(path)} is larger than 64 KiB; that is no token.`)};
		}
		return tokenOf(candidate, await readFile(path, 'utf8'), true);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
		return {problem: configProblem('--token-file', `${quoted(path)} cannot be read (${code}).`)};
	}
}

/** A token text of any source as a setting, or what is wrong with it. */
export function tokenOf(candidate: Omit<TokenCandidate, 'from'>, text: string, lineEndIsNormal: boolean): TokenResult {
	const read = readTokenText(text, lineEndIsNormal);
	const where = tokenPlace(candidate);
	if (!read.ok) return {problem: configProblem(where, read.message, read.row)};
	const token = settingOf(candidate, {kind: 'secret', secret: new Secret(read.token)});
	const said = read.token.length < fewestHidden ? [...read.corrections, tooShort] : read.corrections;
	return {token, corrections: said.map(correction => `${where}: ${correction}.`)};
}

/** Characters of a token that is taken out of every text, wherever it stands. */
const fewestHidden = 4;
const tooShort = 'the token has fewer than 4 characters; one so short is soon guessed, and cannot be hidden wherever a message has it';

/** What a token's source is called in messages. */
function tokenPlace({source}: Pick<TokenCandidate, 'source'>): string {
	if (source.kind === 'flag' || source.kind === 'environment') return source.name;
	if (source.kind === 'default') return 'token';
	return `${source.profile === undefined ? '' : `profiles.${source.profile}.`}gatewayToken in ${shown(source.path)}`;
}

function settingOf(candidate: Omit<TokenCandidate, 'from'>, value: TokenSetting['value']): TokenSetting {
	const {source, belongsTo, insisted} = candidate;
	return {source, belongsTo, ...(insisted ? {insisted} : {}), value};
}
