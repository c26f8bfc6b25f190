import {extname} from 'node:path';

/** `md`, `html` and `txt` are for people, `json` is one document for programs, `jsonl` are the records, to be imported again. */
export const exportFormats = ['md', 'html', 'json', 'jsonl', 'txt'] as const;

export type ExportFormat = (typeof exportFormats)[number];

const extensions: Readonly<Record<string, ExportFormat>> = {
	'.md': 'md',
	'.markdown': 'md',
	'.html': 'html',
	'.htm': 'html',
	'.json': 'json',
	'.jsonl': 'jsonl',
	'.txt': 'txt',
};

/** The format that the name of a file asks for; undefined for a name that asks for none. */
export function formatOfFile(path: string): ExportFormat | undefined {
	return extensions[extname(path).toLowerCase()];
}

/** A name for the file of an export: words of the title, or the id. No folder, no leading dot or dash, nothing a shell takes for more. */
export function exportFileName({title, id}: {readonly title: string; readonly id: string}, format: ExportFormat): string {
	const words =
		title
			.normalize('NFC')
			.toLowerCase()
			.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
	const name = Array.from(words.join('-')).slice(0, 48).join('').replace(/-+$/, '');
	return `${name === '' ? id : name}.${format}`;
}
