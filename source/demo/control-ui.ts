import type {ServerResponse} from 'node:http';
import {commonHeaders, send} from './http-answer.js';
import type {DemoState} from './options.js';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <title>OpenClaw Control</title>
  </head>
  <body>
    <openclaw-app></openclaw-app>
  </body>
</html>
`;

/** The single-page Control UI, which both generations serve for paths they do not know: 200 and HTML prove nothing. */
export function sendControlUi(state: DemoState, response: ServerResponse): void {
	send(response, 200, page, {
		...commonHeaders(state.generation),
		'X-Content-Type-Options': 'nosniff',
		'X-Frame-Options': 'DENY',
		'Content-Security-Policy': "frame-ancestors 'none'",
		'Content-Type': 'text/html; charset=utf-8',
		'Cache-Control': 'no-cache',
	});
}
