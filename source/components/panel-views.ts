import type {Panel, PanelView} from '../chat/panel/panel.js';
import {evidenceLines} from '../diagnosis/failure-lines.js';
import {redact} from '../diagnosis/redact.js';
import {sanitize} from '../terminal/sanitize.js';
import {wrapProse, wrapVerbatim} from '../terminal/wrap.js';
import {alternativeLines, clean, diagnosisLines, hang, noteLines} from './connection-report.js';
import {type PanelDrawn, withKeys} from './drawing.js';
import {ladderLines} from './ladder-lines.js';
import {brokenToolLines, nodeLines} from './node-lines.js';
import type {PanelContent} from './panel.js';
import {explainLines} from './panel-explain.js';

/** A view that may be longer than its room: head and keys stay, the rest scrolls between them. */
export function longView(content: PanelContent, head: string, keys: readonly string[], height: number): PanelDrawn {
	const {width, palette, panel} = content;
	const body = bodyOf(content).flatMap(line => wrapVerbatim(line, width));
	const room = height - keys.length - 2;
	if (room < 1) return {lines: [...body.slice(0, Math.max(0, height - keys.length)), ...keys].slice(-height), isAtEnd: true};
	if (body.length <= room + 1) return {lines: [head, ...body, ...keys], isAtEnd: true};
	const last = body.length - room;
	const first = panel.scroll < 0 ? Math.max(0, last + panel.scroll + 1) : Math.min(panel.scroll, last);
	const shown = body.slice(first, first + room);
	const where = palette.dim(`lines ${first + 1}–${first + shown.length} of ${body.length}`.slice(0, width));
	return {lines: [head, ...shown, where, ...keys], isAtEnd: first >= last};
}

function bodyOf(content: PanelContent): readonly string[] {
	const {view} = content.panel;
	switch (view.kind) {
		case 'summary':
			return [];
		case 'details':
			return details(content);
		case 'explain':
			return explainLines(content);
		case 'report':
			return reportBody(view.text, content);
		case 'address':
			return addressBody(content, view.origin, view.step);
		case 'token':
			return tokenBody(content, view);
	}
}

function details({told, rungs, palette, width, panel, state}: PanelContent): readonly string[] {
	const style = {palette, width};
	const {primary} = told?.findings ?? {};
	return [
		...ladderLines(rungs, style),
		...(told ? nodeLines(told.evidence, style) : []),
		...(told ? brokenToolLines(state, told.evidence, style) : []),
		...(told && primary ? ['', ...diagnosisLines(primary, told.evidence, {...style, verbose: true})] : []),
		...(told ? [...alternativeLines(told.findings, told.evidence, style), ...noteLines(told.findings, told.evidence, style)] : []),
		'',
		'Observed',
		...[
			...(panel.cause ? evidenceLines(panel.cause) : []),
			...(panel.evidence && panel.evidence !== panel.cause ? evidenceLines(panel.evidence) : []),
		].flatMap(line => hang('  ', line, style)),
	];
}

function reportBody(text: string | undefined, content: PanelContent): readonly string[] {
	if (text === undefined) return ['The report is being made …'];
	return [
		...wrapProse(
			withKeys('For a public issue: names and addresses are replaced. Nothing is written before Enter.', content),
			content.width,
		),
		...sanitize(redact(text)).split('\n'),
	];
}

function addressBody(content: PanelContent, origin: string, step: string): readonly string[] {
	const {panel, width} = content;
	const seen = `A gateway answers at ${origin}. Whether it is the same gateway is not known.`;
	const token = tokenWords(panel, origin);
	const lines = step === 'save' ? [`${origin} is used in this run. Enter saves it as the gateway's address.`] : [seen, token];
	const ask = step === 'confirm' ? `Enter talks to ${origin} in this run.` : step === 'opening' ? 'Opening …' : '';
	return [...lines, ask].filter(line => line !== '').flatMap(line => wrapProse(withKeys(clean(line), content), width));
}

/** What becomes of the token at the other address. */
function tokenWords({evidence}: Panel, origin: string): string {
	if (evidence?.credential.set !== true) return 'No token is set, so none is sent.';
	const withheld = evidence.observations.find(seen => seen.kind === 'credential-withheld');
	const owner =
		withheld?.kind === 'credential-withheld' && withheld.reason === 'other-origin' ? (withheld.belongsTo ?? 'another gateway') : origin;
	if (owner !== origin) return `The token belongs to ${owner}: it is not sent there.`;
	return 'The token goes there too, once it has identified itself as a gateway; never over plain http into a network that was not allowed.';
}

const mostDots = 40;

function tokenBody(
	content: PanelContent,
	{step, length, why, savedIn = 'config.json'}: PanelView & {readonly kind: 'token'},
): readonly string[] {
	const {width, palette} = content;
	const told = (text: string) => wrapProse(withKeys(clean(text), content), width);
	if (step === 'rereading') return told('The configuration is read again, and its token command is run once.');
	if (step === 'save') return told(`The gateway accepts the token. It is used in this run. Enter saves it in ${savedIn}.`);
	const dots = `${'•'.repeat(Math.min(length, mostDots, Math.max(1, width - 24)))}${length > 0 ? ` ${length} characters` : ''}`;
	return [...(why === undefined ? [] : told(why)), `New token (hidden): ${palette.accent(dots)}`];
}
