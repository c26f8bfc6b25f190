import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {ensureDirectory} from '../../config/folder.js';
import {locate} from '../../config/location.js';
import {shown} from '../../config/shown.js';
import type {Evidence} from '../../diagnosis/evidence.js';
import {reportOf} from '../../diagnosis/report/report.js';

/** The report for a public issue, as it would be written. */
export function reportText(evidence: Evidence): string {
	return `${JSON.stringify(reportOf(evidence), undefined, '\t')}\n`;
}

/** Writes it to a new file of the user alone; says where, or why not. */
export async function writeReport(env: Readonly<NodeJS.ProcessEnv>, text: string, at: Date): Promise<string> {
	const locations = locate(env);
	const path = join(locations.directory, `report-${at.toISOString().slice(0, 19).replace(/\D/g, '')}.json`);
	try {
		await ensureDirectory(locations);
		const file = await open(path, 'wx', 0o600);
		try {
			await file.writeFile(text);
		} finally {
			await file.close();
		}
	} catch (error) {
		return `Not written: ${shown(path)} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`;
	}
	return `Written to ${shown(path)}; only you can read it.`;
}
