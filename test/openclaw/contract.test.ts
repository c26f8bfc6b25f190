import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {generations} from '../../source/demo/options.js';
import {casesFor} from '../contract/cases.js';
import {ask} from '../contract/client.js';
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
			const started = (): RealGateway => {
				if (!gateway) {
					throw new Error('not started');
				}

				return gateway;
			};
			const check = (run: (peer: Peer) => Promise<void>) => async () => run(started());

			for (const entry of casesFor(generation).filter(({slow}) => !slow)) {
				test(entry.name, check(entry.run));
			}

			// The gateway takes them in both releases; only its provider can tell whether the model gets to see them.
			test(generation === '2026.2.9' ? 'leaves images out' : 'shows images to the model', async () => {
				const dataUrl = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
				await ask(started(), 'Look at this [[n=1 rate=0]]', {images: [{name: 'dot.gif', mediaType: 'image/gif', dataUrl}]});
				const seen = started().provider.requests.findLast(texts => texts.some(text => text.includes('Look at this'))) ?? [];
				assert.equal(seen.join().includes('<image_url>'), generation !== '2026.2.9', seen.join());
			});

			describe('slowly, side by side', {concurrency: true}, () => {
				for (const entry of casesFor(generation).filter(({slow}) => slow)) {
					test(entry.name, check(entry.run));
				}
			});

			describe('its end', {concurrency: 1}, () => testEnds(generation, started));
		});
	}
});
