/** What a terminal takes for control and not for text (ECMA-48 §5): every sequence whole, every single control character but LF. */
export function controlSequences(written: string): readonly string[] {
	return written.match(control) ?? [];
}

/** The text between the control sequences. */
export function textBetween(written: string): string {
	return written.replace(control, '');
}

/** CSI; strings (OSC, DCS, SOS, PM, APC) up to their end, or to that of the text; other escapes; C0 and C1. */
const control =
	/\u001B\[[0-?]*[ -/]*[@-~]?|\u001B[\]PX^_][\s\S]*?(?:\u0007|\u001B\\|\u009C|$)|[\u009D\u0090\u0098\u009E\u009F][\s\S]*?(?:\u0007|\u001B\\|\u009C|$)|\u001B[ -/]*[0-~]?|[\0-\x08\x0B-\x1F\x7F-\x9F]/g;

/** Characters that reorder or hide text without being controls. */
export const hidden = /[\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/u;

/** A style: one SGR parameter, or a colour of 256 or 24 bits. */
export const isStyle = (sequence: string) => /^\u001B\[(?:\d{1,3}|[34]8;5;\d{1,3}|[34]8;2(?:;\d{1,3}){3})m$/.test(sequence);

/** A link of ours: closed, or to an address of one of three kinds, in printable ASCII. */
export const isLink = (sequence: string) => /^\u001B\]8;(?:;|id=[\da-z]+;(?:https?:\/\/|mailto:)[!-~]+)(?:\u001B\\|\u0007)$/.test(sequence);
