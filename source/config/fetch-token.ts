import type {Secret} from '../diagnosis/redact.js';
import {interrupted, usageProblem} from './problem-line.js';
import type {ResolveContext} from './resolve-target.js';
import type {ConfigProblem, TokenSetting} from './settings.js';
import {tokenOf} from './token-sources.js';

export type FetchedToken = {readonly secret: Secret; readonly corrections: readonly string[]} | {readonly problem: ConfigProblem};

/** The token itself, at the moment it is needed: asks for it, or runs the token command of a config file that may name one. */
export async function fetchToken(
	token: TokenSetting,
	context: Pick<ResolveContext, 'askHidden' | 'attended' | 'env' | 'signal'>,
): Promise<FetchedToken> {
	const {value} = token;
	switch (value.kind) {
		case 'secret':
			return {secret: value.secret, corrections: []};
		case 'ask': {
			if (context.askHidden === undefined) return {problem: usageProblem('--token', 'there is no terminal to ask on.')};
			const text = await context.askHidden('Gateway token (hidden): ');
			return text === undefined ? {problem: interrupted('--token')} : secretOf(token, text);
		}
		case 'command': {
			const {commandForbidden, runTokenCommand} = await import('./token-command.js');
			const forbidden = token.source.kind === 'file' ? await commandForbidden(token.source.path) : undefined;
			if (forbidden) return {problem: forbidden};
			const canType = context.askHidden !== undefined;
			const terminal = {canType, attended: context.attended ?? canType};
			const output = await runTokenCommand(value.argv, {...terminal, env: context.env, signal: context.signal});
			return output.ok ? secretOf(token, output.line) : {problem: output.problem};
		}
	}
}

function secretOf(token: TokenSetting, text: string): FetchedToken {
	const read = tokenOf(token, text, true);
	if ('problem' in read) return read;
	if (read.token.value.kind !== 'secret') throw new Error('a token text is always a secret');
	return {secret: read.token.value.secret, corrections: read.corrections};
}
