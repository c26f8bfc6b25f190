import type {DemoGateway} from '../../source/demo/options.js';

/** A question as it arrived at a demo gateway, whichever way it came. */
export interface Arrived {
	/** What was said last, as the model reads it. */
	readonly text: string;
	/** What was sent along of the conversation before it. */
	readonly earlier: readonly string[];
	/** The key of its session, without the agent. */
	readonly key: string | undefined;
	readonly agent: string;
	/** Data URIs. */
	readonly images: readonly string[];
}

/** The questions that a gateway got: first those over HTTP, which is where a chat begins, then those over its control plane. */
export function questionsTo({requests, calls}: Pick<DemoGateway, 'requests' | 'calls'>): readonly Arrived[] {
	const overHttp = requests.flatMap(({method, path, body, headers}) =>
		method === 'POST' && path === '/v1/chat/completions' ? [fromBody(body as ChatBody, headers['x-openclaw-session-key'])] : [],
	);
	const overControl = calls.flatMap(({method, params}) => (method === 'chat.send' || method === 'agent' ? [fromParams(params)] : []));
	return [...overHttp, ...overControl];
}

interface ChatBody {
	readonly model: string;
	readonly messages: readonly {readonly content: string | readonly Part[]}[];
}

interface Part {
	readonly text?: string;
	readonly image_url?: {readonly url: string};
}

function fromBody({model, messages}: ChatBody, key: string | undefined): Arrived {
	const said = messages.map(({content}) => (typeof content === 'string' ? [{text: content}] : content));
	const texts = said.map(parts => parts.map(({text = ''}) => text).join(''));
	const images = (said.at(-1) ?? []).flatMap(({image_url}: Part) => (image_url === undefined ? [] : [image_url.url]));
	return {text: texts.at(-1) ?? '', earlier: texts.slice(0, -1), key, agent: model.replace(/^openclaw\//, ''), images};
}

/** Earlier messages stand before the question, a line each in what tests say. */
const withEarlier = /^\[Chat messages since[^\n]*\n(.*)\n\n\[Current message[^\n]*\nUser: (.*)$/s;

function fromParams({sessionKey, message, attachments}: Readonly<Record<string, unknown>>): Arrived {
	const [, agent = '', key] = /^agent:([^:]+):(.*)$/.exec(String(sessionKey)) ?? [];
	const [, before, text = String(message)] = withEarlier.exec(String(message)) ?? [];
	const earlier = before?.split('\n').map(line => line.replace(/^(?:User|Assistant): /, '')) ?? [];
	const attached = (attachments ?? []) as readonly {readonly mimeType: string; readonly content: string}[];
	return {text, earlier, key, agent, images: attached.map(({mimeType, content}) => `data:${mimeType};base64,${content}`)};
}
