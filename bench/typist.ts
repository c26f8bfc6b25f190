import type {TerminalSession} from './terminal-session.js';

/** A brisk typist: keys fall at every phase of the frame clock. Answers how long each took to its echo, in milliseconds. */
export async function echoDelays(session: TerminalSession): Promise<number[]> {
	const delays: number[] = [];
	let typed = '';
	for (const key of 'qwzjvk'.repeat(10)) {
		typed += key;
		const whole = typed;
		const from = session.output().length;
		const started = performance.now();
		session.type(key);
		await session.waitFor(`the echo of ${whole.length} keys`, output => output.includes(whole), from);
		delays.push(performance.now() - started);
		await session.observe(37 + (whole.length % 7) * 11);
	}
	return delays;
}
