import {writeSync} from 'node:fs';
import {failingDisk} from './failing-disk.js';
import {listen} from './play.js';

/** Plays a scenario and is gone right after its n-th call on the disk; says on stdout what it told the user was saved. Arguments: name, home, n. */
const [name, home = '', n = '1'] = process.argv.slice(2);
const disk = await failingDisk();
const {scenarios} = await import('./scenarios.js');
const scenario = scenarios.find(one => one.name === name);
if (scenario === undefined) throw new Error(`no scenario ${name}`);
const {step} = listen(saved => writeSync(1, `${JSON.stringify(saved)}\n`));
void disk.arm(home, {kind: 'kill'}, Number(n));
await scenario.run(home, step);
