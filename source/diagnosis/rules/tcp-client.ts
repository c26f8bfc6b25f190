import {exitCodes} from '../../exit-codes.js';
import {contacts} from '../contact.js';
import type {Rule} from '../diagnosis.js';
import {findLast} from '../find.js';
import {here} from '../fixes.js';
import {cameThrough, roundsForProof} from '../stacks.js';
import {dialled, hostAndPort} from '../target-words.js';
import {bypassProxy} from './proxy-fixes.js';
import {unreachable} from './unreachable.js';

/** N13: the address that was dialled is not the gateway's, or a proxy was meant to carry the request. */
export const wentToProxy: Rule = evidence => {
	const target = hostAndPort(evidence.target);
	const isProxied = evidence.target.proxy !== undefined;
	const found = findLast(
		evidence,
		'network-failure',
		({phase, attempts}) => attempts.length > 0 && (phase === 'connect' || (isProxied && phase === 'lookup')),
	);
	const attempt = found?.observation.attempts[0];
	if (!found || !target) return undefined;
	const otherPort = attempt?.port !== undefined && attempt.port !== target.port;
	if (!isProxied && !otherPort) return undefined;
	const direct = contacts(evidence).find(({by, outcome}) => by === 'socket' && outcome === 'connected');
	const known = direct ? 'A direct connection came about.' : 'Whether the gateway itself can be reached is not known.';
	return unreachable({
		id: 'N13',
		verify: 'clawtalk status --only identity',
		slug: 'net.proxy',
		confidence: 'certain',
		title:
			found.observation.phase === 'lookup'
				? `The name of the proxy ${evidence.target.proxy} leads nowhere`
				: `The connection went to ${isProxied ? `the proxy ${evidence.target.proxy}` : dialled(evidence, attempt)}, which did not take it`,
		explanation: `A proxy setting sends requests for ${target.host} there. ${known}`,
		evidence: [found.index, ...(direct ? [direct.index] : [])],
		fixes: bypassProxy(evidence),
	});
};

/**
 * N24: bare connections always come through and one library's requests never. Said only after three rounds: what answers now and then is
 * N26. clawtalk does not use Node's own fetch, so this alone stops nothing.
 */
export const libraryAtFault: Rule = evidence => {
	const found = findLast(evidence, 'stack-comparison');
	const {rounds = []} = found?.observation ?? {};
	if (!found || rounds.length < roundsForProof) return undefined;
	if (cameThrough(rounds, 'raw') !== 'always' || cameThrough(rounds, 'fetch') !== 'never') return undefined;
	// When node:http fails as well, the peer takes connections and answers nobody.
	if (cameThrough(rounds, 'http') !== 'always') return undefined;
	const own = cameThrough(rounds, 'undici');
	if (own === 'sometimes') return undefined;
	const node = findLast(evidence, 'client-facts')?.observation.node;
	return unreachable({
		id: 'N24',
		verify: 'clawtalk status',
		slug: 'client.fetch',
		severity: own === 'never' ? 'error' : 'note',
		confidence: 'certain',
		title: `Bare connections come through, requests of ${own === 'never' ? 'undici' : "Node's own fetch"} do not`,
		explanation: `In ${rounds.length} of ${rounds.length} rounds, so neither the network nor the gateway is at fault; why is not known. ${own === 'never' ? 'clawtalk asks in this way.' : 'clawtalk does not use that fetch.'}`,
		evidence: [found.index],
		fixes: [here(`try another Node than ${node ?? 'this one'}`, 'nvm install --lts')],
		exitCode: own === 'never' ? exitCodes.unreachable : exitCodes.ok,
	});
};

/** N27: a Node that is no long-term release, beside a failed connection. A note, and seldom the cause. */
export const oddNode: Rule = evidence => {
	const client = findLast(evidence, 'client-facts');
	const major = Number(/^v?(\d+)\./.exec(client?.observation.node ?? '')?.[1]);
	if (!client || !(major % 2 === 1)) return undefined;
	if (!contacts(evidence).some(({outcome}) => outcome !== 'connected')) return undefined;
	return unreachable({
		id: 'N27',
		verify: 'clawtalk status',
		slug: 'client.node',
		severity: 'note',
		confidence: 'possible',
		title: `This is Node ${client.observation.node}, not a long-term release`,
		explanation: 'It is seldom the cause of a failed connection. A long-term release would rule it out.',
		evidence: [client.index],
		fixes: [here('use a long-term release', 'nvm install --lts')],
		exitCode: exitCodes.ok,
	});
};
