/** One measured figure. A figure with a bar says whether it was met; one without is there to compare with. */
export interface Figure {
	readonly name: string;
	readonly value: number;
	readonly unit: 'ms' | 'MB' | 's' | 'KB' | 'bytes' | '×' | 'count';
	/** Largest value that meets the goal. */
	readonly bar?: number;
	/** How often it was measured; the value is the median of these unless the name says otherwise. */
	readonly runs: number;
}

/** The figures as aligned columns, one a line. */
export function renderTable(figures: readonly Figure[]): string {
	const rows = figures.map(figure => [
		figure.name,
		`${round(figure.value)} ${figure.unit}`,
		figure.bar === undefined ? '' : `≤ ${round(figure.bar)} ${figure.unit}`,
		verdict(figure),
		`n=${figure.runs}`,
	]);
	const widths = [0, 1, 2, 3, 4].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows
		.map(row => row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  '))
		.join('\n');
}

/** `met`, `missed`, or nothing when there is no bar. A figure that could not be measured is missed, never met. */
export function verdict(figure: Figure): string {
	if (figure.bar === undefined) return '';
	return figure.value <= figure.bar ? 'met' : 'MISSED';
}

function round(value: number): string {
	return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2);
}
