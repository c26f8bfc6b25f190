import {shown} from './shown.js';

export type Words = {readonly ok: true; readonly words: readonly string[]} | {readonly ok: false; readonly message: string};

/**
 * One line → the words of a command. Quotes group and a backslash takes the next character as it is; there is no shell, so
 * anything only a shell understands is refused instead of being passed on as a word.
 */
export function splitCommand(line: string): Words {
	const words: string[] = [];
	let rest = line.trim();
	if (rest === '') return {ok: false, message: 'is empty. Write a command, or delete the line.'};
	while (rest !== '') {
		const [raw = ''] = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/.exec(rest) ?? [];
		if (raw === '') return {ok: false, message: 'has a quote that is not closed.'};
		const after = rest.slice(raw.length);
		if (after !== '' && !/^\s/.test(after)) return {ok: false, message: 'has a quote that is not closed.'};
		const bare = raw.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./g, '');
		const shell = /[|&;<>`$(){}*?~\n]/.exec(bare)?.[0];
		if (shell) return {ok: false, message: `uses "${shown(shell)}", but no shell runs it. Put that into a script, or quote it.`};
		words.push(unquoted(raw));
		rest = after.trimStart();
	}
	return {ok: true, words};
}

function unquoted(raw: string): string {
	return raw.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_all, single?: string, double?: string, escaped?: string) => {
		return single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? '';
	});
}
