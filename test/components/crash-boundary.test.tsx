import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {Text} from 'ink';
import {cleanup, render} from 'ink-testing-library';
import {CrashBoundary} from '../../source/components/crash-boundary.js';

after(cleanup);

function Thrower({throws}: {readonly throws: boolean}) {
	if (throws) throw new Error('a view is broken');
	return <Text>all is well</Text>;
}

test('a view that throws is told of, and none of its code is printed', async () => {
	const told: Error[] = [];
	const screenOf = (throws: boolean) => (
		<CrashBoundary onCrash={error => told.push(error)}>
			<Thrower throws={throws} />
		</CrashBoundary>
	);
	const app = render(screenOf(false));
	while (!app.lastFrame()?.includes('all is well')) await new Promise(setImmediate);
	app.rerender(screenOf(true));
	while (told.length === 0) await new Promise(setImmediate);
	assert.deepEqual(
		told.map(({message}) => message),
		['a view is broken'],
	);
	assert.equal(app.lastFrame()?.trim(), '');
});
