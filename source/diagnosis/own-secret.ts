import type {Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';
import {findLast} from './find.js';
import {here, onGatewayHost, readGatewayToken, setToken} from './fixes.js';

/** The only source that says by its name which of the two a secret is; it goes before the configuration. */
const passwordVariable = 'OPENCLAW_GATEWAY_PASSWORD';

/**
 * What the secret of clawtalk is called. Over HTTP a gateway refuses a password with the words that it has for a token; that it is one is
 * known from where it came, and from what the gateway said on its control plane.
 */
export function secretWord(evidence: Evidence): 'token' | 'password' {
	const refused = findLast(evidence, 'control-refused', ({with: credential}) => credential === 'password');
	const welcomed = findLast(evidence, 'control-welcomed', ({authMethod}) => authMethod === 'password');
	return isFromVariable(evidence) || refused || welcomed ? 'password' : 'token';
}

/** How to find the right secret and give it to clawtalk. */
export function secretFixes(evidence: Evidence): readonly Fix[] {
	return secretWord(evidence) === 'token' ? [readGatewayToken, setToken] : [readPassword, enterPassword(evidence)];
}

/** No command shows it: 2026.9.6 prints `__OPENCLAW_REDACTED__` in its place. */
const readPassword = onGatewayHost('read gateway.auth.password in ~/.openclaw/openclaw.json');

/** How the password is given to clawtalk anew. */
export function enterPassword(evidence: Evidence, action = 'enter the password anew, hidden'): Fix {
	return isFromVariable(evidence)
		? here(`give ${passwordVariable} another value: it goes before what is configured`)
		: here(action, 'clawtalk config set gatewayToken');
}

function isFromVariable({credential}: Evidence): boolean {
	return credential.source === passwordVariable;
}
