import type {Event} from '../../chat/event.js';
import type {State} from '../../chat/state.js';
import type {Drawing} from '../../components/drawing.js';
import {toolLines} from '../../components/run-lines.js';
import {createExactPrinter, createPlainPrinter} from '../../terminal/stream-printer.js';
import type {ToolRun} from '../../transcripts/record.js';
import {createConnectionNotices} from '../ask/ask-notices.js';
import {createToolLog} from '../ask/ask-tools.js';
import type {CommandContext} from '../command.js';
import {createRetryLines} from '../retry-lines.js';
import {type Addition, createStandingText, saidAnew} from '../standing-text.js';

type Streams = Pick<CommandContext, 'stdout' | 'stderr'>;

/**
 * Answers on stdout as the bytes come, before they are cut into blocks; on stderr what tools ran, what failed, another try of the
 * provider, and a connection that is gone or back. On a terminal such a line stands below the text that came before it.
 */
export function printAnswers({stdout, stderr}: Streams, drawing: Pick<Drawing, 'palette'>): (event: Event, state: State) => void {
	const write = (text: string) => stdout.write(text);
	const create = () => (stdout.isTTY ? createPlainPrinter(write) : createExactPrinter(write));
	let printer = create();
	let tools = createToolLog();
	let retries = createRetryLines();
	let standing = createStandingText();
	const connection = createConnectionNotices();
	const note = (lines: readonly string[]) => {
		printer.pause?.();
		stderr.write(`${lines.join('\n')}\n`);
	};
	const print = (added: Addition | undefined) => {
		if (added?.isAnew) note([saidAnew]);
		if (added !== undefined) printer.push(added.isAnew ? `\n${added.text}` : added.text);
	};
	const noteRun = (run: ToolRun) => note(toolLines(run, stderr.columns ?? 80, drawing));
	return (event, {answer}) => {
		if (event.type !== 'reply-received') return;
		for (const reply of event.events) {
			if (reply.questionId !== answer?.questionId) continue;
			print(standing.take(reply));
			if (reply.type === 'tool') for (const run of endedWith(tools.hear(reply.call, event.at))) noteRun(run);
			const retry = retries(reply);
			if (retry !== undefined) note([retry]);
			const news = connection(reply);
			if (news !== undefined) note([news]);
			if (reply.type !== 'ended') continue;
			tools.end(event.at).forEach(noteRun);
			if (reply.outcome.kind === 'complete') print(standing.settle());
			printer.end();
			printer = create();
			tools = createToolLog();
			retries = createRetryLines();
			standing = createStandingText();
		}
	};
}

function endedWith(run: ToolRun | undefined): readonly ToolRun[] {
	return run === undefined ? [] : [run];
}
