import type {TerminalSession} from './terminal-session.js';

/**
 * The window's title tells of an answer under way, then of none. Nothing else is there at the end only: the status line says `online` between
 * the Enter and the first frame of the answer, and figures stand in what is streamed, too.
 */
const isOver = /\]2;clawtalk · (?:waiting|streaming)\u001B.*\]2;clawtalk\u001B/s;

/** The title is ahead of the screen: the last frame follows within this time, in milliseconds. */
const lastFrameMs = 100;

/** Sends one question and waits until its answer has ended. */
export async function answer(session: TerminalSession, question: string): Promise<void> {
	const from = session.output().length;
	session.type(`${question}\r`);
	await session.waitFor('the end of the answer', output => isOver.test(output), from);
}

/** As `answer`, and until the last frame of it is on the screen. */
export async function answerToTheLastFrame(session: TerminalSession, question: string): Promise<void> {
	await answer(session, question);
	await session.observe(lastFrameMs);
}
