import {layers} from '../../diagnosis/evidence.js';
import type {Flag} from '../command.js';

/** What `clawtalk status` can be asked for beside the look itself. */
export const statusFlags: Readonly<Record<string, Flag>> = {
	json: {type: 'boolean', help: 'print one document {schema: "clawtalk.status/1", …}'},
	verbose: {type: 'boolean', help: 'every remedy and every observation, not the first ones'},
	deep: {type: 'boolean', help: 'look longer, 20 s: also system programs, public name servers, the WebSocket'},
	only: {type: 'string', value: 'LAYER', choices: layers, help: `go no further in than LAYER: ${layers.join(', ')}`},
	all: {type: 'boolean', help: 'every profile, one line each; the exit code is that of the first with a problem'},
	watch: {type: 'boolean', help: 'look again and again (GET /healthz only) until Ctrl+C'},
	interval: {type: 'number', value: 'S', help: 'seconds between two looks of --watch, 1 to 3600 (default 5)'},
	check: {type: 'boolean', help: 'print nothing: the exit code tells'},
	cached: {type: 'boolean', help: 'what the last look found, without a network: for shell prompts'},
	maxAge: {type: 'number', value: 'S', help: 'with --cached: seconds after which that is stale (default 60)'},
	format: {type: 'string', value: 'TEXT', help: "with --cached: default '{lamp} {profile} {id}'; also {path} {ms} {age} {version}"},
	history: {type: 'boolean', help: 'what failed in the last 7 days, from the connection log'},
	report: {type: 'string', value: 'FILE', help: 'write a report for a public issue, names and addresses replaced; - prints it'},
	evidence: {type: 'string', value: 'FILE', help: 'explain a report or evidence from FILE; looks at nothing else'},
	checkUpdates: {type: 'boolean', help: 'ask the npm registry for a newer clawtalk; the only call that is not for a gateway'},
	noColor: {type: 'boolean', help: 'no colours'},
};

/** Flags of which one excludes the others, and those that each of them goes with. */
const modes: Readonly<Record<string, readonly string[]>> = {
	cached: ['maxAge', 'format'],
	history: ['json', 'noColor'],
	evidence: ['json', 'verbose', 'check', 'noColor', 'report'],
	all: ['json', 'deep', 'only', 'check', 'noColor'],
	watch: ['json', 'interval', 'noColor'],
	report: ['deep', 'evidence', 'noColor'],
	checkUpdates: ['json'],
};

const dependants: Readonly<Record<string, string>> = {maxAge: 'cached', format: 'cached', interval: 'watch'};

/** What is wrong with these flags together, in a line, if anything is. Names as in the table. */
export function conflictOf(given: (name: string) => boolean, longName: (name: string) => string): string | undefined {
	const own = Object.keys(statusFlags);
	for (const [mode, company] of Object.entries(modes)) {
		if (!given(mode)) continue;
		const stranger = own.find(name => name !== mode && given(name) && !company.includes(name) && !modes[name]?.includes(mode));
		if (stranger !== undefined) return `${longName(mode)} and ${longName(stranger)} do not go together.`;
	}
	const [lonely, missing] = Object.entries(dependants).find(([name, needs]) => given(name) && !given(needs)) ?? [];
	return lonely === undefined || missing === undefined ? undefined : `${longName(lonely)} goes with ${longName(missing)}.`;
}
