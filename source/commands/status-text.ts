import {describeObservation} from '../diagnosis/describe.js';
import type {Diagnosis, Fix} from '../diagnosis/diagnosis.js';
import type {WithheldReason} from '../diagnosis/evidence.js';
import {fixLine} from '../diagnosis/failure-lines.js';
import {redact} from '../diagnosis/redact.js';
import type {Palette} from '../terminal/palette.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {wrapProse} from '../terminal/wrap.js';
import type {LayerReport} from './status-ladder.js';
import {peerOf, type StatusReport} from './status-report.js';

const peers = {
	gateway: 'OpenClaw gateway',
	'gateway-by-challenge': 'OpenClaw gateway of before 2026.3 (known by its WebSocket greeting)',
	'plugin-proxy': 'rate-limit proxy of the ClawTalk plugin',
	'other-web-server': 'not an OpenClaw gateway',
	redirect: 'a redirect, not followed',
	unknown: 'not known',
} as const;

const withheldWords: Readonly<Record<WithheldReason, string>> = {
	'other-origin': 'it belongs to another gateway',
	'plain-http-private': 'plain http, to which nobody has agreed',
	'plain-http-public': 'plain http to a public address',
	'peer-not-identified': 'no gateway identified itself',
	'refused-before': 'it was refused before',
};

const marks = {ok: '✓', warn: '!', fail: '✗', skipped: '–', 'not-run': '·'} as const;
const notRun = 'not tried';

/**
 * The report for people: facts, the ladder, then what is wrong with its proof, reason and remedies.
 *
 * @param width Columns of the terminal; absent = lines are not wrapped. Commands never are. */
export function statusText(report: StatusReport, palette: Palette, width?: number): string {
	const {primary, alternatives, notes} = report.findings;
	const lines = [
		...facts(report, width),
		'',
		...report.layers.map(layer => rung(layer, palette)),
		...(primary ? ['', ...problem(primary, report, palette, width)] : ['', verdict(report, palette)]),
		...alternatives.flatMap(({title, id}) => hang('', clean(`Also possible: ${title} [${id}]`), width)),
		...notes.flatMap(({title, id, explanation, fixes}) => [
			...hang('', clean(`Note: ${title}. ${explanation} [${id}]`), width),
			...fixes.slice(0, 1).flatMap(fix => hang('', clean(fixLine(fix)), width)),
		]),
	];
	return `${lines.join('\n')}\n`;
}

/** What can be told when no gateway could be looked at. */
export function notOpenedText(
	layers: readonly LayerReport[],
	problems: readonly string[],
	palette: Palette,
	width: number | undefined,
): string {
	const told = problems.flatMap(problem =>
		hang('  ', clean(problem), width).map((line, index) => (index === 0 ? `${palette.error(marks.fail)}${line.slice(1)}` : line)),
	);
	return `${[...layers.map(layer => rung(layer, palette)), '', ...told].join('\n')}\n`;
}

function verdict({layers}: StatusReport, palette: Palette): string {
	const sure = layers.every(({state}) => state === 'ok' || state === 'skipped');
	return palette.good(
		sure
			? 'Everything is in order, as far as can be seen without asking a question.'
			: 'Nothing is wrong as far as can be seen without asking a question.',
	);
}

function facts({client, profile, look}: StatusReport, width: number | undefined): string[] {
	const fact = (name: string, value: string) => hang(name.padEnd(10), clean(value), width);
	const {target, credential} = look.evidence;
	const peer = peerOf(look);
	const token = credential.set
		? [
				'set',
				credential.length === undefined ? undefined : `${credential.length} characters`,
				`from ${credential.source}`,
				credential.withheld && `not sent: ${withheldWords[credential.withheld]}`,
			]
		: ['none set'];
	const fetchWords = {
		true: 'the built-in fetch uses it too',
		false: 'the built-in fetch does NOT use it',
		null: 'built-in fetch not tried',
	};
	return [
		...fact('Gateway', `${target.origin} · from ${target.source}${profile ? ` · profile ${profile}` : ''} · ${target.addressClass}`),
		...fact('Route', target.proxy ? `through the proxy ${target.proxy}` : 'direct'),
		...fact('Peer', peer ? `${peers[peer.peer]}${peer.address ? ` at ${peer.address}` : ''}` : 'nobody answered'),
		...fact('Token', token.filter(Boolean).join(' · ')),
		...(look.agents.length > 0 ? fact('Agents', look.agents.join(', ')) : []),
		...fact(
			'clawtalk',
			`${client.version} · Node ${client.node} · undici ${client.undici}, ${fetchWords[`${client.builtInFetchUsesDispatcher}`]}`,
		),
	];
}

/** Text after a label, wrapped between words under itself. The label has one cell a character. */
function hang(label: string, text: string, width: number | undefined): string[] {
	if (width === undefined) return [label + text];
	const indent = ' '.repeat(label.length);
	return wrapProse(text, Math.max(20, width - label.length)).map((line, index) => (index === 0 ? label : indent) + line);
}

function rung({id, state, ms, note}: LayerReport, palette: Palette): string {
	const paint = {ok: palette.good, warn: palette.warning, fail: palette.error, skipped: palette.dim, 'not-run': palette.dim}[state];
	const words = [note ?? (state === 'not-run' ? notRun : undefined), ms === undefined ? undefined : `${ms} ms`].filter(Boolean).join(', ');
	return `${paint(marks[state])} ${id.padEnd(10)}${words}`.trimEnd();
}

function problem(diagnosis: Diagnosis, {look}: StatusReport, palette: Palette, width: number | undefined): string[] {
	const seen = diagnosis.evidence.flatMap(index => look.evidence.observations[index] ?? []).map(describeObservation);
	return [
		...title(diagnosis, palette, width),
		...seen.flatMap((line, index) => hang(`  ${index === 0 ? 'Seen' : '    '}  `, clean(line), width)),
		...hang('  Why   ', clean(diagnosis.explanation), width),
		...diagnosis.fixes.flatMap((fix, index) => remedy(fix, index, palette, width)),
	];
}

function title({title, id, confidence}: Diagnosis, palette: Palette, width: number | undefined): string[] {
	const painted = `${palette.bold(clean(title))}  [${id}, ${confidence}]`;
	const lines = width === undefined ? [painted] : wrapProse(painted, Math.max(20, width - 2));
	return lines.map((line, index) => `${index === 0 ? palette.error(marks.fail) : ' '} ${line}`);
}

function remedy(fix: Fix, index: number, palette: Palette, width: number | undefined): string[] {
	const {command: _shownBelow, ...words} = fix;
	return [
		...hang(`  ${index === 0 ? 'Try ' : '    '}  ${index + 1}. `, clean(fixLine(words)), width),
		...(fix.command === undefined ? [] : [`           ${palette.accent(clean(fix.command))}`]),
	];
}

/** Safe for a terminal and in one line. */
function clean(text: string): string {
	return sanitizeLine(redact(text));
}
