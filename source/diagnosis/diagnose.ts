import {forSameTarget} from './client-commands.js';
import type {Findings, Rule} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {rank} from './rank.js';
import {authRules} from './rules/auth.js';
import {configRules} from './rules/config.js';
import {controlRules} from './rules/control.js';
import {executionRules} from './rules/execution.js';
import {identityRules, identityRulesAfterStatus} from './rules/identity.js';
import {nameRules} from './rules/names.js';
import {peerCloseRules} from './rules/peer-closes.js';
import {requestStatusRules} from './rules/request-status.js';
import {serverStatusRules} from './rules/server-status.js';
import {streamRules} from './rules/stream.js';
import {tcpRules} from './rules/tcp.js';
import {tlsRules} from './rules/tls.js';
import {unknown} from './rules/unknown.js';
import {versionRules} from './rules/versions.js';

/** In the order of decision: outermost layer first, and inside a layer the first match wins. */
const rules: readonly Rule[] = [
	...configRules,
	...nameRules,
	...tcpRules,
	...tlsRules,
	...identityRules,
	...serverStatusRules,
	...identityRulesAfterStatus,
	...authRules,
	...requestStatusRules,
	...executionRules,
	...streamRules,
	...controlRules,
	...versionRules,
	...peerCloseRules,
];

/** Explains evidence. Pure: the same evidence always gives the same findings. */
export function diagnose(evidence: Evidence): Findings {
	const found = rules.map(rule => rule(evidence)).filter(diagnosis => diagnosis !== undefined);
	const findings = rank(found.map(diagnosis => forSameTarget(diagnosis, evidence)));
	if (findings.primary) return findings;
	const fallback = unknown(evidence);
	return fallback ? {...findings, primary: fallback} : findings;
}
