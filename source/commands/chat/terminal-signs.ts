import {openApprovals} from '../../chat/approval/approval.js';
import type {State} from '../../chat/state.js';
import {backgroundOfEnvironment, backgroundQuery, needsBackground, readBackground, themeOn} from '../../terminal/background.js';
import type {ColourLevel} from '../../terminal/colour.js';
import {focusReports, notification} from '../../terminal/notification.js';
import type {PaletteTheme} from '../../terminal/palette.js';
import type {TerminalAnswers} from '../../terminal/terminal-answers.js';
import {keepTitle, restoreTitle, titleSequence} from '../../terminal/window-title.js';
import type {CommandContext} from '../command.js';
import type {LentTerminal} from './lent-terminal.js';
import type {ScreenWishes} from './screen-wishes.js';

/** How long an answer of the terminal may take, in milliseconds: a way over satellites, a busy machine. Nothing waits for it. */
const backgroundLimitMs = 2_000;
/** An answer that took longer is worth a call although the window has the keyboard, in milliseconds. */
const longAnswerMs = 10_000;

/** What goes to the terminal beside the text: its title, calls, a question for its background. */
export interface TerminalSigns {
	readonly answers: TerminalAnswers;
	/** After the first paint: asks the terminal, and sets what is to be given back. */
	begin(): void;
	/** Gives everything back; a second call does nothing. */
	end(): void;
	/** The theme that was wished for, on the background that was found. */
	paintTheme(theme: PaletteTheme): PaletteTheme;
}

interface SignsSetting {
	readonly env: CommandContext['env'];
	readonly wishes: ScreenWishes;
	readonly colour: ColourLevel;
	readonly terminal: LentTerminal;
	/** Writes at once, also while the process ends. */
	readonly write: (sequence: string) => void;
	/** The background was found. */
	readonly onBackground: () => void;
}

export function createTerminalSigns(setting: SignsSetting): TerminalSigns {
	const {env, wishes, colour, terminal, write, onBackground} = setting;
	let background = backgroundOfEnvironment(env);
	let askedAt: number | undefined;
	let hasKeyboard: boolean | undefined;
	let title: string | undefined;
	let isOn = false;
	let before: State = terminal.source.getState();
	const way = wishes.notify === 'off' ? undefined : wishes.notify;

	const follow = () => {
		const state = terminal.source.getState();
		const wished = titleOf(state);
		if (wishes.title && wished !== title) {
			title = wished;
			terminal.write(titleSequence(wished));
		}
		const text = way === undefined ? undefined : callAfter(before, state, hasKeyboard);
		if (way !== undefined && text !== undefined) terminal.write(notification(way, text, env));
		before = state;
	};
	const set = () => {
		title = wishes.title ? titleOf(terminal.source.getState()) : undefined;
		write((way ? focusReports.on : '') + (title === undefined ? '' : keepTitle + titleSequence(title)));
		isOn = true;
	};
	const giveBack = () => {
		if (isOn) write((way ? focusReports.off : '') + (wishes.title ? restoreTitle : ''));
		isOn = false;
	};
	let stop = () => giveBack();
	return {
		answers: {
			background(answered) {
				const found = readBackground(answered);
				if (found === undefined || askedAt === undefined || performance.now() - askedAt > backgroundLimitMs) return;
				if (found === background) return;
				background = found;
				onBackground();
			},
			focus(isFocused) {
				hasKeyboard = isFocused;
			},
		},
		begin() {
			if (colour !== 'none' && needsBackground(wishes.theme)) {
				askedAt = performance.now();
				write(backgroundQuery);
			}
			if (!wishes.title && way === undefined) return;
			set();
			const unwatch = terminal.watch({goes: giveBack, isBack: set});
			const unfollow = terminal.source.subscribe(follow);
			process.once('exit', giveBack);
			stop = () => {
				unwatch();
				unfollow();
				process.off('exit', giveBack);
				giveBack();
			};
		},
		end: () => stop(),
		paintTheme: theme => themeOn(theme, background),
	};
}

/** Our own words only: nothing that a model or a gateway said reaches the title. */
function titleOf({answer, connection, phase, overlay}: State): string {
	if (phase === 'quitting') return 'clawtalk';
	if (overlay?.kind === 'approval') return 'clawtalk · approval wanted';
	if (answer?.phase === 'streaming') return 'clawtalk · streaming';
	if (answer) return 'clawtalk · waiting';
	return connection.state === 'waiting' || connection.state === 'refused' ? 'clawtalk · not connected' : 'clawtalk';
}

/** What to call for after this change, if anything: the answer has ended, and the user looks elsewhere or has waited long. */
function callAfter(before: State, after: State, hasKeyboard: boolean | undefined): string | undefined {
	// However many come at once, one call: the run stands still until somebody looks.
	if (hasKeyboard !== true && openApprovals(after).length > 0 && openApprovals(before).length === 0)
		return 'A command waits for your approval.';
	const {answer} = before;
	if (answer === undefined || after.answer?.questionId === answer.questionId || after.phase === 'quitting') return undefined;
	const end = after.entries.findLast(entry => entry.kind === 'answer-end');
	// Who stops an answer is there.
	if (end === undefined || end.outcome.kind === 'cancelled') return undefined;
	if (hasKeyboard !== false && after.now - answer.askedAt < longAnswerMs) return undefined;
	return end.outcome.kind === 'complete' ? 'The answer is complete.' : 'The answer has ended and is not complete.';
}
