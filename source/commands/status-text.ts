import {describeObservation} from '../diagnosis/describe.js';
import type {Diagnosis, Fix} from '../diagnosis/diagnosis.js';
import {fixLine} from '../diagnosis/failure-lines.js';
import {redact} from '../diagnosis/redact.js';
import type {Palette} from '../terminal/palette.js';
import {sanitizeLine} from '../terminal/sanitize.js';
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

const marks = {ok: '✓', warn: '!', fail: '✗', skipped: '–', 'not-run': '·'} as const;
const notRun = 'not tried';

/** The report for people: facts, the ladder, then what is wrong with its proof, reason and remedies. */
export function statusText(report: StatusReport, palette: Palette): string {
	const {primary, alternatives, notes} = report.findings;
	const lines = [
		...facts(report),
		'',
		...report.layers.map(layer => rung(layer, palette)),
		...(primary ? ['', ...problem(primary, report, palette)] : ['', verdict(report, palette)]),
		...alternatives.map(({title, id}) => clean(`Also possible: ${title} [${id}]`)),
		...notes.map(({title, id, explanation}) => clean(`Note: ${title}. ${explanation} [${id}]`)),
	];
	return `${lines.join('\n')}\n`;
}

/** What can be told when no gateway could be looked at. */
export function notOpenedText(layers: readonly LayerReport[], problems: readonly string[], palette: Palette): string {
	const told = problems.map(problem => `${palette.error(marks.fail)} ${clean(problem)}`);
	return `${[...layers.map(layer => rung(layer, palette)), '', ...told].join('\n')}\n`;
}

function verdict({layers}: StatusReport, palette: Palette): string {
	const sure = layers.every(({state}) => state === 'ok' || state === 'skipped');
	return palette.good(sure ? 'Everything is in order.' : 'Nothing is wrong as far as can be seen without asking a question.');
}

function facts({client, profile, look}: StatusReport): string[] {
	const {target, credential} = look.evidence;
	const peer = peerOf(look);
	const token = credential.set
		? [
				'set',
				credential.length === undefined ? undefined : `${credential.length} characters`,
				`from ${credential.source}`,
				credential.withheld && 'not sent',
			]
		: ['none set'];
	const fetchWords = {
		true: 'the built-in fetch uses it too',
		false: 'the built-in fetch does NOT use it',
		null: 'built-in fetch not tried',
	};
	return [
		fact('Gateway', `${target.origin} · from ${target.source}${profile ? ` · profile ${profile}` : ''} · ${target.addressClass}`),
		fact('Route', target.proxy ? `through the proxy ${target.proxy}` : 'direct'),
		fact('Peer', peer ? `${peers[peer.peer]}${peer.address ? ` at ${peer.address}` : ''}` : 'nobody answered'),
		fact('Token', token.filter(Boolean).join(' · ')),
		...(look.agents.length > 0 ? [fact('Agents', look.agents.join(', '))] : []),
		fact(
			'clawtalk',
			`${client.version} · Node ${client.node} · undici ${client.undici}, ${fetchWords[`${client.builtInFetchUsesDispatcher}`]}`,
		),
	];
}

function fact(name: string, value: string): string {
	return `${name.padEnd(10)}${clean(value)}`;
}

function rung({id, state, ms, note}: LayerReport, palette: Palette): string {
	const paint = {ok: palette.good, warn: palette.warning, fail: palette.error, skipped: palette.dim, 'not-run': palette.dim}[state];
	const words = [note ?? (state === 'not-run' ? notRun : undefined), ms === undefined ? undefined : `${ms} ms`].filter(Boolean).join(', ');
	return `${paint(marks[state])} ${id.padEnd(10)}${words}`.trimEnd();
}

function problem(diagnosis: Diagnosis, {look}: StatusReport, palette: Palette): string[] {
	const seen = diagnosis.evidence.flatMap(index => look.evidence.observations[index] ?? []).map(describeObservation);
	return [
		`${palette.error(marks.fail)} ${palette.bold(clean(diagnosis.title))}  [${diagnosis.id}, ${diagnosis.confidence}]`,
		...seen.map((line, index) => `  ${index === 0 ? 'Seen' : '    '}  ${clean(line)}`),
		`  Why   ${clean(diagnosis.explanation)}`,
		...diagnosis.fixes.flatMap((fix, index) => remedy(fix, index, palette)),
	];
}

function remedy(fix: Fix, index: number, palette: Palette): string[] {
	const {command: _shownBelow, ...words} = fix;
	return [
		`  ${index === 0 ? 'Try ' : '    '}  ${index + 1}. ${clean(fixLine(words))}`,
		...(fix.command === undefined ? [] : [`           ${palette.accent(clean(fix.command))}`]),
	];
}

/** Safe for a terminal and in one line. */
function clean(text: string): string {
	return sanitizeLine(redact(text));
}
