/** An answer that came and that fetch does not hand out: it repeats a request answered with 421, and reports 407 as a network error. */
export class UnseenAnswer extends Error {
	override readonly name = 'UnseenAnswer';

	constructor(
		/** HTTP status. */
		readonly status: number,
		options: ErrorOptions,
	) {
		super(`the answer was ${status}`, options);
	}
}
