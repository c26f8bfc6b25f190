import {exitCodes} from '../../exit-codes.js';
import type {ControlPart} from './control-part.js';
import {compareVersions} from './version-fixes.js';

/** Versions of the protocol that clawtalk offers: 2026.2.9 speaks 3, 2026.9.6 speaks 4. */
const spoken = {oldest: 3, newest: 4};

/** W06. An answered handshake says which version the gateway wants, and so which of the two is the older one. */
export function protocolMismatch(expectedProtocol?: number): ControlPart {
	const isKnown = expectedProtocol !== undefined && Number.isInteger(expectedProtocol) && expectedProtocol > 0;
	return {
		id: 'W06',
		slug: 'control.protocol-mismatch',
		confidence: 'certain',
		title: `The client and the gateway speak different versions of the protocol${isKnown ? `: the gateway wants ${expectedProtocol}` : ''}`,
		explanation: whoIsOlder(isKnown ? expectedProtocol : undefined),
		fixes: compareVersions,
		exitCode: exitCodes.protocol,
	};
}

function whoIsOlder(wanted = spoken.newest): string {
	if (wanted > spoken.newest) return `clawtalk speaks ${spoken.oldest} and ${spoken.newest}. It is too old for this gateway.`;
	if (wanted < spoken.oldest) return `clawtalk speaks ${spoken.oldest} and ${spoken.newest}. This gateway is too old for it.`;
	return 'OpenClaw 2026.9.6 speaks protocol 4 and 2026.2.9 protocol 3. One of the two is too old for the other.';
}
