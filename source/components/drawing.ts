import type {BlockScan} from '../chat/answer/blocks.js';
import type {WaitingApproval} from '../chat/approval/approval.js';
import type {FoundLine} from '../chat/composer/history-search.js';
import type {Picker, PickerItem} from '../chat/overlay/picker.js';
import type {State} from '../chat/state.js';
import type {Evidence} from '../diagnosis/evidence.js';
import type {ToolTrouble} from '../diagnosis/tool-trouble.js';
import type {Palette} from '../terminal/palette.js';
import type {ApprovalTexts} from './approval-view.js';

/**
 * What the views draw with. Passed in, because the markdown parser and the rules of the diagnosis are loaded after the first paint:
 * before that, `markdown` gives the text as it is and `explain` knows nothing.
 */
export interface Drawing {
	readonly palette: Palette;
	/** Text for the terminal, safe, its lines at most `width` cells wide; `settled` when nothing is said. */
	markdown(text: string, width: number, form?: MarkdownForm): string;
	/** The unfinished block of an answer as markdown that stands alone. */
	tail(scan: BlockScan): string;
	/** What failed, what it means and what to do first; one string a line, most important first. */
	explain(evidence: Evidence): readonly string[];
	/** What the failures of tools in the evidence mean, each cause once; absent and empty before the rules are loaded. */
	toolTroubles?(evidence: Evidence): readonly ToolTrouble[];
	/** The lines of `/help`, at most `width` cells wide. */
	help(width: number): readonly string[];
	/** Our own words with the keys in force in place of the usual ones; absent: no key was changed. */
	keysNamed?(text: string): string;
	/** The rows of the help as an overlay; absent where the chat goes line by line. */
	helpRows?(width: number): HelpRows;
	/** What a search in the input history finds; absent where the chat goes line by line. */
	foundLines?(query: string, lines: readonly string[]): readonly FoundLine[];
	/** The connection panel in at most `height` lines; absent before it was opened once, because its modules are loaded then. */
	panel?(state: State, width: number, height: number): PanelDrawn;
	/** The items of a picker that match what was typed. */
	narrowed(picker: Picker): readonly PickerItem[];
	/** What a request for approval says; absent where the chat goes line by line. */
	approval?(state: State, waiting: WaitingApproval): ApprovalTexts;
	/** Whether the answer under way waits for an approval that can be given here. */
	awaitsApproval?(state: State): boolean;
	/** Wall clock as people read it, `14:03`. */
	clock(at: number): string;
}

/** `in-progress`: more of the text will come. `source`: the markdown itself. */
export type MarkdownForm = 'settled' | 'in-progress' | 'source';

export interface HelpRows {
	readonly keys: ReadonlyArray<readonly [chords: string, help: string]>;
	readonly commands: ReadonlyArray<readonly [command: string, help: string]>;
}

export interface PanelDrawn {
	readonly lines: readonly string[];
	/** Nothing is left to scroll to. */
	readonly isAtEnd: boolean;
}

/** Our own words, with the keys in force. */
export function withKeys(text: string, {keysNamed}: Pick<Drawing, 'keysNamed'>): string {
	return keysNamed === undefined ? text : keysNamed(text);
}
