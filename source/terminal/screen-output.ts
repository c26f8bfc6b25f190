/**
 * The terminal for a program that erases from the cursor to the screen's end. tmux takes such an erasure in the first row for a cleared
 * screen, and keeps what stood there in its scrollback: a frame that a change of size has moved up there would stay as a copy. So the row
 * of the cursor and the rows below it are erased one after the other.
 */
export function screenOutput(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
	const write = (data: string | Uint8Array, ...more: [callback?: () => void]) =>
		stdout.write(typeof data === 'string' ? erasedFromSecondRow(data) : data, ...more);
	return new Proxy(stdout, {
		get(target, name) {
			if (name === 'write') return write;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}

/** The same output without an erasure that could begin in the first row. The erasures begin in the first column, as Ink's do. */
export function erasedFromSecondRow(output: string): string {
	return output.replaceAll('\u001B[J', '\u001B[K\u001B7\u001B[1B\u001B[J\u001B8');
}
