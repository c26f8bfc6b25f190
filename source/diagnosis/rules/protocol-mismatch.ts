import {exitCodes} from '../../exit-codes.js';
import type {ControlPart} from './control-part.js';
import {compareVersions} from './version-fixes.js';

/** Versions of the protocol that clawtalk offers (2026.2.9 speaks 3, 2026.9.6 speaks 4). */
const newestSpoken = 4;

/** W06. An answered handshake says which version the gateway wants, and so which of the two is the older one. */
export function protocolMismatch(expectedProtocol?: number): ControlPart {
	const isKnown = expectedProtocol !== undefined && Number.isInteger(expectedProtocol) && expectedProtocol > 0;
	return {
		id: 'W06',
		slug: 'control.protocol-mismatch',
		confidence: 'certain',
		title: `The client and the gateway speak different versions of the protocol${isKnown ? `: the gateway wants ${expectedProtocol}` : ''}`,
		explanation: isKnown
			? `clawtalk speaks 3 and ${newestSpoken}. ${expectedProtocol > newestSpoken ? 'It is too old for this gateway.' : 'The gateway is too old for it.'}`
			: 'OpenClaw 2026.9.6 speaks protocol 4 and 2026.2.9 protocol 3. One of the two is too old for the other.',
		fixes: compareVersions,
		exitCode: exitCodes.protocol,
	};
}
