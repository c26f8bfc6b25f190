import assert from 'node:assert/strict';

/** The tags an exported page is made of, with their attributes. Nothing else may be in one, whatever the conversation says. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	...{html: ['lang'], head: [], meta: ['charset', 'http-equiv', 'content', 'name'], title: [], style: [], body: []},
	...{header: [], main: [], footer: [], section: ['class'], h1: ['dir'], h2: [], h3: ['dir'], h4: ['dir'], h5: ['dir'], h6: ['dir']},
	...{p: ['class', 'dir'], div: ['class', 'dir', 'tabindex'], blockquote: [], figure: ['class'], figcaption: [], pre: ['tabindex']},
	...{code: [], ul: [], ol: ['start'], li: ['class', 'dir'], span: ['class'], hr: [], br: [], strong: [], em: [], del: []},
	...{table: [], thead: [], tbody: [], tr: [], th: ['class', 'dir'], td: ['class', 'dir'], a: ['href', 'rel']},
};
const void_ = new Set(['meta', 'hr', 'br']);

export interface ReadPage {
	/** The text of the body, character references decoded. */
	readonly text: string;
	readonly links: readonly string[];
	readonly tags: readonly string[];
}

/**
 * Reads a page more strictly than any browser: every tag is known, closed in order and has known attributes in double quotes; every
 * other `<`, `>` and quote is a character reference. Fails at the first thing that is not so.
 */
export function readStrictly(page: string): ReadPage {
	assert.ok(page.startsWith('<!doctype html>\n'));
	const open: string[] = [];
	const links: string[] = [];
	const tags: string[] = [];
	let text = '';
	let rest = page.slice('<!doctype html>\n'.length);
	while (rest !== '') {
		if (open.at(-1) === 'style') {
			const end = rest.indexOf('<');
			assert.ok(rest.startsWith('</style>', end), `in the style: ${rest.slice(end, end + 40)}`);
			rest = rest.slice(end);
		}
		const words = /^[^<]*/.exec(rest)?.[0] ?? '';
		assert.ok(open.includes('style') || !/[>]/.test(words), `a bare > in: ${words.slice(0, 200)}`);
		if (open.includes('body')) text += words;
		rest = rest.slice(words.length);
		if (rest === '') break;
		const tag = /^<(\/?)([a-z][a-z\d]*)((?: [a-z-]+="[^"<>]*")*)>/.exec(rest) ?? assert.fail(`no tag of ours: ${rest.slice(0, 80)}`);
		const [whole, slash, name = '', attributes = ''] = tag;
		const known = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
		assert.ok(known, `tag ${whole}`);
		if (slash === '/') assert.equal(open.pop(), name, `closed out of order, near: ${rest.slice(0, 80)}`);
		else {
			if (!void_.has(name)) open.push(name);
			tags.push(name);
			for (const [, attribute = '', value = ''] of attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
				assert.ok(known.includes(attribute), `attribute ${attribute} in ${whole}`);
				if (attribute === 'href') links.push(decode(value));
			}
			assert.ok(name !== 'a' || open.filter(one => one === 'a').length === 1, `a link in a link: ${whole}`);
		}
		rest = rest.slice(whole.length);
	}
	assert.deepEqual(open, []);
	for (const href of links) assert.match(href, /^(?:https?|mailto):/);
	return {text: decode(text), links, tags};
}

function decode(text: string): string {
	const named: Readonly<Record<string, string>> = {lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'"};
	return text.replace(/&(\w+|#\d+);/g, (whole, name: string) => named[name] ?? whole);
}
