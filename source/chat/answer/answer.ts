import type {Usage} from '../../gateway/transport.js';
import type {Draft} from '../composer/draft.js';
import type {BlockScan} from './blocks.js';
import type {Interruption} from './interruption.js';
import type {Progress} from './progress.js';
import type {Thinking} from './thinking.js';
import type {RunningTool} from './tool-run.js';
import type {EndedTools} from './tool-runs.js';

/** An answer under way. */
export interface Answer {
	readonly questionId: string;
	/** As it was sent. */
	readonly question: string;
	/** As it was typed; absent = the same. */
	readonly draft?: Draft;
	/** Which agent and model were asked, where one was named. */
	readonly agent?: string;
	readonly askedModel?: string;
	readonly askedAt: number;
	readonly phase: 'sending' | 'accepted' | 'streaming' | 'cancelling';
	readonly runId?: string;
	/** Whole text so far, for the transcript. */
	readonly text: string;
	/** What it had come to before it was begun again (by a provider that is tried again, a gateway that has started anew), while it says the same. */
	readonly before?: string;
	/** The unfinished block: `scan.pending` is the live tail, all before it has become entries. */
	readonly scan: BlockScan;
	/** Length of `text` that is in the conversation's file as `answer-part` records. */
	readonly savedLength: number;
	/** An entry of this answer exists: the speaker's mark is drawn. */
	readonly begun: boolean;
	/** The model's name as the gateway told it. */
	readonly model?: string;
	readonly firstTokenAt?: number;
	readonly lastByteAt: number;
	/** The connection was lost in the middle of it. */
	readonly interruption?: Interruption;
	/** What the run is doing before text comes, or again between. */
	readonly progress?: Progress;
	/** Tools that are running; those that have ended are entries. */
	readonly tools: readonly RunningTool[];
	readonly toolsEnded?: EndedTools;
	/** What the model thinks now, where that is told. */
	readonly thinking?: Thinking;
	readonly usage?: Usage;
}
