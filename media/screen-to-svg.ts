import type {IBufferCell, Terminal} from '@xterm/headless';

const cellWidth = 8.4;
const lineHeight = 18;
const background = '#14171c';
const foreground = '#d7dce2';
const basic = [
	'#14171c',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#d7dce2',
	'#6b7480',
	'#ff7b86',
	'#b5e890',
	'#ffd68a',
	'#82c4ff',
	'#dd99f0',
	'#7fd8e4',
	'#ffffff',
];

/** What a terminal shows at this moment as the inside of an SVG picture: one text element a line, one tspan a run of equal style. */
export function screenToSvg(terminal: Terminal): string {
	const buffer = terminal.buffer.active;
	const lines: string[] = [];
	for (let row = 0; row < terminal.rows; row++) {
		const line = buffer.getLine(buffer.viewportY + row);
		if (!line) continue;
		const runs: {style: string; column: number; text: string}[] = [];
		for (let column = 0; column < terminal.cols; column++) {
			const cell = line.getCell(column);
			if (!cell || cell.getWidth() === 0) continue;
			const style = styleOf(cell);
			const last = runs.at(-1);
			const text = cell.getChars() || ' ';
			// A wide character starts a run of its own, so that what follows stands in its column whatever the font does.
			if (last && last.style === style && cell.getWidth() === 1 && last.column + last.text.length === column) last.text += text;
			else runs.push({style, column, text});
		}
		const y = (row + 1) * lineHeight - 5;
		const spans = runs
			.filter(run => run.text.trim() !== '')
			.map(run => `<tspan x="${(run.column * cellWidth).toFixed(1)}"${run.style}>${escapeXml(run.text.trimEnd())}</tspan>`);
		if (spans.length > 0) lines.push(`<text y="${y}" xml:space="preserve">${spans.join('')}</text>`);
	}
	return lines.join('\n');
}

/** The whole picture: frames follow each other, each shown for its own time; a viewer without animation shows the last. */
export function animate(frames: readonly {svg: string; seconds: number}[], columns: number, rows: number): string {
	const total = frames.reduce((sum, frame) => sum + frame.seconds, 0);
	let start = 0;
	const styles: string[] = [];
	const groups = frames.map((frame, index) => {
		const from = ((start / total) * 100).toFixed(2);
		start += frame.seconds;
		const to = ((start / total) * 100).toFixed(2);
		styles.push(
			`@keyframes f${index}{0%{visibility:hidden}${from}%{visibility:visible}${to}%{visibility:hidden}100%{visibility:hidden}}#f${index}{animation:f${index} ${total.toFixed(1)}s step-end infinite}`,
		);
		return `<g id="f${index}"${index < frames.length - 1 ? ' visibility="hidden"' : ''}>\n${frame.svg}\n</g>`;
	});
	const width = Math.ceil(columns * cellWidth) + 24;
	const height = rows * lineHeight + 24;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="clawtalk in a terminal">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${foreground};white-space:pre}
${styles.join('\n')}</style>
<rect width="100%" height="100%" rx="8" fill="${background}"/>
<g transform="translate(12 12)">
${groups.join('\n')}
</g>
</svg>
`;
}

function styleOf(cell: IBufferCell): string {
	const colour = cell.isFgDefault() ? undefined : paletteColour(cell);
	return `${colour ? ` fill="${colour}"` : ''}${cell.isBold() ? ' font-weight="700"' : ''}${cell.isItalic() ? ' font-style="italic"' : ''}${cell.isDim() ? ' opacity=".65"' : ''}${cell.isUnderline() ? ' text-decoration="underline"' : ''}`;
}

function paletteColour(cell: IBufferCell): string {
	const value = cell.getFgColor();
	if (cell.isFgRGB()) return `#${value.toString(16).padStart(6, '0')}`;
	if (value < 16) return basic[value] ?? foreground;
	if (value >= 232) return `#${(8 + (value - 232) * 10).toString(16).padStart(2, '0').repeat(3)}`;
	const level = (step: number) => (step === 0 ? 0 : 55 + step * 40).toString(16).padStart(2, '0');
	const cube = value - 16;
	return `#${level(Math.floor(cube / 36))}${level(Math.floor(cube / 6) % 6)}${level(cube % 6)}`;
}

function escapeXml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
