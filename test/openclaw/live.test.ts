import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {generations} from '../../source/demo/options.js';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import {frameCases, startWaiting} from './frame-cases.js';
import {type Lab, type LiveCase, liveCases, openLab, ownAddress} from './live-cases.js';
import {endCases} from './live-ends.js';
import {nodeCases} from './node-cases.js';
import {type RealGateway, startRealGateway} from './real-gateway.js';
import {relayCases} from './relay-cases.js';
import {signInCases} from './sign-in-cases.js';
import {toolFailureCases} from './tool-failure-cases.js';

const address = ownAddress();

/** In this order: those at the end stop the gateway. */
const cases: readonly LiveCase[] = [
	...[...liveCases, ...relayCases, ...toolFailureCases, ...nodeCases],
	...[...signInCases, ...frameCases, ...endCases],
];

describe('what a real gateway says is explained', {concurrency: true, skip: address === undefined && 'no address beyond loopback'}, () => {
	for (const generation of generations) {
		describe(generation, {concurrency: 1}, () => {
			let gateway: RealGateway | undefined;
			let lab: Lab | undefined;
			before(async () => {
				gateway = await startRealGateway(generation, {
					initially: config => ({...config, gateway: {...(config['gateway'] as object), bind: 'lan'}}),
				});
				lab = {...(await openLab(gateway, address ?? '')), ...startWaiting(gateway)};
			});
			after(async () => gateway?.stop());
			const isFor = (one: LiveCase) => one.generation === undefined || one.generation === generation;
			for (const one of cases.filter(isFor)) {
				test(`${one.id ?? 'nothing to explain'}: ${one.name}`, async () => {
					assert.ok(lab, 'not started');
					const evidence = await one.run(lab);
					const {primary, notes} = diagnose(evidence);
					if (one.id === undefined) return assert.equal(primary, undefined, JSON.stringify(evidence.observations));
					const told = [primary, ...notes].find(found => found?.id === one.id);
					assert.ok(
						told,
						`${primary?.id} ${primary?.title}, notes ${notes.map(({id}) => id).join(' ')}\n${JSON.stringify(evidence.observations)}`,
					);
					assert.match(told.title, one.title ?? /./);
					assert.ok(primary === undefined || primary.id === one.id, `${primary?.id} stands before it: ${primary?.title}`);
				});
			}
		});
	}
});
