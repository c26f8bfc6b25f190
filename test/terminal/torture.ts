/** Markdown that breaks renderers, by what is difficult in it. Words of tables have at most six letters: narrower columns break none. */
export const torture: Readonly<Record<string, string>> = {
	// What CommonMark and GitHub's additions allow, in the forms in which models write it.
	headings:
		'# one\n## two #\n### three ###\n#### four\n##### five\n###### six\n####### seven\n#eight\n\nnine\n===\n\nten\n---\n\n#\n\n## ##',
	'emphasis of every kind': '*a* _b_ **c** __d__ ***e*** **f *g* h** *i **j** k* l*m*n _o_p_ __q__r **s** t* ** u **v* *w** `*x*` \\*y\\*',
	'emphasis at punctuation': '**bold:** text, **"quoted"** text, *(inner)* **中文**文字 **これは**です, a**b**c, 5*4*3, snake_case_word',
	'unbalanced marks': '**a *b `c ~~d __e [f ![g <h $i ``j *** k',
	'nested lists': '- a\n  - b\n    - c\n      1. d\n         - e\n\n        code\n- f\n\n  para\n  > quote\n\n  ```\n  fence\n  ```\n- g',
	'ordered lists': '0. zero\n1. one\n\n7) seven\n8) eight\n\n999999999. many\n1000000000. text',
	'lists of every bullet': '- a\n- b\n\n* c\n* d\n\n+ e\n+ f\n-not\n\n- \n- g\n-\n- h',
	tasks: '- [ ] open\n- [x] done\n- [X] also\n- [y] no\n1. [ ] first\n   - [x] inner',
	'lazy continuation': '> quoted\nlazy\n> > deep\nlazy too\n\n- item\nlazy item',
	quotes: '> a\n>b\n>\n>> c\n>>> d\n> e\n\n> ```\n> code\n> ```\n> - item\n>   more',
	fences: '```js\nlet a;\n```\n~~~\n```\n~~~\n````md\n```\ninner\n```\n````\n``` `not` a fence\n\n   ```\n   indented\n  ```\n```\nopen',
	'indented code': 'text\n\n    code\n\n    more\n\ttab\n\nend',
	'inline code': '`a` ``b`c`` `` ` `` `d\ne` ` f ` `` `g` `` `unclosed',
	links:
		'[a](http://x) [b](<http://y z>) [c](http://z "title") [d][e] [f]: [g]\n\n[e]: http://e \'t\'\n\n[h](i(j)k) [l](m\\)n) [](http://o) [p]()',
	'links that lie':
		'[https://bank.example](https://evil.example) [bank.example](https://bank.example.evil.example/x) <https://bank.example@evil.example>',
	'bare links':
		'www.a.example https://b.example/c(d). (https://e.example/f) http://g.example/?h=i&j=k&copy; mail k@l.example https://例え.example/パス',
	'links in everything': '# [a](http://b)\n\n- **[c](http://d)**\n\n> *[e `f`](http://g)*\n\n| [h](i) |\n|---|\n| [j](http://k) |',
	images: '![a](http://b) ![c *d*](e) [![f](g)](http://h) ![](i) ![j](data:image/png;base64,iVBORw0KGgo=)',
	'line breaks': 'a  \nb\\\nc\nd   \n   e\n\nf<br>g<br/>h',
	'rules and not': 'a\n\n---\n\n***\n\n___\n\n- - -\n\n--\n\n--- b\n\n* * *c',
	'html is text':
		'<div align="center">\n\n**a**\n\n</div>\n\n<script>alert(1)</script>\n<!-- b --> c <b>d</b> <e f="g" /> <h i <?j?> <![CDATA[k]]>',
	entities: 'a &amp; b &lt;c&gt; &#100; &#x65; &unknown; &f g&nbsp;h &copy &#0; &#99999999;',
	escapes: '\\# a \\* b \\_ c \\` d \\[ e \\] f \\\\ g \\h \\\n\\- i\n\\1. j',
	formulas:
		'a $x_1*y_2*z$ b $$\\sum_{i=1}^n *x* _i_$$ c \\(p_1*q*\\) $5 or $6, $7-$8\n\n$$\nu_1 * v_2\n- w\n= q\n$$\n\n\\[\nr_1 *s* t\n\\]',
	footnotes: 'a[^1] b[^note]\n\n[^1]: first\n[^note]: second\n    more',
	tables: '| a | b |\n|---|:-:|\n| c |\n| d | e | f |\n| g \\| h | `i|j` |\n\n| k |\n|--:|\n\nl | m\n- | -\nn | o\n\n| p | q |\n|---|\nr',
	'wide tables': `|${Array.from({length: 200}, (_, column) => `h${column}`).join('|')}|\n|${'-|'.repeat(200)}\n|${Array.from({length: 200}, (_, column) => `c${column}`).join('|')}|`,
	'tables of long cells': `| ${'word '.repeat(80)}| x |\n|---|---|\n| short | ${'more '.repeat(120)}|\n| ${'long '.repeat(300)}| y |`,
	'tables of everything':
		'| *a* | `b` | [c](http://d) | 你好 | 👩‍👩‍👧 |\n|:-|-:|:-:|---|---|\n| **e** | ~~f~~ | <g> | 한국 | é |\n| h<br>i | | \\| | मन | 👍🏽 |',
	// Characters.
	ideographs: '这是一个没有空格的很长的中文句子，它必须在任何地方都可以换行，但标点符号不能在行首。日本語の文章も同じように改行できます。',
	hangul: '한국어 문장은 낱말 사이에 빈칸이 있습니다. 각각의 자모: 각 한',
	emoji: '👩‍👩‍👧👨🏽‍💻🏳️‍🌈🇩🇪🇫🇷1️⃣❤️☎️⌚👍🏽 x 🧑🏿‍🤝‍🧑🏻 👁️‍🗨️ text 🫠',
	combining: `e\u0301 a\u0308\u0323 Z${'\u0301'.repeat(60)}algo o\u20DD x\u0336y\u0336`,
	'indic and thai': 'हिन्दी में लिखा गया वाक्य क्षत्रिय ภาษาไทยไม่มีช่องว่างระหว่างคำ กำลัง தமிழ் മലയാളം',
	'right to left': 'שלום עולם 123 abc مرحبا بالعالم **שלום** `مرحبا` (עברית)\n\n- עברית\n- العربية\n\n| שם | قيمة |\n|---|---|\n| א | ب |',
	'zero width': 'a\u200Db\u200Cc d\u200Be\uFEFFf g\u2060h i\u00ADj k\u{E0061}\u{E007F}l \u202Em\u202C',
	'other spaces': 'a\u00A0b\u2003c\u3000d\u2009e f\u202Fg',
	'line ends': 'a\r\nb\rc\n\rd\u2028e\u2029f\u0085g\n\n- h\r\n- i\r\n\r\n```\r\nj\r\n```\r\n',
	tabs: 'a\tb\n\n-\tc\n\t- d\n\n```\n\te\tf\n```\n\n|\tg\t|\th\t|\n|---|---|\n|\ti\t|\tj\t|',
	// Size, depth, and what never ends.
	'a line of 10,000 columns': `x${'y'.repeat(10_000)}z`,
	'a line of 10,000 columns of words': 'lorem ipsum dolor '.repeat(560),
	'a code line of 10,000 columns': `\`\`\`js\n${'const a = "b"; '.repeat(670)}\n\`\`\``,
	'wide characters without end': '漢'.repeat(5000),
	'unclosed everything': '> - **a `b\n\n```c\n| d\n$$ e <!-- f [g](h',
	'deep quotes': `${'>'.repeat(300)} deep`,
	'deep lists': Array.from({length: 60}, (_, depth) => `${'  '.repeat(depth)}- l${depth}`).join('\n'),
	'deep emphasis': `${'*a '.repeat(500)}${'b* '.repeat(500)}`,
	'deep brackets': `${'['.repeat(2000)}a${']'.repeat(2000)} ${'![x]('.repeat(300)}`,
	'backquotes of every length': Array.from({length: 120}, (_, count) => '`'.repeat(count + 1)).join(' a '),
	'a megabyte of backquotes': '`'.repeat(1024 * 1024),
	'stars and underscores': `${'*'.repeat(3000)}a${'_'.repeat(3000)}`,
	'pipes and dashes': `${'|'.repeat(3000)}\n${'|-'.repeat(3000)}`,
	'dollars and backslashes': `${'$ '.repeat(2000)}${'\\('.repeat(2000)}${'\\['.repeat(2000)}`,
	'angles and ampersands': `${'<a '.repeat(2000)}${'&amp'.repeat(1000)}`,
};
