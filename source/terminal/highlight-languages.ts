import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import makefile from 'highlight.js/lib/languages/makefile';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

type Language = typeof bash;

/** What models write in answers. Each is made ready when it is first used. */
const languages: Readonly<Record<string, Language>> = {
	...{bash, c, cpp, csharp, css, diff, dockerfile, go, ini, java, javascript, json, kotlin, makefile, php, python, ruby, rust},
	...{sql, swift, typescript, xml, yaml},
};

/** Names that stand behind a fence. */
const aliases: Readonly<Record<string, string>> = {
	...{sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', h: 'c', 'c++': 'cpp', cc: 'cpp', hpp: 'cpp', cs: 'csharp', 'c#': 'csharp'},
	...{scss: 'css', patch: 'diff', docker: 'dockerfile', containerfile: 'dockerfile', golang: 'go', toml: 'ini', conf: 'ini', env: 'ini'},
	...{js: 'javascript', jsx: 'javascript', mjs: 'javascript', cjs: 'javascript', jsonc: 'json', json5: 'json', jsonl: 'json', kt: 'kotlin'},
	...{make: 'makefile', py: 'python', python3: 'python', rb: 'ruby', rs: 'rust', postgresql: 'sql', mysql: 'sql', sqlite: 'sql'},
	...{ts: 'typescript', tsx: 'typescript', mts: 'typescript', html: 'xml', svg: 'xml', xhtml: 'xml', yml: 'yaml'},
};

/** A piece of code and what it is (highlight.js: the innermost scope), if it is anything. */
export interface CodePiece {
	readonly text: string;
	readonly scope?: string;
}

interface Node {
	readonly scope?: string;
	readonly children: ReadonlyArray<Node | string>;
}

/** The code in pieces; undefined when the language is not known. The pieces joined are the code. */
export function codePieces(code: string, name: string): readonly CodePiece[] | undefined {
	const language = aliases[name] ?? name;
	const definition = Object.hasOwn(languages, language) ? languages[language] : undefined;
	if (definition === undefined) return undefined;
	if (hljs.getLanguage(language) === undefined) hljs.registerLanguage(language, definition);
	const {_emitter: emitter} = hljs.highlight(code, {language, ignoreIllegals: true}) as unknown as {_emitter: {rootNode: Node}};
	const pieces: CodePiece[] = [];
	collect(emitter.rootNode, undefined, pieces);
	return pieces;
}

function collect({children, scope}: Node, outer: string | undefined, pieces: CodePiece[]): void {
	const inner = scope ?? outer;
	for (const child of children) {
		if (typeof child === 'string') pieces.push(inner === undefined ? {text: child} : {text: child, scope: inner});
		else collect(child, inner, pieces);
	}
}
