import assert from 'node:assert/strict';
import {test} from 'node:test';
import {renderMarkdown} from '../../source/terminal/markdown.js';
import {article} from './markdown-article.js';

const frames: Readonly<Record<number, string>> = {
	40: `
# Backups that can be read

A backup nobody has restored is a hope.
Check with \`restic check\`, see the
manual (https://restic.readthedocs.io/en
/stable/045_working_with_repos.html) or
https://restic.net.

1. Nightly:
   • \`/etc\` and \`/home\`
   • [x] encrypted
   • [ ] tested
2. Weekly, ~~by hand~~ by timer

Host   │   容量 │        Last run
───────┼────────┼───────────────────────
web    │  12 GB │         today
───────┼────────┼───────────────────────
数据库 │ 1.5 TB │ two days ago, because
       │        │ the disk was full and
       │        │     nobody looked

# restore one file
restic restore latest --target /tmp/x --
include /etc/hosts

> Untested is unknown.
> 
> > And unknown is late.

The chance to lose all of $n_1*n_2$
copies is $$p^{n_1 * n_2}$$ and costs $5
or $10.[^1]

<details>kept as text</details>

----------------------------------------

[^1]: Prices of last year © somebody.`,
	80: `
# Backups that can be read

A backup nobody has restored is a hope. Check with \`restic check\`, see the
manual (https://restic.readthedocs.io/en/stable/045_working_with_repos.html) or
https://restic.net.

1. Nightly:
   • \`/etc\` and \`/home\`
   • [x] encrypted
   • [ ] tested
2. Weekly, ~~by hand~~ by timer

Host   │   容量 │                         Last run
───────┼────────┼──────────────────────────────────────────────────────────
web    │  12 GB │                           today
数据库 │ 1.5 TB │ two days ago, because the disk was full and nobody looked

# restore one file
restic restore latest --target /tmp/x --include /etc/hosts

> Untested is unknown.
> 
> > And unknown is late.

The chance to lose all of $n_1*n_2$ copies is $$p^{n_1 * n_2}$$ and costs $5 or
$10.[^1]

<details>kept as text</details>

----------------------------------------

[^1]: Prices of last year © somebody.`,
	120: `
# Backups that can be read

A backup nobody has restored is a hope. Check with \`restic check\`, see the manual
(https://restic.readthedocs.io/en/stable/045_working_with_repos.html) or https://restic.net.

1. Nightly:
   • \`/etc\` and \`/home\`
   • [x] encrypted
   • [ ] tested
2. Weekly, ~~by hand~~ by timer

Host   │   容量 │                         Last run
───────┼────────┼──────────────────────────────────────────────────────────
web    │  12 GB │                           today
数据库 │ 1.5 TB │ two days ago, because the disk was full and nobody looked

# restore one file
restic restore latest --target /tmp/x --include /etc/hosts

> Untested is unknown.
> 
> > And unknown is late.

The chance to lose all of $n_1*n_2$ copies is $$p^{n_1 * n_2}$$ and costs $5 or $10.[^1]

<details>kept as text</details>

----------------------------------------

[^1]: Prices of last year © somebody.`,
};

for (const [width, frame] of Object.entries(frames)) {
	test(`an article with everything at ${width} columns`, () => {
		assert.equal(`\n${renderMarkdown(article, {width: Number(width), colour: 'none', theme: 'none'})}`, frame);
	});
}
