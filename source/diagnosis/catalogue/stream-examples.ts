import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {answer, ended, failure, identified, loopback} from './example-observations.js';

const turn = (message: string) => exampleOf([identified, {kind: 'turn-error', layer: 'chat', atMs: 900, message}], loopback);

/** How answers end, and what tools report. */
export const streamExamples: Readonly<Record<string, Evidence>> = {
	S01: exampleOf([identified, answer(200), ended('not-a-stream', {events: 0})]),
	S02: exampleOf([identified, ended('end-mark')]),
	S03: exampleOf([identified, ended('closed-early', {events: 0})]),
	S04: exampleOf([identified, failure('body', 'UND_ERR_SOCKET'), ended('broken', {textLength: 412, events: 90})]),
	S05: exampleOf([identified, ended('abandoned', {textLength: 9, silentMs: 130_000})]),
	S06: exampleOf([
		identified,
		failure('request', 'UND_ERR_HEADERS_TIMEOUT', {method: 'POST', path: '/v1/chat/completions', layer: 'chat'}),
	]),
	S07: exampleOf([
		identified,
		answer(200, {body: 'event-stream', headers: {server: 'nginx'}}),
		ended('closed-early', {textLength: 120, events: 30, silentMs: 60_200}),
	]),
	S08: exampleOf([identified, ended('end-mark', {textLength: 4000, events: 800, firstTokenMs: 21_000, tookMs: 21_050})]),
	S09: exampleOf([identified, ended('end-mark', {malformed: 2})]),
	S10: turn('upstream provider error'),
	S11: exampleOf([
		identified,
		failure('request', 'ECONNRESET', {method: 'POST', path: '/v1/chat/completions', layer: 'chat', tookMs: 2, bytesRead: 900}),
	]),
	S13: exampleOf([identified, ended('deadline')]),
	S14: exampleOf([identified, ended('too-large', {textLength: 3})]),
	E01: turn('node is not connected: mac-mini'),
	E02: turn('NODE_BACKGROUND_UNAVAILABLE: the node command needs the app in front'),
	E03: turn('SYSTEM_RUN_DENIED: approval required'),
	E04: turn('SYSTEM_RUN_DENIED: allowlist miss'),
	E05: turn('CAMERA_PERMISSION_REQUIRED'),
	E06: turn('TIMEOUT: node invoke timed out'),
	E07: turn('exec host=node requires a node id when multiple nodes are available'),
};
