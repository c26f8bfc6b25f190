/** Code fences of markdown (CommonMark 0.31 §4.5), seen line by line. Any indentation is taken: fences stand in list items too. */
const fencePattern = /^[ \t]*(`{3,}|~{3,})(.*)$/;

/** Whether the line opens a code block. An info string after backticks holds no backtick: that would be inline code. */
export function opensFence(line: string): boolean {
	const match = fencePattern.exec(line);
	return match !== null && !(match[1]?.startsWith('`') && match[2]?.includes('`'));
}

/** Whether the line closes the code block that `opening` opened: the same character, at least as often, and nothing after it. */
export function closesFence(line: string, opening: string): boolean {
	const [, mark = '', after = ''] = fencePattern.exec(line) ?? [];
	return mark.startsWith(fenceMark(opening)) && after.trim() === '';
}

/** The run of backticks or tildes of a fence line, with the indentation left out. */
export function fenceMark(opening: string): string {
	return fencePattern.exec(opening)?.[1] ?? '```';
}
