import type {Diagnosis, Fix} from '../diagnosis.js';
import type {TextRow} from './entry.js';

/** A text row as a diagnosis, its placeholders filled with what the text gave where that is safe in a command. */
export function textDiagnosis(row: TextRow, values: Readonly<Record<string, string>> = {}): Diagnosis {
	const {id, slug, layer, severity, confidence, title, explanation, exitCode, transient = false, verify} = row;
	const fixes = row.fixes.map(fix => filled(fix, values));
	return {
		...{id, slug, layer, severity, confidence, title, explanation, evidence: [], fixes, exitCode, transient},
		...(verify === undefined ? {} : {verify}),
	};
}

/** Ids of requests, nodes and devices, ports, and names and IPv4 addresses of hosts. */
const safeValue = /^(?=.{1,64}$)[A-Za-z0-9][A-Za-z0-9.-]*$/;

function filled(fix: Fix, values: Readonly<Record<string, string>>): Fix {
	let {command, shownApart} = fix;
	if (command === undefined) return fix;
	for (const [name, value] of Object.entries(values)) {
		const placeholder = new RegExp(`\\b${name}\\b`, 'g');
		if (value === undefined || !placeholder.test(command)) continue;
		if (safeValue.test(value)) command = command.replace(placeholder, value);
		else shownApart = value.slice(0, 120);
	}
	const open = /\b[A-Z][A-Z_]{2,}\b/.test(command);
	const applicability = fix.applicability === 'has-placeholders' && !open ? 'safe-to-run' : fix.applicability;
	return {...fix, command, applicability, ...(shownApart === undefined ? {} : {shownApart})};
}
