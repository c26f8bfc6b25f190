import {slashCommands} from '../slash.js';
import type {CompletionSource} from './completion.js';
import type {Draft} from './draft.js';
import {afterFiles} from './files-before.js';

/** The word at the caret that can be completed. */
export interface TypedWord {
	readonly source: CompletionSource;
	/** What a choice replaces, in UTF-16 code units of the draft. */
	readonly from: number;
	readonly to: number;
	/** What was typed of it, without marks and quotes. */
	readonly query: string;
}

/** No path that is typed is longer: a long line is not searched for its `@` with every key. */
const reach = 500;

/** A slash command at the very beginning or behind files that are attached, its argument, or a path after an `@` that begins a word; only where the caret ends the word. */
export function typedWord(draft: Draft): TypedWord | undefined {
	const {text, caret} = draft;
	if (/^[^\s)\]}>,;]/.test(text.slice(caret, caret + 1))) return undefined;
	const begins = text.includes('/') ? afterFiles(draft) : 0;
	if (text[begins] === '/' && text[begins + 1] !== '/' && caret >= begins) return wordOfCommand(text.slice(begins, caret), begins);
	return mention(text, caret);
}

/** @param begins Where the command begins in the draft. */
function wordOfCommand(before: string, begins: number): TypedWord | undefined {
	const [, name, gap, argument] = /^\/(\S*)(?:(\s+)(.*))?$/.exec(before) ?? [];
	if (name === undefined) return undefined;
	if (gap === undefined || argument === undefined) return {source: 'commands', from: begins, to: begins + before.length, query: name};
	const command = slashCommands.find(candidate => candidate.name === name);
	const isOneWord = !/\s/.test(argument) || command?.completes === 'files' || command?.completes === 'conversations';
	if (command?.completes === undefined || !isOneWord) return undefined;
	const to = begins + before.length;
	return {source: command.completes, from: to - argument.length, to, query: argument};
}

function mention(text: string, caret: number): TypedWord | undefined {
	const start = Math.max(0, caret - reach);
	const found = /(?:^|[\s([{])(@(?:"([^"\n]*)|([^\s"]*)))$/.exec(text.slice(start, caret));
	const [, word, quoted, plain] = found ?? [];
	if (word === undefined || (start > 0 && found?.index === 0)) return undefined;
	return {source: 'mention', from: caret - word.length, to: caret, query: quoted ?? plain ?? ''};
}

/** A path as it is written after an `@`: in quotes where it has spaces or brackets. */
export function mentionOf(path: string): string {
	return /[\s()[\]{}<>,;]/.test(path) ? `@"${path}"` : `@${path}`;
}
