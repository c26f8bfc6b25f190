import {exitCodes} from '../../exit-codes.js';
import {failedContact} from '../contact.js';
import type {Rule} from '../diagnosis.js';
import {findLast} from '../find.js';
import {gatewayStatus, here} from '../fixes.js';
import {isOwnAddress} from '../place.js';
import {hostAndPort, isSafeHost} from '../target-words.js';

/**
 * C21: the address of this very machine was given, and no gateway is here. `tailscale ip` prints the address of the machine it is typed
 * on, so this is what comes of pasting it into the client.
 */
const ownAddress: Rule = evidence => {
	const failed = failedContact(evidence, 'refused');
	if (!failed || !isOwnAddress(evidence)) return undefined;
	const listener = findLast(evidence, 'listener-look');
	const local = findLast(evidence, 'local-openclaw')?.observation;
	const sibling = findLast(evidence, 'sibling-look', ({outcome}) => outcome === 'gateway');
	const isGatewayHost = local !== undefined && local.state !== 'absent' && local.mode !== 'remote';
	if (isGatewayHost || sibling || (listener?.observation.addresses.length ?? 0) > 0) return undefined;
	const tailnet = findLast(evidence, 'tailscale-look', ({onlinePeers}) => onlinePeers.length > 0);
	const named = tailnet?.observation.onlinePeers.filter(isSafeHost).slice(0, 3).join(', ') ?? '';
	const port = hostAndPort(evidence.target)?.port ?? 18789;
	return {
		id: 'C21',
		slug: 'config.own-address',
		layer: 'config',
		severity: 'error',
		confidence: listener && tailnet ? 'certain' : 'likely',
		title: `${hostAndPort(evidence.target)?.host ?? 'The address'} is this machine's own address, and nothing listens on port ${port} here`,
		explanation:
			'The gateway URL needs the address of the machine that runs the gateway. Commands such as tailscale ip print the address of the machine they are typed on.',
		evidence: [...failed.refs, ...(listener ? [listener.index] : []), ...(tailnet ? [tailnet.index] : [])],
		fixes: [
			here(
				`use the address of the gateway${named ? `; online in this tailnet: ${named}` : ''}`,
				`clawtalk config set gatewayUrl http://HOST:${port}`,
				'has-placeholders',
			),
			{...gatewayStatus, action: 'if the gateway is meant to run on this machine: see why it does not'},
		],
		verify: 'clawtalk status --only tcp',
		exitCode: exitCodes.configuration,
		transient: false,
	};
};

export const addressRules: readonly Rule[] = [ownAddress];
