import type {Fix} from '../diagnosis.js';
import {here, onGatewayHost} from '../fixes.js';

/** Versions first, then what an upgrade would do; the upgrade itself is left to its owner. */
export const compareVersions: readonly Fix[] = [
	here('see the version of clawtalk', 'clawtalk --version'),
	onGatewayHost('see the version of OpenClaw, and whether there is a newer one', 'openclaw update status'),
	here('if clawtalk is the older one', 'npm install --global clawtalk@latest'),
	onGatewayHost('if OpenClaw is the older one, see first what an update would do', 'openclaw update --dry-run', 'safe-to-run', {
		since: '2026.8',
		fallback: 'openclaw update status',
	}),
];
