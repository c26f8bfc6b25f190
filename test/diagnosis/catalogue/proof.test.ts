import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {before, test} from 'node:test';
import {catalogue} from '../../../source/diagnosis/catalogue/catalogue.js';
import type {RuleEntry} from '../../../source/diagnosis/catalogue/entry.js';
import {recognise} from '../../../source/diagnosis/catalogue/recognise.js';
import {frameCases} from '../../openclaw/frame-cases.js';
import {liveCases} from '../../openclaw/live-cases.js';
import {endCases} from '../../openclaw/live-ends.js';
import {nodeCases} from '../../openclaw/node-cases.js';
import {relayCases} from '../../openclaw/relay-cases.js';
import {signInCases} from '../../openclaw/sign-in-cases.js';
import {toolFailureCases} from '../../openclaw/tool-failure-cases.js';
import {listScenarios, type Scenario} from '../../scenarios/scenario.js';
import {scriptedCases} from '../live/scripted-cases.js';

const rules = catalogue.filter((entry): entry is RuleEntry => entry.kind === 'rule');
let scenarios: readonly Scenario[] = [];
/**
 * Ids that are asserted of what clawtalk observed itself, as the primary diagnosis or among the notes: by a scenario, on a real gateway
 * (`test/openclaw/live.test.ts`), or of a control plane that follows a script (`test/diagnosis/live`).
 */
let seen: ReadonlySet<string>;

before(async () => {
	const files = readdirSync('test/scenarios').filter(name => name.endsWith('.test.ts'));
	scenarios = await listScenarios(files.map(name => new URL(`../../scenarios/${name.replace(/\.ts$/, '.js')}`, import.meta.url)));
	const observing = scenarios.filter(({command}) => command?.[0] !== 'explain');
	const shown = [
		...liveCases,
		...relayCases,
		...toolFailureCases,
		...nodeCases,
		...signInCases,
		...frameCases,
		...endCases,
		...scriptedCases,
	].flatMap(({id}) => id ?? []);
	seen = new Set([...shown, ...observing.flatMap(({expect: {id, notes = []}}) => (id === null ? notes : [id, ...notes]))]);
});

test('all scenarios are listed', () => {
	assert.ok(scenarios.length > 200, `${scenarios.length} scenarios`);
});

test('every rule is shown by a scenario or a live case, or marked as recognised in text', () => {
	const unproved = rules.filter(({id, inText}) => inText === undefined && !seen.has(id)).map(({id}) => id);
	assert.deepEqual(unproved, [], 'a scenario or a live case shows it, or catalogue/in-text.ts says why none does');
});

test('no rule that is shown is marked as recognised in text alone', () => {
	const marked = rules.filter(({id, inText}) => inText !== undefined && seen.has(id)).map(({id}) => id);
	assert.deepEqual(marked, []);
});

test('every rule that is marked is recognised in its samples', () => {
	for (const {id, inText} of rules) {
		for (const sample of inText?.samples ?? []) assert.equal(recognise(sample)[0]?.diagnosis.id, id, sample);
	}
});

test('scenarios assert only ids of the catalogue that clawtalk can give', () => {
	const given = catalogue.filter(({kind}) => kind !== 'unseen').map(({id}) => id);
	const asserted = scenarios.flatMap(({expect: {id, notes = []}}) => (id === null ? notes : [id, ...notes]));
	assert.deepEqual(
		asserted.filter(id => !given.includes(id)),
		[],
	);
});
