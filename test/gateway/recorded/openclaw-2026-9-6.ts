/** Bodies of POST /v1/chat/completions as a real OpenClaw 2026.9.6 sent them, recorded on 2026-11-20. */

/** OpenClaw 2026.9.6: multi-byte text, usage, [DONE]. */
export const newCjk = [
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"你好"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"世界"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"👩‍👩‍👧"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"é"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"한국어"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" 你好"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"世界"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"👩‍👩‍👧"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
	'',
	'data: {"id":"chatcmpl_1a5f0bd7-5ddf-46be-b240-b9113bb32327","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":8,"total_tokens":19}}',
	'',
	'data: [DONE]',
	'',
	'',
].join('\n');

/** OpenClaw 2026.9.6: markdown with code and a table. */
export const newMarkdown = [
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"# Heading"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n\\nSome **bold** and `code`."},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n\\n```ts\\nconst x: number = 1;\\nconsole.log(x);\\n```"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n\\n- one"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n- two"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n\\n| a | b |"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n|---|---|"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n| 1 | 2 |"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n\\n# Heading"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"\\n\\nSome **bold** and `code`."},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
	'',
	'data: {"id":"chatcmpl_0562b931-424b-4abf-9f7c-7715bb2a6595","object":"chat.completion.chunk","created":1795184533,"model":"openclaw/default","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":13,"total_tokens":24}}',
	'',
	'data: [DONE]',
	'',
	'',
].join('\n');

/** OpenClaw 2026.9.6: finish reason length. */
export const newLength = [
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"tok0"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" tok1"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" tok2"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" tok3"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}',
	'',
	'data: {"id":"chatcmpl_c23c177b-18f2-41c8-8373-e52908bfb5c1","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":4,"total_tokens":15}}',
	'',
	'data: [DONE]',
	'',
	'',
].join('\n');

/** OpenClaw 2026.9.6: a whole JSON answer (stream: false). */
export const newWhole = [
	'{"id":"chatcmpl_a23c0834-30aa-4000-aa0c-9646021cb5d3","object":"chat.completion","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"message":{"role":"assistant","content":"tok0 tok1 tok2 tok3"},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":4,"total_tokens":15}}',
].join('\n');

/** OpenClaw 2026.9.6: the model provider answered 400. */
export const newError = [
	'data: {"id":"chatcmpl_f5325601-9eda-47f0-a1bd-447b0242d13e","object":"chat.completion.chunk","created":1795184534,"model":"openclaw/default","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}',
	'',
	'data: {"error":{"message":"400 fake http400 failure","type":"invalid_request_error"}}',
	'',
	'data: [DONE]',
	'',
	'',
].join('\n');

/** OpenClaw 2026.9.6: the model provider failed after three tokens. */
export const newErrorAfterText = [
	'data: {"id":"chatcmpl_27055291-c5e4-44da-aa9f-74a68ee814ed","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_27055291-c5e4-44da-aa9f-74a68ee814ed","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"tok0"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_27055291-c5e4-44da-aa9f-74a68ee814ed","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" tok1"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_27055291-c5e4-44da-aa9f-74a68ee814ed","object":"chat.completion.chunk","created":1795184529,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" tok2"},"finish_reason":null}]}',
	'',
	'data: {"error":{"message":"upstream provider error","type":"api_error"}}',
	'',
	'data: [DONE]',
	'',
	'',
].join('\n');
