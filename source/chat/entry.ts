import type {Evidence, ToolFailed} from '../diagnosis/evidence.js';
import type {Outcome, Usage} from '../gateway/transport.js';
import type {ToolRun} from '../transcripts/record.js';

/** What goes to the terminal's scrollback, once. */
export type Entry =
	| {readonly kind: 'banner'; readonly id: string; readonly text: string}
	/** `attachments`: names of files that travelled with it. `isEarlier`, here and below: it was read back from disk. */
	| {
			readonly kind: 'question';
			readonly id: string;
			readonly text: string;
			readonly attachments?: readonly string[];
			readonly isEarlier?: true;
			/** It was asked on another surface of the gateway. */
			readonly elsewhere?: true;
	  }
	/**
	 * One finished block of markdown of an answer. `first` draws the speaker's mark; `continues` means that a very long block was
	 * cut here: no empty line before it.
	 */
	| {
			readonly kind: 'block';
			readonly id: string;
			readonly markdown: string;
			/** As it was received, where that differs. */
			readonly source?: string;
			readonly first: boolean;
			readonly continues: boolean;
			readonly isEarlier?: true;
	  }
	/** A tool run that has ended. `follows`: it stands below another one without an empty line; `isUnfolded`: with arguments and output. */
	| {
			readonly kind: 'tool';
			readonly id: string;
			readonly run: ToolRun;
			readonly follows?: true;
			readonly isEarlier?: true;
			readonly isUnfolded?: true;
	  }
	/** The model has thought; `text` is the end of it, `length` what there was. */
	| {
			readonly kind: 'thought';
			readonly id: string;
			readonly text: string;
			readonly length: number;
			readonly durationMs: number;
			readonly follows?: true;
	  }
	| {
			readonly kind: 'answer-end';
			readonly id: string;
			readonly outcome: Ending;
			/** Absent for an answer of an earlier run, of which the record alone is known. */
			readonly evidence?: Evidence;
			/** When it ended. */
			readonly at?: number;
			/** Which agent and model were asked, or which model the gateway named. */
			readonly agent?: string;
			readonly model?: string;
			readonly firstTokenMs?: number;
			readonly totalMs?: number;
			readonly usage?: Usage;
			/** How many tool runs it had. */
			readonly toolRuns?: number;
			/** Tools of it that failed and did not succeed later, and those of the answers before: a cause is told once. */
			readonly toolsFailed?: readonly ToolFailed[];
			readonly toolsFailedBefore?: readonly ToolFailed[];
			readonly hadText: boolean;
			readonly isEarlier?: true;
			/** Of a cancelled one: the connection was lost before, and the run was not found again. */
			readonly wasAway?: true;
			/** The panel explains it: one line is enough. */
			readonly isBrief?: true;
	  }
	/** `tools`: failures of tools that last, explained below the text. */
	| {readonly kind: 'notice'; readonly id: string; readonly text: string; readonly tools?: Evidence}
	/** The tables of slash commands (`slashCommands` in slash.ts) and of keys (terminal/key-table.ts). */
	| {readonly kind: 'help'; readonly id: string}
	/** A failure outside an answer, explained by the rules while drawing. */
	| {readonly kind: 'failure'; readonly id: string; readonly evidence: Evidence; readonly isBrief?: true};

/** How an answer ended; `unrecorded`: its end was not heard, for clawtalk ended before, or another surface asked. */
export type Ending = Outcome | {readonly kind: 'unrecorded'; readonly elsewhere?: true};

/** An entry without its id; `Omit` keeps the kinds apart. */
export type NewEntry = Entry extends infer Kind ? (Kind extends Entry ? Omit<Kind, 'id'> : never) : never;
