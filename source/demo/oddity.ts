import type {Stage} from './play-run.js';

/** What a gateway or the way to it can do to the events of a run; ordered with `[[odd=gap at=3]]`, on the control plane only. */
export const oddities = ['gap', 'replace', 'strangers', 'big', 'huge', 'duplicate', 'late', 'silent-final', 'error-after'] as const;
export type Oddity = (typeof oddities)[number];

export function isOddity(name: string | undefined): name is Oddity {
	return oddities.some(known => known === name);
}

const megabyte = 1024 * 1024;

/** Strikes in the middle of an answer. */
export function strikeOddly({world, run, announce}: Stage, oddity: Oddity): void {
	switch (oddity) {
		case 'gap':
			world.skip(2);
			break;
		case 'replace':
			run.text = 'Replaced.';
			announce.chat({state: 'delta', deltaText: run.text, replace: true, message: announce.message(run.text)});
			break;
		case 'strangers':
			tellOfStrangers({world, announce});
			break;
		case 'big':
		case 'huge': {
			// Below and above the 25 MiB that a client takes.
			const text = 'x'.repeat((oddity === 'big' ? 24 : 26) * megabyte);
			announce.chat({state: 'delta', replace: true, message: announce.message(text)});
			announce.chat({state: 'delta', deltaText: run.text, replace: true, message: announce.message(run.text)});
			break;
		}
		default:
			break;
	}
}

/** Events of runs that are nobody's business here, and some that nobody understands. */
function tellOfStrangers({world, announce}: Pick<Stage, 'world' | 'announce'>): void {
	const other = {runId: crypto.randomUUID(), sessionKey: 'agent:main:somebody:else', agentId: 'main', seq: 1};
	const message = announce.message('This belongs to another session.');
	world.broadcast('chat', {...other, state: 'delta', deltaText: 'This belongs to another session.', message});
	world.broadcast('agent', {...other, stream: 'tool', data: {phase: 'start', name: 'exec', toolCallId: 'other', args: {}}, ts: 0});
	world.broadcast('chat', {...other, state: 'final', message});
	world.broadcast('chat', {state: 'delta', deltaText: 'of no run'});
	world.broadcast('chat', null);
	world.broadcast('nobody.knows', {runId: 1, text: ['not', 'for', 'you']});
}

/** Strikes behind the end of an answer. */
export function endOddly({announce, run}: Stage, oddity: Oddity): void {
	const final = {state: 'final', stopReason: 'stop', message: announce.message(run.text)};
	switch (oddity) {
		case 'duplicate':
			announce.chat(final);
			break;
		case 'late':
			announce.chat({state: 'delta', deltaText: ' too late', message: announce.message(`${run.text} too late`)});
			announce.chat({...final, message: announce.message(`${run.text} too late`)});
			break;
		case 'error-after':
			announce.chat({seq: 1, state: 'error', errorMessage: 'This comes after the end.'});
			break;
		default:
			break;
	}
}
