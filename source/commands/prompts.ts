import {readLine} from '../config/line-input.js';
import type {CommandContext} from './command.js';

/** Questions on the terminal. Each gives `undefined` when it was ended by Ctrl+C or the end of input. */
export interface Prompts {
	/** A line; an empty one gives `preset`. */
	line(question: string, preset?: string): Promise<string | undefined>;
	/** A line nobody can read over the shoulder. */
	hidden(question: string): Promise<string | undefined>;
	/** Yes or no; an empty line means no. */
	yes(question: string): Promise<boolean | undefined>;
}

const longestLine = 64 * 1024;

/** Questions on stderr, answers from stdin; undefined unless both are terminals. */
export function promptsFor({stdin, stderr, signal}: Pick<CommandContext, 'stdin' | 'stderr' | 'signal'>): Prompts | undefined {
	if (!stdin.isTTY || !stderr.isTTY) return undefined;
	const line: Prompts['line'] = async (question, preset) => {
		stderr.write(preset === undefined ? `${question} ` : `${question} [${preset}] `);
		const answer = (await readLine(stdin, longestLine, signal))?.trim();
		if (answer === undefined) stderr.write('\n');
		return answer === '' && preset !== undefined ? preset : answer;
	};
	return {
		line,
		async hidden(question) {
			const {askHidden} = await import('../config/hidden-prompt.js');
			return askHidden({input: stdin, output: stderr, signal}, `${question} `);
		},
		yes: async question => {
			const answer = await line(`${question} [y/N]`);
			return answer === undefined ? undefined : /^y(?:es)?$/i.test(answer);
		},
	};
}
