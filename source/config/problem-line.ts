import type {ConfigProblem, ConfigWarning, Source} from './settings.js';
import {shown} from './shown.js';

/** A problem or warning as its one line on stderr. */
export function problemLine(problem: ConfigProblem | ConfigWarning): string {
	return `clawtalk: ${problemWords(problem)}`;
}

/** Where it is and what: some sentences begin with the name of the thing already. */
export function problemWords({where, message}: Pick<ConfigProblem, 'where' | 'message'>): string {
	return message.startsWith(`the ${where} `) ? message : `${where}: ${message}`;
}

/** A problem of the configuration: exit code 78. */
export function configProblem(where: string, message: string, row?: string): ConfigProblem {
	return {...(row ? {row} : {}), exitCode: 78, where, message};
}

/** A problem of how the command was typed: exit code 2. */
export function usageProblem(where: string, message: string): ConfigProblem {
	return {exitCode: 2, where, message};
}

/** A question was ended by Ctrl+C. */
export function interrupted(where: string): ConfigProblem {
	return {exitCode: 130, where, message: 'cancelled.'};
}

/** Where a value came from, in words for evidence and messages: `--gateway`, `CLAWTALK_GATEWAY_URL`, `config.json`, `default`. */
export function sourceInWords(source: Source): string {
	switch (source.kind) {
		case 'flag':
		case 'environment':
			return source.name;
		case 'file':
			return source.profile === undefined ? 'config.json' : `profile ${shown(source.profile)}`;
		case 'default':
			return 'default';
	}
}
