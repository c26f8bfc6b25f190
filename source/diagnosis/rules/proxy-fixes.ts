import type {Fix} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findLast} from '../find.js';
import {here} from '../fixes.js';
import {hostForCommand} from '../target-words.js';

/** Keeping the proxy of this machine away from the gateway: by the environment, or by the setting `proxy`, which NO_PROXY does not touch. */
export function bypassProxy(evidence: Evidence): readonly Fix[] {
	if (isSetting(evidence)) return [here('if the gateway needs no proxy, take the setting proxy out', 'clawtalk config edit')];
	const host = hostForCommand(evidence.target);
	const applicability = host === 'HOST' ? 'has-placeholders' : 'safe-to-run';
	return [
		here('do not use the proxy for this host', `export NO_PROXY="$NO_PROXY,${host}"`, applicability),
		here('see the proxy settings', 'env | grep -i _proxy'),
	];
}

/** Variables of the environment count for https only; where none is set, the proxy is a setting of clawtalk. */
function isSetting(evidence: Evidence): boolean {
	if (evidence.target.proxy === undefined) return false;
	const variables = findLast(evidence, 'client-facts')?.observation.proxyVariables;
	return evidence.target.origin.startsWith('http:') || variables?.some(name => /^https_proxy$/i.test(name)) === false;
}
