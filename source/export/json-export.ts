import type {ExportedConversation} from './exported-conversation.js';

/** A conversation as one document (`clawtalk.export/1`). */
export function jsonExport(conversation: ExportedConversation): string {
	return `${escapeControls(JSON.stringify(conversation, undefined, 2))}\n`;
}

/**
 * JSON with every character that a terminal could obey, or that hides or reorders text, as `\uXXXX`: the same data, and safe to look at.
 * Such characters stand only inside of strings in JSON, but for the line feeds and tabs between values.
 */
export function escapeControls(json: string): string {
	return json.replace(unsafe, character =>
		character
			.split('')
			.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join(''),
	);
}

/** C0 (JSON escapes it already), DEL, C1, bidirectional and invisible characters, line separators, tags, halves of surrogate pairs. */
const unsafe =
	/[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
