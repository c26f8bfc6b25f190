import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {answer, byPublicName, closed, healthAnswer, identified, loopback, nobody, served, stranger} from './example-observations.js';

const redirect: Evidence['observations'][number] = {kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'redirect'};
const refusedUpgrade = (upgradeStatus: number, reason: string) =>
	exampleOf([identified, closed(1006, reason, {upgradeStatus, challenged: false})]);

/** Answers of a gateway, a proxy or a stranger. */
export const httpExamples: Readonly<Record<string, Evidence>> = {
	H00: exampleOf([identified, answer(403, {errorMessage: 'Forbidden'})]),
	H01: exampleOf([healthAnswer(200, {body: 'html', title: 'OpenClaw Control'}), stranger], byPublicName),
	H02: exampleOf([healthAnswer(200, {body: 'html', title: 'Welcome to nginx!'}), stranger]),
	H03: exampleOf([healthAnswer(301, {headers: {location: 'https://gateway.example:18789/healthz'}}), redirect]),
	H04: exampleOf(
		[healthAnswer(302, {headers: {location: 'https://team.cloudflareaccess.com/cdn-cgi/access/login'}}), redirect],
		byPublicName,
	),
	H05: exampleOf([identified, answer(400, {errorType: 'invalid_request_error', errorMessage: 'Missing user message in `messages`.'})]),
	H06: refusedUpgrade(400, ''),
	H08: exampleOf(
		[identified, answer(403, {errorType: 'proxy_attribution_required', errorMessage: 'Proxy client attribution is required.'})],
		served,
	),
	H09: exampleOf([identified, answer(403, {errorCode: 'MISSING_SCOPE', errorMessage: 'missing scope: operator.write'})]),
	H10: exampleOf([identified, answer(413, {errorType: 'invalid_request_error', errorMessage: 'Payload too large'})]),
	H11: exampleOf([identified, answer(404, {body: 'text', excerpt: 'Not Found'})]),
	H12: exampleOf([identified, answer(405, {body: 'text', headers: {allow: 'GET, HEAD'}})]),
	H13: exampleOf([identified, answer(200, {body: 'html', title: 'OpenClaw Control'})]),
	H14: exampleOf([healthAnswer(404, {headers: {server: 'caddy'}}), stranger]),
	H15: exampleOf([identified, answer(408, {body: 'text', excerpt: 'Request body timeout'})]),
	H16: exampleOf([identified, answer(415, {body: 'text'})], byPublicName),
	H17: exampleOf([healthAnswer(426), stranger]),
	H18: exampleOf([
		identified,
		answer(429, {
			errorType: 'rate_limited',
			errorMessage: 'Too many failed authentication attempts. Please try again later.',
			retryAfterMs: 300_000,
		}),
	]),
	H19: exampleOf([
		identified,
		answer(429, {errorType: 'rate_limit_error', errorMessage: 'The model provider limits the rate.', retryAfterMs: 20_000}),
	]),
	H20: exampleOf([identified, answer(500, {errorMessage: 'internal error'})]),
	H21: exampleOf([healthAnswer(502), nobody], served),
	H22: exampleOf([healthAnswer(504, {body: 'html', title: '504 Gateway Time-out', headers: {server: 'nginx'}}), nobody], byPublicName),
	H23: exampleOf([healthAnswer(503, {excerpt: '{"ok":false,"status":"starting"}'}), nobody]),
	H24: exampleOf([identified, answer(503, {errorCode: 'gateway_unavailable', retryAfterMs: 1000})]),
	H25: refusedUpgrade(503, 'Too many unauthenticated sockets'),
	H26: refusedUpgrade(503, 'Gateway websocket handlers unavailable'),
	H27: exampleOf([identified, {kind: 'gateway-facts', layer: 'identity', atMs: 5, failing: ['telegram']}]),
	H28: exampleOf([identified, healthAnswer(403, {path: '/readyz'})]),
	H29: exampleOf([healthAnswer(401, {headers: {'www-authenticate': 'Basic realm="private"'}}), nobody], byPublicName),
	H30: exampleOf([healthAnswer(407), nobody], {...byPublicName, proxy: 'http://proxy.example:3128'}),
	H31: exampleOf([identified, answer(400, {errorMessage: "Unknown agent 'nope'."})], loopback),
};
