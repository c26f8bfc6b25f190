import type {ControlWelcomed, Evidence} from './evidence.js';
import {type Found, findLast} from './find.js';

/** The last welcome on the control plane, unless it ended or was taken back since without us. */
export function standingWelcome(evidence: Evidence): Found<ControlWelcomed> | undefined {
	const welcomed = findLast(evidence, 'control-welcomed');
	if (welcomed === undefined) return undefined;
	const refused = findLast(evidence, 'control-refused');
	const closed = findLast(evidence, 'websocket-closed', ({layer, byUs, welcomed}) => layer === 'control' && !byUs && welcomed);
	const isOver = [refused, closed].some(one => one !== undefined && one.index > welcomed.index);
	return isOver ? undefined : welcomed;
}

/** What nobody can chat without. */
export const neededScopes: readonly string[] = ['operator.read', 'operator.write'];

/** Whether questions can go over the control plane: it let us in, and lets us read and write. */
export function controlChats(evidence: Evidence): boolean {
	const welcomed = standingWelcome(evidence)?.observation;
	return welcomed !== undefined && !welcomed.missingScopes.some(scope => neededScopes.includes(scope));
}
