import {setTimeout as wait} from 'node:timers/promises';

/** What a tool gave back. */
export interface ToolOutcome {
	readonly text: string;
	readonly isError: boolean;
	/** `details` of the result, in the words of 2026.9.6. */
	readonly details: Readonly<Record<string, unknown>>;
}

export const workspace = '/home/demo/.openclaw/workspace';

/** Rules of the pretended shell: what a command prints, how long it takes, how it exits. */
const commands: ReadonlyArray<
	readonly [RegExp, (rest: string) => {readonly print?: string; readonly ms?: number; readonly exit?: number}]
> = [
	[/^echo\s*(.*)$/, rest => ({print: rest.replace(/^(["'])(.*)\1$/, '$2')})],
	[/^sleep\s+([\d.]+)$/, seconds => ({ms: Number(seconds) * 1000})],
	[/^seq\s+(\d+)$/, count => ({print: Array.from({length: Math.min(Number(count), 100_000)}, (_, index) => index + 1).join('\n')})],
	[/^exit\s+(\d+)$/, code => ({exit: Number(code)})],
	[/^(false)$/, () => ({exit: 1})],
	[/^(pwd)$/, () => ({print: workspace})],
	[/^(.*)$/, rest => ({print: `(demo) would run: ${rest}`, ms: 300})],
];

/** What 2026.9.6 says where no node is paired. */
const noNode = 'exec host=node requires a paired node (none available). This requires a companion app or node host.';

/** Pretends to run a tool: nothing is executed, read or written. `tell` hears what was printed so far. */
export async function runTool(
	name: string,
	given: Readonly<Record<string, unknown>>,
	signal: AbortSignal,
	tell: (printed: string) => void,
): Promise<ToolOutcome> {
	if (name === 'exec' && given['host'] === 'node') {
		return toolError(name, noNode);
	}

	if (name === 'exec') {
		return runCommand(String(given['command'] ?? ''), signal, tell);
	}

	const path = String(given['path'] ?? '');
	if (name === 'read' && !/readme/i.test(path)) {
		return toolError(name, `File not found: ${path}.`);
	}

	const text = name === 'read' ? '# Demo\n\nNothing of this is on any disk.\n' : `(demo) ${name} did nothing.`;
	return {text, isError: false, details: {status: 'completed'}};
}

/** The result of a tool that failed before it did anything. */
export function toolError(tool: string, error: string): ToolOutcome {
	const details = {status: 'error', tool, error};
	return {text: JSON.stringify(details, null, 2), isError: true, details};
}

async function runCommand(command: string, signal: AbortSignal, tell: (printed: string) => void): Promise<ToolOutcome> {
	const startedAt = performance.now();
	let printed = '';
	let exitCode = 0;
	for (const part of command.split(/\s*(?:;|&&)\s*/).filter(text => text !== '')) {
		const {print, ms = 0, exit} = pretend(part);
		await wait(ms, undefined, {signal});
		if (print !== undefined) {
			printed += `${print}\n`;
			tell(printed);
		}

		if (exit !== undefined) {
			exitCode = exit;
			break;
		}
	}

	const output = printed.trimEnd();
	const text = exitCode === 0 ? output || '(no output)' : `${output}${output === '' ? '' : '\n\n'}(Command exited with code ${exitCode})`;
	const durationMs = Math.round(performance.now() - startedAt);
	return {
		text,
		isError: false,
		details: {status: 'completed', exitCode, exitSignal: null, exitReason: 'exit', durationMs, aggregated: text, cwd: workspace},
	};
}

function pretend(part: string): {readonly print?: string; readonly ms?: number; readonly exit?: number} {
	for (const [pattern, effect] of commands) {
		const match = pattern.exec(part);
		if (match) {
			return effect(match[1] ?? '');
		}
	}

	return {};
}
