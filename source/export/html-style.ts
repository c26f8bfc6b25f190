/** The style of an exported page. It loads nothing; light and dark follow the reader's system, paper is always light. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1c1e21; --soft: #5b6168; --page: #fdfdfc; --box: #f3f3f0; --line: #d9d9d3; --link: #0b57a4; --you: #0f6b5c; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) {
	:root { --text: #e4e4e0; --soft: #a3a7ab; --page: #17181a; --box: #212326; --line: #3b3e42; --link: #8ab8f0; --you: #6fcbb6; --warn: #e8b268; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 5rem; max-width: 46rem; background: var(--page); color: var(--text); font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word; }
header, footer { color: var(--soft); font-size: .9rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 2rem; padding-bottom: 1rem; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; }
h1 { color: var(--text); font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem; }
h2 { color: var(--soft); font-size: .85rem; font-weight: 600; margin: 2.25rem 0 .5rem; }
h3, h4, h5, h6 { line-height: 1.3; margin: 1.6em 0 .5em; }
h3 { font-size: 1.3rem; } h4 { font-size: 1.15rem; } h5, h6 { font-size: 1rem; }
p, ul, ol, blockquote, figure, .table, .verbatim { margin: .8em 0; }
.question { border-left: 3px solid var(--you); padding-left: 1rem; }
.question h2 { color: var(--you); margin-top: 2.75rem; }
.verbatim { white-space: pre-wrap; }
.note, .ending { color: var(--soft); font-size: .9rem; white-space: pre-wrap; }
.ending { color: var(--warn); }
.address { color: var(--soft); overflow-wrap: anywhere; }
a { color: var(--link); overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
code { background: var(--box); border-radius: 4px; padding: .1em .3em; }
.code { background: var(--box); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.code figcaption { border-bottom: 1px solid var(--line); color: var(--soft); font-size: .8rem; padding: .3rem .9rem; }
.code pre { margin: 0; overflow-x: auto; padding: .8rem .9rem; line-height: 1.45; tab-size: 4; }
.code code { background: none; padding: 0; }
blockquote { border-left: 3px solid var(--line); color: var(--soft); padding-left: 1rem; margin-left: 0; margin-right: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .95em; }
th, td { border: 1px solid var(--line); padding: .35rem .7rem; text-align: start; vertical-align: top; overflow-wrap: normal; }
th { background: var(--box); }
.right { text-align: right; } .center { text-align: center; } .left { text-align: left; }
li { margin: .25em 0; } li > p { margin: .4em 0; }
.task { list-style: none; margin-left: -1.3em; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
@media print {
	:root { color-scheme: light; --text: #000; --soft: #444; --page: #fff; --box: #f5f5f5; --line: #bbb; --link: #000; --you: #000; --warn: #444; }
	body { font-size: 10.5pt; max-width: none; padding: 0; }
	.code pre { white-space: pre-wrap; overflow-wrap: anywhere; }
	h2, h3, h4, figcaption { break-after: avoid; } tr, li { break-inside: avoid; }
}
`;
