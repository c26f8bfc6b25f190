import type {ToolEnded, ToolRun} from './record.js';
import type {StoredAnswer, StoredTool} from './stored.js';

/** More of one answer are left in the file. */
const mostTools = 1_000;

/** The answer with a tool run that it had; also one of which nothing else is known yet. */
export function withTool(before: StoredAnswer | undefined, record: ToolEnded): StoredAnswer {
	const answer = before ?? {text: ''};
	const tools = answer.tools ?? [];
	return tools.length >= mostTools ? answer : {...answer, tools: [...tools, storedTool(record)]};
}

/** Fields that are not what they should be are as good as absent: files are edited and come from elsewhere. */
function storedTool({name, ended, from, ...more}: ToolEnded): StoredTool {
	const {summary, output, error, resultLength, durationMs} = more;
	const texts = Object.entries({summary, arguments: more.arguments, output, error}).filter(([, value]) => typeof value === 'string');
	const sizes = Object.entries({resultLength, durationMs}).filter(([, value]) => Number.isFinite(value));
	return {
		name,
		ended: endings.has(ended) ? ended : 'unseen',
		from,
		...Object.fromEntries<string | number | undefined>([...texts, ...sizes]),
	};
}

const endings: ReadonlySet<ToolRun['ended']> = new Set(['finished', 'failed', 'unseen']);
