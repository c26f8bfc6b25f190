import {clean, diagnosisLines, hang, titleLines} from './connection-report.js';
import type {PanelContent} from './panel.js';

const confidence = {
	certain: 'certain: what was seen proves it.',
	likely: 'likely: the usual cause of what was seen; others are possible.',
	possible: 'possible: one of several causes of what was seen.',
} as const;

/** The whole text of the rule behind the primary diagnosis. */
export function explainLines({told, palette, width}: PanelContent): readonly string[] {
	const primary = told?.findings.primary;
	if (told === undefined || primary === undefined) return ['Nothing is wrong, so there is nothing to explain.'];
	const style = {palette, width};
	return [
		...titleLines(primary, style),
		...hang('  Name  ', `${primary.id} · ${primary.slug} · layer ${primary.layer}`, style),
		...hang('  Sure  ', confidence[primary.confidence], style),
		...diagnosisLines(primary, told.evidence, {...style, verbose: true}).slice(titleLines(primary, style).length),
		...hang('  More  ', clean(`clawtalk explain ${primary.id}`), style),
	];
}
