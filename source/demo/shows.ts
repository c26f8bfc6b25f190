import {completeReply, type Reply, type Step, wordsOf} from './reply.js';

/** Things an agent does rather than says: tools, approvals, thoughts, retries, a restart. They show over the control plane alone. */
interface Show {
	readonly topic: RegExp;
	readonly steps: readonly Step[];
	readonly text: string;
	readonly afterwards?: Reply['afterwards'];
}

const tool = (name: string, given: Readonly<Record<string, unknown>>, needsApproval = false): Step => ({
	kind: 'tool',
	name,
	arguments: given,
	needsApproval,
});

const retry = (attempt: number): Step => ({kind: 'retry', attempt, maxRetries: 8, delayMs: 1500, reason: 'server_error'});

const shows: readonly Show[] = [
	{
		topic: /\bapprov/i,
		steps: [tool('exec', {command: 'rm -rf /tmp/clawtalk-demo-cache && echo removed'}, true)],
		text: 'That command needed your approval. Nothing was removed: tools of the demo are pretended. **Always** is remembered until the demo ends.',
	},
	{
		topic: /\btools?\b|\brun (a|some) commands?\b/i,
		steps: [
			tool('exec', {command: "echo 'Looking around'; sleep 1; seq 40"}),
			tool('read', {path: 'readme.md'}),
			tool('read', {path: '/etc/nothing-here'}),
		],
		text: 'I used three tools: a command, a file, and a file that is not there. Ctrl+O unfolds what they gave back.',
	},
	{
		topic: /\bthink\b|\bthoughts?\b/i,
		steps: [
			{kind: 'thinking', pieces: wordsOf('The user wants to see me think. I shall think of something short, and then say that I did.')},
		],
		text: 'I have thought about it.',
	},
	{
		topic: /\bretr(y|ies)\b|\bprovider\b/i,
		steps: [retry(1), retry(2)],
		text: 'My model provider failed twice, and the gateway tried again.',
	},
	{topic: /\brestart\b/i, steps: [], text: 'I restart in a moment. What we said stays.', afterwards: 'restart'},
];

/** What an agent does when it is asked to show something; undefined when it is not. */
export function show(prompt: string): Reply | undefined {
	const asked = shows.find(({topic}) => topic.test(prompt));
	if (!asked) return undefined;
	const {steps, text, afterwards} = asked;
	return {...completeReply(text, prompt), steps, ...(afterwards === undefined ? {} : {afterwards})};
}
