import {forSameTarget, verifyCommand} from './client-commands.js';
import type {Diagnosis, Findings, Rule} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {noteIfOvercome} from './overcome.js';
import {rank} from './rank.js';
import {fitRelease} from './release.js';
import {authRules} from './rules/auth.js';
import {configRules} from './rules/config.js';
import {controlRules} from './rules/control.js';
import {executionRules} from './rules/execution.js';
import {identityRules, identityRulesAfterStatus} from './rules/identity.js';
import {localPortRules} from './rules/local-port.js';
import {nameRules} from './rules/names.js';
import {peerCloseRules} from './rules/peer-closes.js';
import {requestStatusRules} from './rules/request-status.js';
import {serverStatusRules} from './rules/server-status.js';
import {streamRules} from './rules/stream.js';
import {tcpRules} from './rules/tcp.js';
import {closedRules} from './rules/tcp-closed.js';
import {tlsRules} from './rules/tls.js';
import {unfinished} from './rules/unfinished.js';
import {unknown} from './rules/unknown.js';
import {versionRules} from './rules/versions.js';
import {welcomeRules} from './rules/welcome.js';

/** In the order of decision: outermost layer first, and inside a layer the first match wins. */
const rules: readonly Rule[] = [
	...configRules,
	...nameRules,
	...tcpRules,
	...tlsRules,
	...localPortRules,
	...identityRules,
	...serverStatusRules,
	...identityRulesAfterStatus,
	...authRules,
	...requestStatusRules,
	...executionRules,
	...streamRules,
	...controlRules,
	...welcomeRules,
	...versionRules,
	...closedRules,
	...peerCloseRules,
];

/** Explains evidence. Pure: the same evidence always gives the same findings. */
export function diagnose(evidence: Evidence): Findings {
	const found = rules.map(rule => rule(evidence)).filter(diagnosis => diagnosis !== undefined);
	const findings = rank(found.map(diagnosis => noteIfOvercome(complete(diagnosis, evidence), evidence)));
	if (findings.primary) return findings;
	const failure = unknown(evidence);
	const isOpen = failure && !isExplained(failure, findings) && noteIfOvercome(failure, evidence) === failure;
	const fallback = isOpen ? failure : unfinished(evidence);
	if (!fallback) return findings;
	const told = complete(fallback, evidence);
	return told.severity === 'error' ? {...findings, primary: told} : {...findings, notes: [...findings.notes, told]};
}

/** A note says what that failure was: a warning, or what a later success made one. */
function isExplained({evidence: [index]}: Diagnosis, {notes}: Findings): boolean {
	return index !== undefined && notes.some(({evidence}) => evidence.includes(index));
}

/** With commands about the same gateway, that its release has, and with the command that shows whether it is mended. */
function complete(diagnosis: Diagnosis, evidence: Evidence): Diagnosis {
	const fixes = fitRelease(diagnosis.fixes, evidence);
	return forSameTarget({...diagnosis, fixes, verify: verifyCommand(diagnosis, evidence)}, evidence);
}
