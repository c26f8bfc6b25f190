import {after, before, describe, test} from 'node:test';
import {generations} from '../../source/demo/options.js';
import {casesFor} from '../contract/cases.js';
import type {Peer} from '../contract/peer.js';
import {testEnds} from './killed-and-drained.js';
import {type RealGateway, startRealGateway} from './real-gateway.js';

// Side by side: the older release is through long before the retries of the newer one are.
describe('real OpenClaw', {concurrency: true}, () => {
	for (const generation of generations) {
		describe(generation, {concurrency: 1}, () => {
			let gateway: RealGateway | undefined;
			before(async () => {
				gateway = await startRealGateway(generation);
			});
			after(async () => gateway?.stop());
			const check = (run: (peer: Peer) => Promise<void>) => async () => {
				if (!gateway) {
					throw new Error('not started');
				}

				await run(gateway);
			};

			for (const entry of casesFor(generation).filter(({slow}) => !slow)) {
				test(entry.name, check(entry.run));
			}

			describe('slowly, side by side', {concurrency: true}, () => {
				for (const entry of casesFor(generation).filter(({slow}) => slow)) {
					test(entry.name, check(entry.run));
				}
			});
		});
	}

	describe('the end of a gateway', {concurrency: 1}, testEnds);
});
