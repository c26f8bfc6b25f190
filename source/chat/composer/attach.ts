import {maxRequestBytes} from '../../attachments/limits.js';
import {takeOrder} from '../orders.js';
import {openOverlay} from '../overlay/overlay.js';
import type {State} from '../state.js';
import {notice, type Step, stay, without} from '../step.js';
import type {Attaching, AttachmentEvent, AttachmentOrder, DoubtedFile, FileRead} from './attachment-order.js';
import {type Draft, insert, insertPiece, moveCaret, replaceRange} from './draft.js';
import type {Piece} from './piece.js';
import {changeDraft} from './update-draft.js';

/** A file that travels with a message. */
export type AttachedPiece = Exclude<Piece, {readonly kind: 'paste'}>;

/** As many as a gateway takes in one request. */
const mostImages = 8;

/** Has a file read that was chosen, to stand in the draft in the place of its mention, or at the caret. */
export function attach(state: State, path: string, mention?: string): Step {
	const [ordered, orderId] = takeOrder(state);
	const attaching: Attaching = {orderId, path, ...(mention !== undefined && {mention})};
	return [{...ordered, attaching: [...(state.attaching ?? []), attaching]}, [{type: 'read-file', orderId, path}]];
}

/** `/attach`. Line by line there is no draft that a file could stand in: it goes with the next message, and `none` takes all of them back. */
export function attachNamed(state: State, path: string | undefined): Step {
	if (state.hasScreen === undefined && (path === undefined || path === noFile)) return stay(tellNext(state, path));
	return path === undefined ? stay(notice(state, '/attach PATH: which file?')) : attach(state, path);
}

/** What came of a file that was chosen. One that is not waited for any more, since its conversation was left, is forgotten. */
export function hearFile(state: State, event: AttachmentEvent): Step {
	const heard = event.type === 'file-read' ? holdImage(state, event.file) : state;
	const file = state.attaching?.find(({orderId}) => orderId === event.orderId);
	if (file === undefined) return [heard, event.type === 'file-doubted' ? [{type: 'forget-file', orderId: event.orderId}] : []];
	const rest = settled(heard, file);
	switch (event.type) {
		case 'file-read':
			return stay(place(rest, file, event.file));
		case 'file-doubted':
			return askAgain(rest, file, event.doubted);
		case 'file-refused':
			return stay(notice(rest, `${file.path} is not attached: ${event.problem}.`));
	}
}

/** The second yes to a file that may be a secret. */
export function attachDoubted(state: State, file: Attaching): Step {
	return [{...state, attaching: [...(state.attaching ?? []), file]}, [{type: 'release-file', orderId: file.orderId, path: file.path}]];
}

export function leaveDoubted(state: State, {path, orderId, mention}: Attaching): Step {
	const stays = mention !== undefined && state.draft.text.includes(mention) ? ' Its name stays in the message, as text.' : '';
	const forget: AttachmentOrder = {type: 'forget-file', orderId};
	return [notice(state, `${path} is not attached.${stays}`), [forget]];
}

/** The files that travel with a draft as it stands. */
function attachedIn(text: string, pieces: readonly Piece[] = []): readonly AttachedPiece[] {
	return pieces.filter((piece): piece is AttachedPiece => piece.kind !== 'paste' && text.includes(piece.label));
}

/** `2.1 KB`, `34 KB`, `5.2 MB`; in the units that a gateway's limits are known by. */
export function sizeInWords(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	const [value, unit] = bytes < 999_500 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
	return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

function settled(state: State, file: Attaching): State {
	const attaching = state.attaching?.filter(other => other !== file) ?? [];
	return attaching.length === 0 ? without(state, 'attaching') : {...state, attaching};
}

/** The label takes the place of the mention; when that was taken out of the draft meanwhile, the file is not wanted any more. */
function place(state: State, {path, mention}: Attaching, file: FileRead): State {
	const piece = pieceOf(path, file);
	if (state.hasScreen === undefined) return addToNext(state, piece, file);
	const {draft} = state;
	const at = mention === undefined ? draft.caret : mentionAt(draft, mention);
	if (at === undefined) return state;
	const problem = tooMuch([...attachedIn(draft.text, draft.pieces), piece], draft.text);
	if (problem !== undefined) return notice(state, `${path} is not attached: ${problem}`);
	const length = mention?.length ?? 0;
	const emptied = {...replaceRange(draft, at, at + length, ''), caret: at};
	const labelled = mention === undefined ? insert(insertPiece(emptied, piece), ' ') : insertPiece(emptied, piece);
	const grown = labelled.caret - at - length;
	const caret =
		mention === undefined ? labelled.caret : draft.caret >= at + length ? draft.caret + grown : draft.caret > at ? at : draft.caret;
	return sayUnseen(changeDraft(state, moveCaret(labelled, caret, 'end')), file);
}

/** The content of an image is at hand from here on, as long as something needs it (`needed-images.ts`). */
function holdImage(state: State, file: FileRead): State {
	return file.kind === 'image' ? {...state, heldImages: [...(state.heldImages ?? []), file.id]} : state;
}

function sayUnseen(state: State, file: FileRead): State {
	if (file.kind !== 'image' || file.isUnseen === undefined) return state;
	const words =
		'The agents of this gateway do not get to see images: OpenClaw 2026.2.9 leaves them out without a word, 2026.9.6 shows them.';
	return notice(state, words);
}

/** Takes back what was attached to the next message, where the chat goes line by line. A file of this name is `./none`. */
const noFile = 'none';

function addToNext(state: State, piece: AttachedPiece, file: FileRead): State {
	const {attachedNext = []} = state;
	const problem = tooMuch([...attachedNext, piece], '');
	if (problem !== undefined) return notice(state, `${piece.path} is not attached: ${problem}`);
	const told = `${piece.label.slice(1, -1)} goes with the next message. /attach ${noFile} leaves it out.`;
	return sayUnseen(notice({...state, attachedNext: [...attachedNext, piece]}, told), file);
}

function tellNext(state: State, path: string | undefined): State {
	const {attachedNext = []} = state;
	const files = attachedNext.map(({label}) => label.slice(1, -1)).join(', ');
	if (files === '') return notice(state, path === undefined ? '/attach PATH: which file?' : 'No file was attached.');
	if (path === undefined) return notice(state, `With the next message: ${files}. /attach ${noFile} leaves all out.`);
	return dropNext(state);
}

/** The files of the next message stay where it would have gone: they were meant for one gateway. */
export function dropNext(state: State): State {
	const {attachedNext} = state;
	if (attachedNext === undefined) return state;
	return notice(without(state, 'attachedNext'), `Not attached any more: ${attachedNext.map(({label}) => label.slice(1, -1)).join(', ')}.`);
}

/** The draft with the files that were attached to the next message, on a line of their own. */
export function withNextFiles({draft, attachedNext = []}: State): Draft {
	if (attachedNext.length === 0) return draft;
	const atEnd = insert(moveCaret(draft, draft.text.length, 'end'), '\n');
	return attachedNext.reduce((whole, piece, index) => insertPiece(index === 0 ? whole : insert(whole, ' '), piece), atEnd);
}

/** The mention that ends nearest before the caret: it was just chosen there. */
function mentionAt({text, caret}: Draft, mention: string): number | undefined {
	const before = text.lastIndexOf(mention, caret - mention.length);
	const at = caret >= mention.length && before !== -1 ? before : text.indexOf(mention);
	return at === -1 ? undefined : at;
}

function pieceOf(path: string, file: FileRead): AttachedPiece {
	const {bytes} = file;
	const words = `${path} ${sizeInWords(bytes)}`;
	if (file.kind === 'text-file') return {kind: 'text-file', label: `[file ${words}]`, path, bytes, text: file.text};
	return {kind: 'image', label: `[image ${words}]`, path, bytes, mediaType: file.mediaType, id: file.id};
}

function tooMuch(pieces: readonly AttachedPiece[], text: string): string | undefined {
	if (pieces.filter(({kind}) => kind === 'image').length > mostImages) return `a gateway takes at most ${mostImages} images at once.`;
	const bytes = pieces.reduce((sum, piece) => sum + (piece.kind === 'image' ? Math.ceil(piece.bytes / 3) * 4 : piece.bytes), text.length);
	return bytes > maxRequestBytes ? 'with it the message is larger than the 20 MB that a gateway takes.' : undefined;
}

/** Not while something else has the keys: what is typed there would be the answer. */
function askAgain(state: State, file: Attaching, {doubts, bytes, what, leadsTo}: DoubtedFile): Step {
	if (state.overlay !== undefined) {
		const words = `${file.path} is not attached: it may hold secrets, and there was no room to ask. Choose it again.`;
		return [notice(state, words), [{type: 'forget-file', orderId: file.orderId}]];
	}
	const asked = openOverlay(state, {
		kind: 'confirmation',
		question: `Attach ${file.path}? It may hold secrets.`,
		details: [
			`Why: ${doubts.join('; ')}.`,
			...(leadsTo === undefined ? [] : [`It is reached by a link and lies at ${leadsTo}.`]),
			`What is sent: ${what}, ${sizeInWords(bytes)}, to ${state.place.origin} and the model provider behind it.`,
		],
		act: {type: 'attach-file', file},
	});
	return stay(asked);
}
