import type {TransportEvent} from '../../gateway/transport.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import {createToolLog} from '../ask/ask-tools.js';
import {createRetryLines} from '../retry-lines.js';

/** What a run does, for a screen reader. */
export interface SpokenRuns {
	/** @param now Milliseconds. */
	hear(event: TransportEvent, now: number): void;
}

/** So many tools of an answer are named when they begin; who listens cannot skip. What fails is said all the same, up to a limit. */
const mostNamed = 20;
const mostFailures = 100;

/** @param say Says a line of its own, below what was said of the answer. */
export function createSpokenRuns(say: (line: string) => void): SpokenRuns {
	let tools = createToolLog();
	let retries = createRetryLines();
	let named = new Set<string>();
	let failures = 0;
	const nameTool = (id: string, words: string) => {
		if (named.has(id) || named.size > mostNamed) return;
		say(
			named.size === mostNamed ? 'Waiting: the agent uses more tools; they are not named one by one.' : `Waiting: the agent uses ${words}.`,
		);
		named.add(id);
	};
	return {
		hear(event, now) {
			const retry = retries(event);
			if (retry !== undefined) say(`Waiting. ${retry}`);
			if (event.type === 'ended') {
				tools = createToolLog();
				retries = createRetryLines();
				named = new Set();
				failures = 0;
			}
			if (event.type !== 'tool') return;
			const {id, name, summary} = event.call;
			nameTool(id, [sanitizeLine(name) || 'a tool', ...(summary === undefined ? [] : [sanitizeLine(summary)])].join(': '));
			const run = tools.hear(event.call, now);
			if (run?.ended !== 'failed' || failures++ >= mostFailures) return;
			say(`Tool failed: ${sanitizeLine(run.name)}: ${sanitizeLine(run.error ?? '') || 'it did not say why'}.`);
		},
	};
}
