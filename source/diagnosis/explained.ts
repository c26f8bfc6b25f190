import {diagnose} from './diagnose.js';
import type {Diagnosis, Findings, Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {inChat} from './in-chat.js';

/** What the panel of the chat explains: evidence, and what it means in the words of a chat. */
export interface Explained {
	readonly evidence: Evidence;
	readonly findings: Findings;
}

/**
 * What to explain: what is wrong now, else the failure of before, which a later look cannot see any more (an answer that was cut off). The
 * numbers of the fixes are those of the screen.
 */
export function explained(evidence: Evidence, cause?: Evidence): Explained {
	const now = {evidence, findings: inPanel(evidence)};
	if (cause === undefined || cause === evidence) return now;
	if (now.findings.primary !== undefined && !isEcho(now)) return now;
	const before = {evidence: cause, findings: inPanel(cause)};
	return before.findings.primary === undefined ? now : before;
}

/** A token that was refused a moment ago is not sent again by a look that nobody asked for: the refusal itself says more. */
function isEcho({evidence, findings: {primary}}: Explained): boolean {
	return (
		primary?.evidence.some(index => {
			const seen = evidence.observations[index];
			return seen?.kind === 'credential-withheld' && seen.reason === 'refused-before';
		}) === true
	);
}

function inPanel(evidence: Evidence): Findings {
	const findings = inChat(diagnose(evidence), evidence);
	return findings.primary === undefined ? findings : {...findings, primary: withKeys(findings.primary, evidence)};
}

/** What a key of the panel does is named by its key. A look is no remedy beside others: its key stands below them. */
function withKeys({verify: _lookAgain, ...diagnosis}: Diagnosis, evidence: Evidence): Diagnosis {
	// The same token is sent again only when somebody asks for it.
	const isLook = ({command}: Fix) => command === '/status' && diagnosis.slug !== 'auth.withheld.refused-before';
	const others = diagnosis.fixes.filter(fix => !isLook(fix));
	const fixes = others.length === 0 ? diagnosis.fixes : others;
	return {...diagnosis, fixes: fixes.map(fix => fixByKey(fix, diagnosis.layer, evidence))};
}

function fixByKey(fix: Fix, layer: Diagnosis['layer'], {observations}: Evidence): Fix {
	const {command, ...words} = fix;
	if (command === '/status') return {...words, action: `${fix.action}: press r`};
	const address = /^clawtalk (?:config set (?:--profile \S+ )?gatewayUrl|status --gateway) (\S+)$/.exec(command ?? '')?.[1];
	// The key goes over to the one that the diagnosis names.
	const answers = observations.some(seen => seen.kind === 'sibling-look' && seen.outcome === 'gateway' && seen.origin === address);
	if (answers) return {...words, action: `${fix.action}: press u`};
	if (layer !== 'auth' || command === undefined || !setsToken.test(command)) return fix;
	return {...words, action: `${fix.action}: press t`};
}

/** What the panel's `t` does, for the gateway of the chat. */
const setsToken = /^clawtalk (?:config set (?:--profile \S+ )?gatewayToken|status (?:--gateway \S+ )?--token)$/;
