import type {TestContext} from 'node:test';

type Work = () => unknown;

const worksOf = new WeakMap<object, Work[]>();

/**
 * What a test started, ends after it in the opposite order: a program before the gateway it talks to and the home it writes into.
 * (`after` alone goes from the first to the last.) Each is waited for; the first failure is thrown when all were tried.
 */
export function atEnd(test: Pick<TestContext, 'after'>, work: Work): void {
	const known = worksOf.get(test);
	if (known !== undefined) {
		known.push(work);
		return;
	}
	const works = [work];
	worksOf.set(test, works);
	test.after(async () => {
		const failures: unknown[] = [];
		for (let last = works.pop(); last !== undefined; last = works.pop()) {
			try {
				await last();
			} catch (error) {
				failures.push(error);
			}
		}
		if (failures.length > 0) throw failures[0];
	});
}
