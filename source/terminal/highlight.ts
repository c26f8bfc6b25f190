import type {Highlight} from './markdown-pen.js';
import type {Palette, Role} from './palette.js';

/** Code is coloured from the moment on at which the languages are loaded. */
export interface Highlighter {
	readonly highlight: Highlight;
	/** Loads the languages, once (about 10 ms); `highlight` does so by itself when it first sees code of a language. */
	load(): Promise<void>;
}

/** A block of an answer is shorter. Measured: 10,000 characters take 10 ms, which is a frame's time. */
const maxCodeLength = 10_000;
/** Minified code and data: colours help nobody, and patterns that look ahead to the end of a line cost its square. */
const maxLineLength = 300;

/** @param onLoad Called when colours have become possible: what is still to be drawn can be drawn anew. */
export function createHighlighter(onLoad: () => void = () => undefined): Highlighter {
	let languages: typeof import('./highlight-languages.js') | undefined;
	let loading: Promise<void> | undefined;
	let last = {code: '', name: '', palette: undefined as Palette | undefined, styled: ''};
	const load = async () => {
		languages = await import('./highlight-languages.js');
		onLoad();
	};
	const loadOnce = () => {
		loading ??= load();
		return loading;
	};
	return {
		load: loadOnce,
		highlight(code, info, palette) {
			const name = /^[\w+#.-]+/.exec(info.trim())?.[0].toLowerCase();
			if (name === undefined || palette.plain || isTooLong(code)) return code;
			if (languages === undefined) void loadOnce();
			// While a line is received, the lines before it are asked for with every frame.
			if (last.code === code && last.name === name && last.palette === palette) return last.styled;
			const pieces = languages?.codePieces(code, name);
			if (pieces === undefined) return code;
			last = {code, name, palette, styled: pieces.map(({text, scope}) => paintPiece(text, scope, palette)).join('')};
			return last.styled;
		},
	};
}

function isTooLong(code: string): boolean {
	return code.length > maxCodeLength || code.split('\n').some(line => line.length > maxLineLength);
}

function paintPiece(text: string, scope: string | undefined, palette: Palette): string {
	const role = scope === undefined ? undefined : roleOf(scope);
	// Each line for itself: a style that goes on over a line end would be closed and opened again there anyway.
	return role === undefined ? text : text.replace(/[^\n]+/g, part => palette[role](part));
}

/** The scopes of highlight.js 11 (https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html) by meaning. */
function roleOf(scope: string): Role | undefined {
	return roles[scope] ?? roles[scope.split('.')[0] ?? ''];
}

const roles: Readonly<Record<string, Role>> = {
	...{keyword: 'keyword', 'selector-tag': 'keyword', section: 'heading', operator: 'keyword', 'meta.keyword': 'keyword'},
	...{string: 'string', regexp: 'string', char: 'string', 'meta.string': 'string', addition: 'good', deletion: 'error'},
	...{number: 'number', literal: 'number', symbol: 'number', bullet: 'number', link: 'link'},
	...{comment: 'comment', quote: 'comment', doctag: 'comment'},
	...{title: 'name', type: 'name', class: 'name', function: 'name', name: 'name', built_in: 'name', attr: 'name', attribute: 'name'},
	...{'selector-class': 'name', 'selector-id': 'name', 'selector-attr': 'name', property: 'name', tag: 'name'},
	...{meta: 'meta', variable: 'meta', 'template-variable': 'meta', 'template-tag': 'meta'},
};
