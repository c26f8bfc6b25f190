import {transportNames} from '../transport-names.js';
import type {Flag} from './command.js';

export const transportFlag: Flag = {
	type: 'string',
	choices: [...transportNames],
	help: 'which way questions go: HTTP, the control plane (ws), or what works (default: auto)',
};
