import {after, before, describe, test} from 'node:test';
import {type DemoGateway, generations} from '../../source/demo/options.js';
import {startDemoGateway} from '../../source/demo/server.js';
import {casesFor} from './cases.js';

for (const generation of generations) {
	describe(`the demo gateway as OpenClaw ${generation}`, () => {
		let gateway: DemoGateway;
		before(async () => {
			gateway = await startDemoGateway({generation, token: 'contract-test-token'});
		});
		after(async () => gateway.stop());
		for (const entry of casesFor(generation)) {
			test(entry.name, async () => entry.run(gateway));
		}
	});
}
