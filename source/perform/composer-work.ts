import type {FileFinder} from '../attachments/find-files.js';
import type {ReadFile} from '../attachments/read-file.js';
import type {CompletionItem} from '../chat/composer/completion.js';
import type {SavedChoice} from '../chat/overlay/choice-order.js';

/** What the composer needs of the disk: names to complete, files to attach, profiles to go to. Sentences are for the user. */
export interface ComposerWork {
	readonly files: FileFinder;
	readFile(path: string): Promise<ReadFile>;
	/** Models that the configuration names. */
	models(): Promise<readonly CompletionItem[]>;
	profiles(): Promise<readonly CompletionItem[]>;
	/** Newest first; none where nothing is kept. */
	conversations(): Promise<readonly CompletionItem[]>;
	/** Where a profile leads: its gateway's address and the path to it in a word. Nothing is sent, no token command is run. */
	describeProfile(name: string): Promise<{readonly ok: true; readonly gateway: string} | {readonly ok: false; readonly problem: string}>;
	/** Writes a setting beside the gateway of the profile, or takes it out; says what came of it. */
	saveChoice(setting: SavedChoice, value: string | undefined, profile: string | undefined): Promise<string>;
}
