import {
	alternativeLines,
	clean,
	diagnosisLines,
	hang,
	noteLines,
	observedLines,
	type ReportStyle,
} from '../../components/connection-report.js';
import {labels, ladderLines} from '../../components/ladder-lines.js';
import {nodeLines} from '../../components/node-lines.js';
import {statusCommand} from '../../diagnosis/client-commands.js';
import type {Findings} from '../../diagnosis/diagnosis.js';
import type {Evidence, WithheldReason} from '../../diagnosis/evidence.js';
import {findLast} from '../../diagnosis/find.js';
import {climb, type LayerReport} from '../../diagnosis/ladder.js';
import {isUnfinished} from '../../diagnosis/unfinished.js';
import {durationInWords} from '../duration.js';
import {sinceWords} from '../since-words.js';
import type {ClientReport} from './describe-client.js';
import type {Checked} from './status-check.js';

export interface TextStyle extends ReportStyle {
	readonly verbose: boolean;
	/** The look was a longer one. */
	readonly deep?: boolean;
}

/** What can be told while the look goes on: the facts so far, and the ladder with the rung at work. */
export function progressLines(
	evidence: Evidence,
	findings: Findings,
	profile: string | undefined,
	style: ReportStyle & Pick<TextStyle, 'deep'>,
): readonly string[] {
	const ladder = ladderLines(climb(evidence, findings, {pending: true}), style);
	const long = style.deep ? ['', ...hang('', 'Looking longer, up to 20 s. Ctrl+C ends it, with what was seen until then.', style)] : [];
	return [...facts(evidence, profile, style, 'looking'), '', ...ladder, ...long];
}

/** The report for people: facts, the ladder, then what is wrong with its proof, reason and remedies, then what else there is to say. */
export function statusLines(checked: Checked, client: ClientReport | undefined, style: TextStyle): readonly string[] {
	const {evidence, findings, profile, agents, endedBy} = checked;
	const layers = climb(evidence, findings);
	return [
		...facts(
			evidence,
			profile,
			style,
			endedBy === undefined && findings.primary && !isUnfinished(findings.primary) ? 'nobody answered' : 'not known',
		),
		...(agents.length > 0 ? hang('Agents    ', agents.join(', '), style) : []),
		...(client ? hang('clawtalk  ', clientWords(client), style) : []),
		'',
		...ladderLines(layers, style),
		...nodeLines(evidence, style),
		'',
		...conclusion(checked, layers, style),
	];
}

function conclusion({evidence, findings, endedBy}: Checked, layers: readonly LayerReport[], style: TextStyle): readonly string[] {
	const {primary} = findings;
	// With another token it may work to this minute: a refused one says nothing about until when.
	const isFailure = primary !== undefined && !isUnfinished(primary) && primary.layer !== 'auth';
	const since = sinceWords(evidence, isFailure);
	const stopped = endedBy === undefined ? [] : hang('', style.palette.warning('Stopped: this is what was seen until then.'), style);
	const verdictLines = primary
		? diagnosisLines(primary, evidence, {...style, more: `${statusCommand(evidence)} --verbose`})
		: stopped.length > 0
			? []
			: hang('', verdict(layers), style).map(style.palette.good);
	return [
		...stopped,
		...verdictLines,
		...(since === undefined ? [] : hang(isFailure ? '  Since ' : primary ? '        ' : '', since, style)),
		...alternativeLines(findings, evidence, style),
		...noteLines(findings, evidence, style),
		...(style.verbose ? observedLines(evidence, findings, 'every', style) : []),
		...(style.deep && !style.verbose ? observedLines(evidence, findings, 'closer', style) : []),
	];
}

/** What can be told when no gateway could be looked at. A problem that no rule knows is told as it is. */
export function notOpenedLines(
	layers: readonly LayerReport[],
	problems: readonly string[],
	{evidence, findings}: {readonly evidence: Evidence; readonly findings?: Findings | undefined},
	style: ReportStyle,
): readonly string[] {
	if (findings?.primary) {
		const told = diagnosisLines(findings.primary, evidence, style);
		return [
			...ladderLines(layers, style),
			'',
			...told,
			...alternativeLines(findings, evidence, style),
			...noteLines(findings, evidence, style),
		];
	}
	const told = problems.flatMap(problem =>
		hang('  ', problem, style).map((line, index) => (index === 0 ? style.palette.error('✗') + line.slice(1) : line)),
	);
	return [...ladderLines(layers, style), '', ...told];
}

function verdict(layers: readonly LayerReport[]): string {
	const last = layers.findLast(({state}) => state !== 'not-run' && state !== 'skipped')?.id;
	if (last !== undefined && last !== 'chat' && last !== 'control')
		return `Nothing is wrong up to ${labels[last]}; what comes after it was not tried.`;
	const sure = layers.every(({id, state}) => state === 'ok' || state === 'skipped' || (id === 'control' && state === 'not-run'));
	return sure
		? 'Everything is in order, as far as can be seen without asking a question.'
		: 'Nothing is wrong as far as can be seen without asking a question.';
}

const peers = {
	gateway: 'OpenClaw gateway',
	'gateway-by-challenge': 'OpenClaw gateway of before 2026.3 (known by its WebSocket greeting)',
	'plugin-proxy': 'rate-limit proxy of the ClawTalk plugin',
	'other-web-server': 'not an OpenClaw gateway',
	redirect: 'a redirect, not followed',
	unknown: 'not known',
} as const;

function facts(evidence: Evidence, profile: string | undefined, style: ReportStyle, withoutPeer: string): readonly string[] {
	const fact = (name: string, value: string) => hang(name.padEnd(10), value, style);
	const {target} = evidence;
	const ofProfile = profile === undefined || target.source === `profile ${profile}` ? '' : ` · profile ${profile}`;
	return [
		...fact('Gateway', `${target.origin}${target.basePath ?? ''} · from ${target.source}${ofProfile} · ${target.addressClass}`),
		...fact('Route', target.proxy ? `through the proxy ${target.proxy}` : 'direct'),
		...fact('Peer', peerWords(evidence) ?? withoutPeer),
		...fact('Token', tokenWords(evidence)),
	];
}

function peerWords(evidence: Evidence): string | undefined {
	const peer = findLast(evidence, 'peer-identified')?.observation;
	if (peer === undefined) return undefined;
	const about = findLast(evidence, 'gateway-facts')?.observation;
	const version = findLast(evidence, 'gateway-facts', ({version}) => version !== undefined)?.observation.version;
	const up = about?.uptimeMs === undefined ? undefined : `up for ${durationInWords(about.uptimeMs)}`;
	const name = `${peers[peer.peer]}${version === undefined ? '' : ` ${version}`}${peer.address ? ` at ${peer.address}` : ''}`;
	return [name, up].filter(Boolean).join(' · ');
}

const withheldWords: Readonly<Record<WithheldReason, string>> = {
	'other-origin': 'it belongs to another gateway',
	'plain-http-private': 'plain http, to which nobody has agreed',
	'plain-http-public': 'plain http to a public address',
	'peer-not-identified': 'no gateway identified itself',
	'refused-before': 'it was refused before',
};

function tokenWords({credential}: Evidence): string {
	if (!credential.set) return 'none set';
	return [
		'set',
		credential.length === undefined ? undefined : `${credential.length} characters`,
		`from ${credential.source}`,
		// One look may send it once, and hold it back afterwards because it was refused.
		credential.withheld && !credential.sent && `not sent: ${withheldWords[credential.withheld]}`,
	]
		.filter(Boolean)
		.join(' · ');
}

const fetchWords = {
	true: ', the built-in fetch uses it too',
	false: ', the built-in fetch does NOT use it',
	null: '',
} as const;

function clientWords({version, node, undici, builtInFetchUsesDispatcher}: ClientReport): string {
	return clean(`${version} · Node ${node} · undici ${undici}${fetchWords[`${builtInFetchUsesDispatcher}`]}`);
}
