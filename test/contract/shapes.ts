/** One request, and what each generation answers. */
export interface Shape {
	readonly method: string;
	readonly path: string;
	readonly note?: string;
	/** `TOKEN` stands for the right token. */
	readonly authorization?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly recent: Expected;
	readonly old: Expected;
}

interface Expected {
	readonly status: number;
	readonly type: string;
	readonly allow?: string;
	readonly body: string | RegExp;
}

const html: Expected = {status: 200, type: 'text/html', body: /<title>OpenClaw Control<\/title>/};
const text = (status: number, body: string): Expected => ({status, type: 'text/plain', body});
const notFound = text(404, 'Not Found');
const notAllowed = (allow?: string): Expected => ({...text(405, 'Method Not Allowed'), ...(allow === undefined ? {} : {allow})});
const json = (status: number, body: unknown): Expected => ({status, type: 'application/json', body: JSON.stringify(body)});
const unauthorized = json(401, {error: {message: 'Unauthorized', type: 'unauthorized'}});
const invalid = (message: string, status = 400): Expected => json(status, {error: {message, type: 'invalid_request_error'}});
const completion: Expected = {status: 200, type: 'application/json', body: /^{"id":"chatcmpl_/};
const missing = invalid('Missing user message in `messages`.');
const model = (id: string) => ({id, object: 'model', created: 0, owned_by: 'openclaw', permission: []});

const right = 'Bearer TOKEN';
const chatPath = '/v1/chat/completions';
const get = (path: string, recent: Expected, authorization?: string): Shape => ({
	method: 'GET',
	path,
	...(authorization === undefined ? {} : {authorization}),
	recent,
	old: html,
});
const post = (note: string, body: string, recent: Expected, old: Expected, headers?: Shape['headers']): Shape => ({
	method: 'POST',
	path: chatPath,
	note,
	authorization: right,
	...(headers === undefined ? {} : {headers}),
	body,
	recent,
	old,
});
const asked = (fields: Record<string, unknown> = {}) =>
	JSON.stringify({messages: [{role: 'user', content: 'go [[n=1 rate=0]]'}], ...fields});
const ordered = (fault: string) => asked({messages: [{role: 'user', content: `go [[n=1 rate=0 fault=${fault}]]`}]});
const image = (url: string) => JSON.stringify({messages: [{role: 'user', content: [{type: 'image_url', image_url: {url}}]}]});

export const shapes: readonly Shape[] = [
	get('/health', json(200, {ok: true, status: 'live'})),
	get('/healthz', json(200, {ok: true, status: 'live'})),
	get('/readyz', {status: 200, type: 'application/json', body: /^{"ready":true,"failing":\[\],"uptimeMs":\d+/}),
	{method: 'HEAD', path: '/healthz', recent: {...json(200, {}), body: ''}, old: {...html, body: ''}},
	{method: 'POST', path: '/healthz', recent: notAllowed('GET, HEAD'), old: notAllowed()},
	get('/', html),
	get('/foo', html),
	{method: 'POST', path: '/foo', recent: notFound, old: notAllowed()},
	get('/v1/nope', notFound),
	get('/api/nope', notFound),
	get('/v1/models', unauthorized),
	get('/v1/models', json(200, {object: 'list', data: ['openclaw', 'openclaw/default', 'openclaw/main'].map(model)}), right),
	get('/v1/models/openclaw%2Fdefault', json(200, model('openclaw/default')), right),
	get('/v1/models/openclaw%2Fnope', invalid("Model 'openclaw/nope' not found.", 404), right),
	get('/v1/models/gpt-4', invalid('Invalid model id.'), right),
	{method: 'DELETE', path: '/v1/models', authorization: right, recent: notAllowed('GET'), old: notAllowed()},
	{method: 'GET', path: chatPath, recent: notAllowed('POST'), old: notAllowed('POST')},
	{method: 'PUT', path: chatPath, recent: notAllowed('POST'), old: notAllowed('POST')},
	{method: 'POST', path: chatPath, note: 'no token', body: '{}', recent: unauthorized, old: unauthorized},
	{method: 'POST', path: chatPath, note: 'Basic', authorization: 'Basic TOKEN', body: '{}', recent: unauthorized, old: unauthorized},
	{method: 'POST', path: chatPath, note: 'lower-case scheme', authorization: 'bearer TOKEN', body: '{}', recent: missing, old: missing},
	{method: 'POST', path: `${chatPath}?token=TOKEN`, body: '{}', recent: unauthorized, old: unauthorized},
	post(
		'broken JSON',
		'{',
		invalid("Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
		invalid("SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
	),
	post('empty body', '', missing, missing),
	post('empty object', '{}', missing, missing),
	post('empty messages', '{"messages":[]}', missing, missing),
	post('an array', '[]', invalid(': Invalid input: expected object, received array'), missing),
	post('stream of the wrong type', asked({stream: 'no'}), invalid('stream: Invalid input: expected boolean, received string'), {
		...completion,
		type: 'text/event-stream',
		body: /\[DONE]\n\n$/,
	}),
	post('foreign model', asked({model: 'gpt-4'}), invalid('Invalid `model`. Use `openclaw` or `openclaw/<agentId>`.'), completion),
	post('unknown agent', asked({model: 'openclaw/nope'}), invalid("Unknown agent 'nope'."), completion),
	post('unknown agent, colon', asked({model: 'openclaw:nope'}), invalid("Unknown agent 'nope'."), completion),
	post('unknown agent, header', asked(), invalid("Unknown agent 'nope'."), completion, {'x-openclaw-agent-id': 'nope'}),
	post('known agent', asked({model: 'openclaw/main'}), completion, completion),
	post('known agent, colon', asked({model: 'openclaw:main'}), completion, completion),
	post('known agent, prefix', asked({model: 'agent:main'}), completion, completion),
	post('another model', asked(), completion, completion, {'x-openclaw-model': 'fake/fake-2'}),
	post('model not allowed', asked(), invalid("Model 'nope/zzz' is not allowed for agent 'main'."), completion, {
		'x-openclaw-model': 'nope/zzz',
	}),
	post('reserved session key', asked(), invalid('`x-openclaw-session-key` cannot use reserved internal session namespaces.'), completion, {
		'x-openclaw-session-key': 'subagent:foo',
	}),
	post('not streamed, provider refuses', ordered('http400'), invalid('400 fake http400 failure'), {
		...completion,
		body: /"content":"400 fake http400 failure"},"finish_reason":"stop"/,
	}),
	post(
		'not streamed, length limit',
		ordered('length'),
		{
			...completion,
			body: /"content":"tok0\\n\\n⚠️ Reply truncated at the model's output token limit\. The text above is partial — ask to continue it\."},"finish_reason":"length"/,
		},
		{...completion, body: /"content":"tok0"},"finish_reason":"stop"/},
	),
	post('remote image', image('http://127.0.0.1/a.png'), invalid('Invalid image_url content in `messages`.'), missing),
	post('plain text as content type', asked(), completion, completion, {'Content-Type': 'text/plain'}),
];
