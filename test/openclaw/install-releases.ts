import {generations} from '../../source/demo/options.js';
import {installOpenClaw} from './install.js';

// Before the tests, whose files run beside one another and would install the same release twice into one folder.
await Promise.all(generations.map(installOpenClaw));
