/** Bodies of POST /v1/chat/completions as a real OpenClaw 2026.2.9 sent them, recorded on 2026-11-20. */

/** OpenClaw 2026.2.9: multi-byte text, no finish reason, no usage. */
export const oldCjk = [
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"role":"assistant"}}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"你好"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"世界"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"👩‍👩‍👧"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"é"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"한국어"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":" 你好"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"世界"},"finish_reason":null}]}',
	'',
	'data: {"id":"chatcmpl_6756d68a-8424-43e4-92d5-3fbdb4d47fda","object":"chat.completion.chunk","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"delta":{"content":"👩‍👩‍👧"},"finish_reason":null}]}',
	'',
	'data: [DONE]',
	'',
	'',
].join('\n');

/** OpenClaw 2026.2.9: a whole JSON answer (stream: false). */
export const oldWhole = [
	'{"id":"chatcmpl_daa28608-fdb0-4f16-9ae3-585d6347f7bc","object":"chat.completion","created":1795184535,"model":"openclaw/default","choices":[{"index":0,"message":{"role":"assistant","content":"tok0 tok1 tok2 tok3"},"finish_reason":"stop"}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}',
].join('\n');

/** OpenClaw 2026.2.9: the model provider failed; nothing but the end mark. */
export const oldError = ['data: [DONE]', '', ''].join('\n');
