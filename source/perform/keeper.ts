import type {StoredDraft} from '../chat/composer/stored-draft.js';
import type {Dispatch} from '../store.js';
import type {ConversationRecord} from '../transcripts/record.js';
import type {Transcripts} from '../transcripts/transcripts.js';
import type {Clock} from './clock.js';

/** How long a change of the draft may stay unsaved, in milliseconds. */
const draftDelayMs = 250;

/** Keeps what must not be lost, in the background. What could not be kept is dispatched as `save-failed`. */
export interface Keeper {
	/** Dispatches the input history, a draft that was left behind, and which conversations have one. */
	readBack(dispatch: Dispatch): void;
	append(conversationId: string, record: ConversationRecord, dispatch: Dispatch): void;
	/** Saves soon; typing on does not put it off. */
	draft(conversationId: string, draft: StoredDraft, dispatch: Dispatch): void;
	remember(line: string, dispatch: Dispatch): void;
	/** Saves what is due; resolves when everything is on disk, or was told to have failed. */
	finish(): Promise<void>;
}

export function createKeeper(transcripts: Transcripts, clock: Clock): Keeper {
	const running = new Set<Promise<void>>();
	const drafts = new Map<string, StoredDraft>();
	let dueDrafts: (() => void) | undefined;
	let callOff: (() => void) | undefined;

	const run = (what: string, dispatch: Dispatch, work: Promise<void>) => {
		const told = work
			.catch((error: Error) => dispatch({type: 'save-failed', at: clock.now(), what, message: error.message}))
			.finally(() => running.delete(told));
		running.add(told);
	};
	const readHistory = async (dispatch: Dispatch) => {
		const lines = await transcripts.readHistory();
		if (lines.length > 0) dispatch({type: 'history-loaded', at: clock.now(), lines});
	};
	const claimDraft = async (dispatch: Dispatch) => {
		const draft = await transcripts.claimDraft();
		if (draft !== undefined) dispatch({type: 'draft-restored', at: clock.now(), ...draft});
		const conversations = await transcripts.conversationsWithDraft();
		if (conversations.length > 0) dispatch({type: 'drafts-waiting', at: clock.now(), conversations});
	};

	return {
		readBack(dispatch) {
			run('input history', dispatch, readHistory(dispatch));
			run('draft', dispatch, claimDraft(dispatch));
		},
		append: (id, record, dispatch) => run('conversation', dispatch, transcripts.append(id, record)),
		draft(id, draft, dispatch) {
			// In the order in which they came last: what is carried to another conversation is there before it is gone here.
			drafts.delete(id);
			drafts.set(id, draft);
			if (dueDrafts !== undefined) return;
			dueDrafts = () => {
				callOff?.();
				dueDrafts = undefined;
				for (const [draftId, {text, pieces}] of drafts) run('draft', dispatch, transcripts.saveDraft(draftId, text, clock.now(), pieces));
				drafts.clear();
			};
			callOff = clock.after(draftDelayMs, dueDrafts);
		},
		remember: (line, dispatch) => run('input history', dispatch, transcripts.remember(line, clock.now())),
		async finish() {
			dueDrafts?.();
			await Promise.all(running);
			// What could not be written before, and was said: there may be room now.
			await transcripts.flush().catch(() => undefined);
		},
	};
}
