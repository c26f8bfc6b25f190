import type {Rule} from '../diagnosis.js';
import {refusedNotAsConfigured} from './local-port.js';
import {doesNotStart} from './local-start.js';
import {ownAddress} from './own-address.js';
import {libraryAtFault, oddNode, wentToProxy} from './tcp-client.js';
import {crashLooping, flapping} from './tcp-flapping.js';
import {refused, refusedButNearby} from './tcp-refused.js';
import {silentOrNoRoute} from './tcp-silent.js';
import {refusedOutsideTailnet} from './tcp-tailnet.js';
import {firstOf} from './unreachable.js';

/** Why no connection came about: one answer, the one that knows most. */
const noConnection = firstOf(
	wentToProxy,
	refusedNotAsConfigured,
	...refusedButNearby,
	ownAddress,
	...doesNotStart,
	crashLooping,
	flapping,
	refusedOutsideTailnet,
	...refused,
	...silentOrNoRoute,
);

export const tcpRules: readonly Rule[] = [noConnection, libraryAtFault, oddNode];
