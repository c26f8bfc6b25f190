import type {Evidence} from '../../source/diagnosis/evidence.js';
import type {Gateway} from '../../source/gateway/gateway.js';
import type {Outcome} from '../../source/gateway/transport.js';

/** What came of a question over clawtalk's own connection. */
export interface Told {
	/** The answer as the chat would show it. */
	readonly text: string;
	readonly outcome: Outcome;
	readonly evidence: Evidence;
}

/** Asks in a session of its own and waits for the end. */
export function asked({transport}: Gateway, text: string, sessionKey: string = crypto.randomUUID()): Promise<Told> {
	const question = {id: 'q1', idempotencyKey: crypto.randomUUID(), text, images: [], history: [], sessionKey: `clawtalk:${sessionKey}`};
	let shown = '';
	return new Promise(resolve => {
		void transport.send(question, AbortSignal.timeout(240_000), event => {
			if (event.type === 'delta') shown += event.text;
			if (event.type === 'replace') shown = event.text;
			if (event.type === 'ended') resolve({text: shown, outcome: event.outcome, evidence: event.evidence});
		});
	});
}
