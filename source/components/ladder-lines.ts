import stringWidth from 'string-width';
import type {Layer} from '../diagnosis/evidence.js';
import type {LayerError, LayerReport} from '../diagnosis/ladder.js';
import type {Paint, Palette} from '../terminal/palette.js';
import {clean, hang, type ReportStyle} from './connection-report.js';

/** What people call a layer; the ids are for programs. */
export const labels: Readonly<Record<Layer, string>> = {
	config: 'config',
	dns: 'name',
	tcp: 'tcp',
	tls: 'tls',
	identity: 'gateway',
	auth: 'auth',
	chat: 'chat',
	control: 'control',
};

const marks = {ok: '✓', warn: '!', fail: '✗', skipped: '–', 'not-run': '·'} as const;
const underWayMark = '…';

/** The ladder, one rung a line or more: mark, label, words, time. Lines of rungs that have not been tried stay in their place. */
export function ladderLines(rungs: readonly LayerReport[], style: ReportStyle): readonly string[] {
	return rungs.flatMap(rung => {
		const lines = hang(`  ${labels[rung.id].padEnd(10)}`, words(rung), style);
		return lines.map((line, index) => (index === 0 ? paintOf(rung, style.palette)(markOf(rung)) + line.slice(1) : line));
	});
}

/** The ladder as one line, `✓ config  – name  ✗ tcp  · tls`; in a narrow terminal as few as it needs. */
export function ladderRow(rungs: readonly LayerReport[], {palette, width}: ReportStyle): readonly string[] {
	const rows: string[] = [];
	let used = 0;
	for (const rung of rungs) {
		const text = `${markOf(rung)} ${labels[rung.id]}`;
		const cells = stringWidth(text);
		const painted = paintOf(rung, palette)(text);
		if (rows.length > 0 && (width === undefined || used + 2 + cells <= width)) {
			rows.push(`${rows.pop() ?? ''}  ${painted}`);
			used += 2 + cells;
		} else {
			rows.push(painted);
			used = cells;
		}
	}
	return rows;
}

function words({state, note, ms, error, underWay}: LayerReport): string {
	const open = underWay ? (state === 'fail' ? 'looking closer' : 'looking') : state === 'not-run' ? 'not tried' : undefined;
	return [error && errorWords(error), note, open, ms === undefined ? undefined : `${ms} ms`].filter(Boolean).join(', ');
}

/** `connect ECONNREFUSED 127.0.0.1:18789, 3 of 3` */
export function errorWords({code, syscall, address, port, count, of}: LayerError): string {
	const host = address?.includes(':') ? `[${address}]` : address;
	const where = host === undefined ? undefined : `${host}${port === undefined ? '' : `:${port}`}`;
	return clean(`${[syscall, code, where].filter(Boolean).join(' ')}${of > 1 ? `, ${count} of ${of}` : ''}`);
}

function markOf({state, underWay}: LayerReport): string {
	return underWay && state !== 'fail' ? underWayMark : marks[state];
}

function paintOf({state, underWay}: LayerReport, palette: Palette): Paint {
	if (underWay && state !== 'fail') return palette.accent;
	return {ok: palette.good, warn: palette.warning, fail: palette.error, skipped: palette.dim, 'not-run': palette.dim}[state];
}
