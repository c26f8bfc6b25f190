import type {FileContent} from '../attachments/read-file.js';
import type {AttachmentEvent, AttachmentOrder, FileRead} from '../chat/composer/attachment-order.js';
import type {CompletionEvent, CompletionItem, CompletionOrder} from '../chat/composer/completion.js';
import type {HeldImage} from '../chat/composer/piece.js';
import type {Event} from '../chat/event.js';
import type {ChoiceEvent, ChoiceOrder} from '../chat/overlay/choice-order.js';
import type {Question} from '../gateway/transport.js';
import type {Dispatch} from '../store.js';
import type {Clock} from './clock.js';
import type {ComposerWork} from './composer-work.js';

export type ComposerOrder = CompletionOrder | AttachmentOrder | ChoiceOrder;

/** Carries out what the composer orders, and holds what was read for it. */
export interface ComposerDesk {
	perform(order: ComposerOrder, dispatch: Dispatch): void;
	/** The question with the content of the images that go with it. @throws When one is not held; the chat asks for none of those. */
	withImages(question: Question, images: readonly HeldImage[] | undefined): Question;
	/** Resolves when what is being saved is saved. */
	close(): Promise<void>;
}

export interface DeskSurroundings {
	readonly clock: Clock;
	readonly newId: () => string;
	/** Whether the agents of the gateway in use get to see images. */
	readonly showsImages: () => boolean;
	/** Loads the work when it is first needed. */
	readonly load: () => Promise<ComposerWork>;
}

type Happened = AttachmentEvent | ChoiceEvent | CompletionEvent;

export function createComposerDesk({clock, newId, showsImages, load}: DeskSurroundings): ComposerDesk {
	const doubted = new Map<number, FileContent>();
	const images = new Map<string, string>();
	let work: Promise<ComposerWork> | undefined;
	let saving: Promise<void> = Promise.resolve();
	let newest = 0;

	/** What is told of a content: an image stays here. */
	const told = (content: FileContent): FileRead => {
		if (content.kind === 'text-file') return content;
		const id = newId();
		images.set(id, content.dataUrl);
		const {bytes, mediaType} = content;
		return {kind: 'image', bytes, mediaType, id, ...(!showsImages() && {isUnseen: true})};
	};
	const readFile = async (work: ComposerWork, {orderId, path}: AttachmentOrder & {type: 'read-file'}): Promise<Happened> => {
		const read = await work.readFile(path);
		if (!read.ok) return {type: 'file-refused', orderId, path, problem: read.problem};
		const {content, doubts, leadsTo} = read;
		if (doubts.length === 0) return {type: 'file-read', orderId, path, file: told(content)};
		doubted.set(orderId, content);
		const what = content.kind === 'image' ? content.mediaType : 'text';
		return {type: 'file-doubted', orderId, path, doubted: {doubts, bytes: content.bytes, what, ...(leadsTo !== undefined && {leadsTo})}};
	};
	const find = async (work: ComposerWork, {orderId, source, query}: CompletionOrder): Promise<Happened | undefined> => {
		newest = orderId;
		const items = await itemsOf(work, source, query, () => newest === orderId);
		return items && {type: 'completions-found', orderId, items};
	};
	const doOne = async (order: ComposerOrder): Promise<Happened | undefined> => {
		work ??= load();
		const doer = await work;
		switch (order.type) {
			case 'find-completions':
				return find(doer, order);
			case 'read-file':
				return readFile(doer, order);
			case 'release-file': {
				const {orderId, path} = order;
				const content = doubted.get(orderId);
				doubted.delete(orderId);
				if (content === undefined) return {type: 'file-refused', orderId, path, problem: 'it has to be read again'};
				return {type: 'file-read', orderId, path, file: told(content)};
			}
			case 'forget-file':
				return void doubted.delete(order.orderId);
			case 'release-images':
				for (const id of order.ids) images.delete(id);
				return undefined;
			case 'describe-profile': {
				const {orderId, name} = order;
				const found = await doer.describeProfile(name);
				return found.ok
					? {type: 'profile-described', orderId, name, gateway: found.gateway}
					: {type: 'choice-told', orderId, text: found.problem};
			}
			case 'save-choice':
				return {type: 'choice-told', text: await doer.saveChoice(order.setting, order.value, order.profile)};
		}
	};
	return {
		perform(order, dispatch) {
			const done = doOne(order)
				.catch((error: Error) => failed(order, error))
				.then(happened => {
					if (happened) dispatch({...happened, at: clock.now()} as Event);
				});
			if (order.type === 'save-choice') saving = Promise.all([saving, done]).then(() => undefined);
		},
		withImages(question, wanted = []) {
			if (wanted.length === 0) return question;
			return {...question, images: wanted.map(({id, path, mediaType}) => ({name: path, mediaType, dataUrl: held(images, id)}))};
		},
		close: () => saving,
	};
}

/** What was ordered could not be done at all: a list stays empty, anything else is said. */
function failed(order: ComposerOrder, {message}: Error): Happened {
	switch (order.type) {
		case 'find-completions':
			return {type: 'completions-found', orderId: order.orderId, items: []};
		case 'read-file':
		case 'release-file':
			return {type: 'file-refused', orderId: order.orderId, path: order.path, problem: message};
		case 'forget-file':
		case 'release-images':
		case 'save-choice':
			return {type: 'choice-told', text: `That could not be done: ${message}.`};
		case 'describe-profile':
			return {type: 'choice-told', orderId: order.orderId, text: `That could not be done: ${message}.`};
	}
}

function held(images: ReadonlyMap<string, string>, id: string): string {
	const dataUrl = images.get(id);
	if (dataUrl === undefined) throw new Error(`the image ${id} is not held`);
	return dataUrl;
}

/** @param isWanted False when the next key has ordered anew: matching many files takes milliseconds. */
async function itemsOf(
	work: ComposerWork,
	source: CompletionOrder['source'],
	query: string,
	isWanted: () => boolean,
): Promise<readonly CompletionItem[] | undefined> {
	switch (source) {
		case 'mention':
		case 'files': {
			const files = await work.files.find(query, isWanted);
			return files?.map(({path}) => ({text: path}));
		}
		case 'models':
			return work.models();
		case 'profiles':
			return work.profiles();
		case 'thinking':
			return []; // Only the gateway knows.
		case 'conversations':
			return work.conversations();
	}
}
