import type {EditorResult} from '../chat/composer/external-editor.js';
import type {World} from '../perform.js';
import type {Dispatch} from '../store.js';

/** Lets the user edit a text outside; whatever happens there, the chat hears of it once. */
export async function openEditor({clock, lendTerminal, editText}: World, text: string, dispatch: Dispatch): Promise<void> {
	const close = (result: EditorResult) => dispatch({type: 'editor-closed', at: clock.now(), result});
	if (lendTerminal === undefined || editText === undefined)
		return close({kind: 'kept', problem: 'There is no terminal for an editor here.'});
	try {
		close(await editText(text, lendTerminal));
	} catch (error) {
		close({kind: 'kept', problem: `The editor could not be used: ${error instanceof Error ? error.message : String(error)}.`});
	}
}
