import type {Evidence, NodeSeen, Observation} from '../evidence.js';
import {exampleOf} from './entry.js';
import {answer, ended, failure, identified, loopback, toolFailed, welcomed} from './example-observations.js';

const turn = (message: string) => exampleOf([identified, {kind: 'turn-error', layer: 'chat', atMs: 900, message}], loopback);

const node = (more: Partial<NodeSeen>): NodeSeen => ({id: 'desk', platform: 'linux', connected: true, commands: ['system.run'], ...more});

/** The control plane works, and what the agent wanted to do does not. */
const acting = (...seen: readonly Observation[]) => exampleOf([identified, welcomed(), ...seen], loopback);

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
	E01: acting({kind: 'nodes-listed', layer: 'control', atMs: 60, nodes: [node({connected: false})]}),
	E02: acting(toolFailed('NODE_BACKGROUND_UNAVAILABLE: the node command needs the app in front', {tool: 'camera'})),
	E03: acting(toolFailed('SYSTEM_RUN_DENIED: approval required')),
	E04: acting(toolFailed('SYSTEM_RUN_DENIED: allowlist miss')),
	E05: acting(toolFailed('CAMERA_PERMISSION_REQUIRED', {tool: 'camera'})),
	E06: acting(toolFailed('TIMEOUT: node invoke timed out')),
	E07: acting(toolFailed('exec host=node requires a node when multiple executable nodes are connected: desk, box.')),
	E08: acting(toolFailed('the tool ended early'), toolFailed('the tool ended early', {atMs: 2400})),
};
