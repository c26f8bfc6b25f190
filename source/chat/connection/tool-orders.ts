/*
 * OpenClaw finds orders in the middle of a message that comes over its control plane (2026.2.9 and 2026.9.6; over HTTP neither reads any).
 * Those that change what its tools may do must not come in by a text that somebody else wrote: a log, a mail, a paste.
 */

export interface ToolOrder {
	/** As it is written after its slash, or `!`. */
	readonly name: string;
	/** It begins the text: whoever typed it means it. */
	readonly isFirst: boolean;
	/** Counted from 1. */
	readonly line: number;
}

const order = /(^|[\s\S])\/(exec|elevated|elev)(?=$|[\s:])/gi;

/** Orders that take the level after them: one that stands right behind it is read, too (`/think off/elevated full`). */
const levelOrder = /(?:^|\s)\/(?:thinking|think|t|verbose|v|reasoning|reason|fast|trace)(?=$|[\s:])/i;

/** Read at the beginning of a message alone. They run a command, or change settings and permissions, where the owner has switched that on. */
const atStart = /^\s*(?:(!)|\/(bash|config|allowlist|approve|debug|mcp|plugins?|acp)(?=$|[\s:]))/i;

/** What 2026.9.6 takes out of a message before it reads it: `/el\u0001evated` is an order there. */
const removed = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** Every order in a text about what the gateway's tools may do; conservative: what either release would read counts. */
export function toolOrdersIn(text: string): readonly ToolOrder[] {
	const plain = text.replace(removed, '');
	const found = ordersAsWritten(text);
	return plain === text ? found : [...found, ...ordersAsWritten(plain)];
}

/** One that is read only because the message begins with it: `!ls`, `/config set …`. */
export function commandAtStart(text: string): ToolOrder | undefined {
	const [whole = '', mark, name = mark] = atStart.exec(text.replace(removed, '')) ?? [];
	return name === undefined ? undefined : {name, isFirst: true, line: whole.split('\n').length};
}

function ordersAsWritten(text: string): readonly ToolOrder[] {
	let glued: boolean | undefined;
	const isRead = (before: string) => {
		if (/^\s?$/.test(before)) return true;
		glued ??= levelOrder.test(text);
		return glued && /[A-Za-z:-]/.test(before);
	};
	let [line, counted] = [1, 0];
	const lineAt = (index: number) => {
		for (; counted < index; counted++) if (text[counted] === '\n') line++;
		return line;
	};
	return [...text.matchAll(order)].flatMap(({index, 1: before = '', 2: name = ''}) =>
		isRead(before) ? [{name, isFirst: index + before.length === 0, line: lineAt(index + before.length)}] : [],
	);
}
