import type {ExitCode} from '../exit-codes.js';
import type {Evidence, Layer} from './evidence.js';

export type Severity = 'error' | 'warning' | 'note';

/** How sure a diagnosis is: `certain` is proved by the evidence, `likely` the usual cause, `possible` one of several. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** One thing to do. Ordered in a diagnosis: cheapest, safest and on the client first. */
export interface Fix {
	readonly where: 'here' | 'gateway-host';
	/** Why or what, in words. */
	readonly action: string;
	/** One line, no newline, safe to paste; placeholders in CAPITALS stay where no safe value is known. */
	readonly command?: string;
	readonly applicability: 'safe-to-run' | 'has-placeholders' | 'changes-exposure' | 'last-resort';
	/** OpenClaw version the command needs, e.g. `2026.3`, with what to do on older ones. */
	readonly since?: string;
	readonly fallback?: string;
	/** A value that the network gave and that is not safe in a command: shown beside it, never in it. */
	readonly shownApart?: string;
}

/** Another explanation of the same evidence, and what would tell the two apart. */
export interface Rival {
	readonly id: string;
	readonly title: string;
	readonly tellApart: string;
}

/** What evidence most likely means. Derived by a rule, never stored. */
export interface Diagnosis {
	/** Row of the diagnosis matrix, never renumbered: `N04`. */
	readonly id: string;
	/** Stable name for logs: `net.refused.remote`. */
	readonly slug: string;
	readonly layer: Layer;
	readonly severity: Severity;
	readonly confidence: Confidence;
	/** One line, present tense, no blame. */
	readonly title: string;
	/** At most two sentences; says what is unknown. */
	readonly explanation: string;
	/** Indexes into `Evidence.observations` that this rests on. */
	readonly evidence: readonly number[];
	/** In order; the first three are shown, the rest behind "more". */
	readonly fixes: readonly Fix[];
	/** What shows that it is mended: a command, with the flags of the same gateway. Filled in by `diagnose` where a rule has none. */
	readonly verify?: string;
	/** Explanations that this evidence cannot exclude. */
	readonly rivals?: readonly Rival[];
	readonly exitCode: ExitCode;
	/** True when the cause may go away by itself (starting, draining, rate limit). */
	readonly transient: boolean;
	/** Milliseconds the gateway asked us to wait. */
	readonly retryAfterMs?: number;
}

/** A rule is pure: the same evidence gives the same diagnosis, and it does no I/O. */
export type Rule = (evidence: Evidence) => Diagnosis | undefined;

/** What evidence means. */
export interface Findings {
	/** The problem to solve first; absent when nothing failed. */
	readonly primary?: Diagnosis;
	/** Other explanations or further problems, at most three. */
	readonly alternatives: readonly Diagnosis[];
	/** Warnings and remarks, which never stop anything. */
	readonly notes: readonly Diagnosis[];
}
