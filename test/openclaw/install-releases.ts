import {generations} from '../../source/demo/options.js';
import {installOpenClaw} from './install.js';
import {startRealGateway} from './real-gateway.js';

// Before the tests, whose files would install the same release twice into one folder.
await Promise.all(generations.map(installOpenClaw));

// The first start after an installation reads a gigabyte from a cold disk, which has taken more than two minutes: nobody waits for it here,
// and the starts that follow find it in memory.
for (const generation of generations) {
	const gateway = await startRealGateway(generation, {readyTimeoutMs: 360_000});
	await gateway.stop();
}
