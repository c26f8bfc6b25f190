import stringWidth from 'string-width';
import {wrapProse} from '../terminal/wrap.js';
import {clean, shownFixes} from './connection-report.js';
import {withKeys} from './drawing.js';
import type {PanelContent} from './panel.js';

/** What the keys do now, or what came of the last one: always as many lines, so that nothing below the panel moves. */
export function panelKeys(content: PanelContent): readonly string[] {
	const {panel, palette, width} = content;
	const keys = inRows(withKeys(keyWords(content), content).split(separator), width);
	if (panel.said === undefined) return keys.map(line => palette.dim(line));
	const said = wrapProse(withKeys(clean(panel.said), content), width);
	const lines = said.length >= keys.length ? said : [...said, ...keys.slice(said.length).map(() => '')];
	return lines.map(line => palette.accent(line));
}

const separator = ' · ';

/** Parts in as few rows as they need, none of them broken. */
function inRows(parts: readonly string[], width: number): readonly string[] {
	const rows: string[] = [];
	for (const part of parts) {
		const longer = `${rows.at(-1)}${separator}${part}`;
		if (rows.length > 0 && stringWidth(longer) <= width) rows[rows.length - 1] = longer;
		else rows.push(...wrapProse(part, width));
	}
	return rows;
}

function keyWords(content: PanelContent): string {
	const {panel} = content;
	if (!panel.focused) return 'Ctrl+T: panel keys · Esc closes';
	switch (panel.view.kind) {
		case 'summary':
			return summaryKeys(content).join(separator);
		case 'details':
			return ['↑↓ End Space scroll', ...copyKeys(content, 9), 'd Esc back'].join(separator);
		case 'explain':
			return '↑↓ End Space scroll · e Esc back';
		case 'report':
			return panel.view.text === undefined ? 'Esc back' : 'Enter writes it to a file · ↑↓ Space scroll · Esc back';
		case 'address':
			return {confirm: 'Enter uses it · Esc back', opening: 'opening …', save: 'Enter saves it · Esc: for this run only'}[panel.view.step];
		case 'token':
			return {
				rereading: 'reading the configuration again …',
				typing: 'Enter tries it · Esc back',
				trying: 'trying …',
				save: 'Enter saves it · Esc: for this run only',
			}[panel.view.step];
	}
}

/** The keys that copy a command, where there is one among the fixes that are shown. */
function copyKeys({told}: PanelContent, most: number): readonly string[] {
	const shown = told?.findings.primary?.fixes.slice(0, most) ?? [];
	const last = shown.findLastIndex(({command}) => command !== undefined) + 1;
	return last === 0 ? [] : [`${last > 1 ? `1-${last}` : '1'} copy`];
}

function summaryKeys(content: PanelContent): readonly string[] {
	const {panel, told, otherOrigin: origin} = content;
	const primary = told?.findings.primary;
	return [
		...copyKeys(content, shownFixes),
		'r re-check',
		'd details',
		...(primary ? ['e explain'] : []),
		'x report',
		...(origin === undefined ? [] : [`u use ${origin.replace(/^\w+:\/\//, '')}`]),
		...(primary?.layer === 'auth' ? ['t new token'] : []),
		panel.openedBy === 'failure' ? 'Esc keys back' : 'Esc closes',
	];
}
