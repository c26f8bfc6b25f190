import type {Piece} from '../chat/composer/piece.js';
import type {State} from '../chat/state.js';
import {sanitizeLine} from '../terminal/sanitize.js';
import {cutLine} from './cut-line.js';
import type {Drawing} from './drawing.js';

type AttachedPiece = Exclude<Piece, {readonly kind: 'paste'}>;

/** So much of a text file is shown when it is the only one. */
const shownTextLines = 3;
const mostFiles = 3;

/** The files that travel with the message that is being typed: what each is and how it begins. */
export function attachmentLines({draft, heldImages = []}: State, width: number, {palette}: Pick<Drawing, 'palette'>): readonly string[] {
	const attached = (draft.pieces ?? []).filter(
		(piece): piece is AttachedPiece => piece.kind !== 'paste' && draft.text.includes(piece.label),
	);
	const shown = attached.slice(0, mostFiles);
	const lines = shown.map(piece =>
		piece.kind === 'image' && !heldImages.includes(piece.id)
			? palette.warning(cutLine(`gone: ${sanitizeLine(piece.path)}, image; attach it again, or delete its label`, width))
			: palette.dim(cutLine(`with: ${sanitizeLine(piece.path)}, ${kindOf(piece)}${attached.length > 1 ? '' : sizeOf(piece)}`, width)),
	);
	const [only] = attached.length === 1 ? attached : [];
	const begin = only?.kind === 'text-file' ? firstLines(only.text).map(line => palette.dim(cutLine(`  │ ${line}`, width))) : [];
	const more = attached.length > mostFiles ? [palette.dim(`and ${attached.length - mostFiles} more`)] : [];
	return [...lines, ...begin, ...more];
}

function kindOf(piece: AttachedPiece): string {
	return piece.kind === 'image' ? piece.mediaType.replace(/^image\/(.*)$/, (_, type: string) => `${type.toUpperCase()} image`) : 'text';
}

function sizeOf(piece: AttachedPiece): string {
	if (piece.kind === 'image') return `, ${piece.bytes} bytes`;
	const count = piece.text.replace(/\n$/, '').split('\n').length;
	return `, ${piece.bytes} bytes, ${count} ${count === 1 ? 'line' : 'lines'}`;
}

function firstLines(text: string): readonly string[] {
	return text
		.slice(0, 2000)
		.split('\n', shownTextLines)
		.map(line => sanitizeLine(line.replaceAll('\t', '  ')))
		.filter(line => line.trim() !== '');
}
