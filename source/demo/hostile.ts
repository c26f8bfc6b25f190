/**
 * What a model must never be able to do to a terminal: whole control sequences, parts of them, and markdown around them. All parameters
 * are 4242 and all payloads say `pwned`, so that one which comes through can be told from those that a client makes itself.
 */
const fragments: readonly string[] = [
	...['\u001B[4242A', '\u001B[4242;4242H', '\u001B[42420m', '\u001B[?4242h', '\u001B[4242J', '\u001B[4242 q', '\u009B4242A'],
	...[
		'\u001B]0;pwned\u0007',
		'\u001B]2;pwned\u001B\\',
		'\u001B]52;c;pwned\u0007',
		'\u001B]9;pwned\u001B\\',
		'\u001B]777;notify;pwned\u0007',
	],
	...['\u001B]8;;https://pwned.example\u001B\\', '\u001B]11;pwned\u0007', '\u001B]1337;pwned\u0007', '\u009D52;c;pwned\u009C'],
	...[
		'\u001BPpwned\u001B\\',
		'\u001B_Gpwned\u001B\\',
		'\u001B^pwned\u001B\\',
		'\u001BXpwned\u001B\\',
		'\u001BPtmux;\u001B\u001B]52;c;pwned\u0007\u001B\\',
	],
	...['\u001Bc', '\u001B(0', '\u001B#8', '\u001B', '\u001B[', '\u001B]', '\u001BP', '\u009B', '\u009D', '\u0090', '\u009C', '\u0085'],
	...['\u0007', '\b', '\u000B', '\f', '\u000E', '\u0018', '\u007F', '\0', '\r', '\r\n', '4242A', '52;c;pwned', '\\'],
	...[
		'\u202E',
		'\u202A',
		'\u2066',
		'\u2069',
		'\u200E',
		'\u200F',
		'\u061C',
		'\u200B',
		'\u2060',
		'\uFEFF',
		'\u2028',
		'\u{E0041}',
		'\u{E007F}',
	],
	...['&#27;[4242A', '&#x9b;4242A', '&#27;]52;c;pwned&#7;', '&#x202e;', '\\\u001B[4242A'],
	...[
		'[x](https://a.example/\u001B]52;c;pwned\u0007)',
		'[x](https://a.example/&#27;\\pwned)',
		'![i\u001B[4242A](u&#7;)',
		'<https://a.example/\u0007>',
	],
	...[
		'[https://b.example](javascript:pwned)',
		'`',
		'```',
		'~~~\n',
		'```ts\n',
		'**',
		'*',
		'_',
		'#',
		'> ',
		'- ',
		'1. ',
		'| a |\n|---|\n',
		'|',
		'$',
		'$$',
		'\\(',
	],
	...[
		'\n',
		'\n\n',
		'    ',
		'\t',
		' ',
		'word',
		'words and more',
		'\uD83D',
		'\uDE00',
		'👩‍👩‍👧',
		'你好',
		'e\u0301',
		'שלום',
		'مرحبا',
		'<b>',
		'</div>',
	],
];

/** A reproducible piece of a hostile answer: a few fragments, cut anywhere. */
export function hostilePiece(index: number, seed: number): string {
	let state = Math.imul(seed + 1, 0x9e_37_79_b1) ^ Math.imul(index + 1, 0x85_eb_ca_6b);
	const next = (below: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 4_294_967_296) * below);
	};
	const text = Array.from({length: 1 + next(4)}, () => fragments[next(fragments.length)] ?? '').join('');
	const from = next(3) === 0 ? next(text.length) : 0;
	return text.slice(from, next(3) === 0 ? from + 1 + next(text.length) : undefined);
}
