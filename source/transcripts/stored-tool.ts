import type {ToolEnded, ToolRun} from './record.js';
import type {StoredAnswer, StoredTool} from './stored.js';

/** More of one answer are left in the file. */
const mostTools = 1_000;
/** More of a text, in UTF-16 units, is left there, too: clawtalk writes less, and what is shown is wrapped as a whole. */
const mostText = 16_384;

/** The answer with a tool run that it had; also one of which nothing else is known yet. */
export function withTool(before: StoredAnswer | undefined, record: ToolEnded): StoredAnswer {
	const answer = before ?? {text: ''};
	const tools = answer.tools ?? [];
	return tools.length >= mostTools ? answer : {...answer, tools: [...tools, storedTool(record)]};
}

/** Fields that are not what they should be are as good as absent: files are edited and come from elsewhere. */
function storedTool({name, ended, from, ...more}: ToolEnded): StoredTool {
	const {summary, output, error, resultLength, durationMs} = more;
	const texts = Object.entries({summary, arguments: more.arguments, output, error}).flatMap(([field, value]) =>
		typeof value === 'string' ? [[field, field === 'output' ? value.slice(-mostText) : value.slice(0, mostText)] as const] : [],
	);
	const sizes = Object.entries({resultLength, durationMs}).filter(([, value]) => Number.isFinite(value));
	return {
		name: name.slice(0, mostText),
		ended: endings.has(ended) ? ended : 'unseen',
		from,
		...Object.fromEntries<string | number | undefined>([...texts, ...sizes]),
	};
}

const endings: ReadonlySet<ToolRun['ended']> = new Set(['finished', 'failed', 'unseen', 'held-back']);
