import {escapeControls} from '../../export/json-export.js';
import type {TransportEvent} from '../../gateway/transport.js';
import type {AnswerPrinter} from '../../terminal/stream-printer.js';
import {type Addition, createStandingText, saidAnew} from '../standing-text.js';
import {type AskFacts, askDocument} from './ask-document.js';
import type {AnswerRecord} from './ask-record.js';
import type {AskResult} from './ask-result.js';

/** Where an answer goes on stdout, one implementation for each `--output`. */
export interface AskOutput {
	/** The question is about to be sent. */
	start(facts: AskFacts): void;
	event(event: TransportEvent): void;
	/** Something of ours is about to be written: on a terminal, what came so far stands above it. */
	pause?(): void;
	finish(record: AnswerRecord, result: AskResult): void;
}

type Write = (text: string) => unknown;

/** The output for programs, for the forms that are meant for them. */
export function createMachineOutput(form: 'text' | 'json' | 'stream-json', write: Write, before: AskFacts): AskOutput | undefined {
	if (form === 'json') return createJsonOutput(write, before);
	return form === 'stream-json' ? createStreamJsonOutput(write, before) : undefined;
}

/** What a terminal could obey is escaped: `--output json` is read on terminals, too. */
function lineOf(object: object): string {
	return `${escapeControls(JSON.stringify(object))}\n`;
}

/** `--output json`: one document, at the end. */
function createJsonOutput(write: Write, before: AskFacts): AskOutput {
	let facts = before;
	return {
		start(known) {
			facts = known;
		},
		event: () => undefined,
		finish: (record, result) => void write(lineOf(askDocument(record, result, facts))),
	};
}

/** `--output stream-json`: one object a line: `start`, then what comes, then `end`, which is the document of `json`. */
function createStreamJsonOutput(write: Write, before: AskFacts): AskOutput {
	let facts = before;
	const line = (object: object) => void write(lineOf(object));
	return {
		start(known) {
			facts = known;
			line({type: 'start', schema: 'clawtalk.ask/1', ...facts});
		},
		event(event) {
			const {questionId: _ours, ...rest} = event;
			if (event.type !== 'ended') line(rest);
		},
		finish: (record, result) => line({type: 'end', ...askDocument(record, result, facts)}),
	};
}

/**
 * `--output text`: the answer alone. With `--no-stream` it is printed at the end, whole or as far as it came. What is printed cannot be
 * taken back: an answer that begins anew in other words follows on a new line, and `note` says so before.
 */
export function createTextOutput(printer: AnswerPrinter, stream: boolean, note: (line: string) => void): AskOutput {
	const standing = createStandingText();
	const print = (added: Addition | undefined) => {
		if (added === undefined) return;
		if (added.isAnew) {
			printer.pause?.();
			note(saidAnew);
		}
		printer.push(added.isAnew ? `\n${added.text}` : added.text);
	};
	return {
		start: () => undefined,
		event(event) {
			if (event.type === 'accepted') printer.expect?.();
			if (stream) print(standing.take(event));
		},
		pause: () => printer.pause?.(),
		finish(record) {
			if (!stream) printer.push(record.text);
			else if (record.end?.outcome.kind === 'complete') print(standing.settle());
			printer.end();
		},
	};
}
