import {likely} from '../../nearest-word.js';
import type {Command} from '../command.js';

/** The words that a command knows as its first argument, as its usage lines have them: `config set KEY`, `completion bash|zsh|fish`. */
export function subcommandsOf({usage}: Pick<Command, 'usage'>): readonly string[] {
	const words = usage.flatMap(line => /^\S+ ([a-z][a-z|-]*)(?: |$)/.exec(line)?.[1]?.split('|') ?? []);
	return [...new Set(words)];
}

/** Why a command does not know this word, in a line without its end: what was meant, or what there is. */
export function unknownSubcommand(word: string, words: readonly string[]): string {
	if (word === '') return `a subcommand is missing. There are: ${words.join(', ')}`;
	const meant = likely(word, words);
	const printable = word.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 60);
	return `there is no subcommand ${JSON.stringify(printable)}. ${meant ? `The nearest one is ${meant}.` : `There are: ${words.join(', ')}`}`;
}
