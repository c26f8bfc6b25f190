import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findAll, findLast, isIdentified} from '../find.js';
import {here, originFix} from '../fixes.js';
import {gatewayUrl, hostAndPort, urlAsWord} from '../target-words.js';
import {failedLookup} from './lookup.js';
import {tailnetNameRules} from './names-tailnet.js';
import {firstOf, unreachable} from './unreachable.js';

/** D01: the name servers answered that there is no such name. */
const nameNotFound: Rule = evidence => {
	const failed = failedLookup(evidence);
	if (failed?.outcome !== 'not-found') return undefined;
	const host = hostAndPort(evidence.target)?.host ?? 'of the gateway';
	const tailnet = evidence.target.addressClass === 'tailnet-name';
	return {
		id: 'D01',
		slug: 'dns.not-found',
		layer: 'dns',
		severity: 'error',
		confidence: 'certain',
		title: `The name ${host} does not exist`,
		explanation: tailnet
			? 'Names under ts.net exist only while Tailscale is connected on this machine. Otherwise the name is misspelt or gone.'
			: 'The name servers of this machine answered that they do not know it: a typing error, or a name of another network.',
		evidence: failed.refs,
		fixes: [
			...(tailnet ? [here('see whether Tailscale is connected', 'tailscale status')] : []),
			here('check the spelling of the gateway URL', 'clawtalk config get gatewayUrl'),
			...(evidence.target.origin.startsWith('https:')
				? []
				: [
						here(
							'use the address instead of the name',
							`clawtalk config set gatewayUrl ${withHost(evidence, 'ADDRESS')}`,
							'has-placeholders',
						),
					]),
		],
		...(tailnet && !findLast(evidence, 'tailscale-look')
			? {rivals: [{id: 'D03', title: 'Tailscale is not connected on this machine', tellApart: 'tailscale status, here'}]}
			: {}),
		exitCode: exitCodes.nameNotFound,
		transient: false,
	};
};

/** The URL of the gateway with a placeholder for its host. */
function withHost({target}: Evidence, placeholder: string): string {
	return urlAsWord(gatewayUrl(target, {host: placeholder})) ?? `http://${placeholder}:PORT`;
}

/** D02: no name server answered, which says nothing about the name. */
const nameServerSilent: Rule = evidence => {
	const failed = failedLookup(evidence);
	if (failed?.outcome !== 'no-answer') return undefined;
	return {
		id: 'D02',
		slug: 'dns.no-answer',
		layer: 'dns',
		severity: 'error',
		confidence: 'certain',
		title: 'No name server answered',
		explanation: `So the address of ${hostAndPort(evidence.target)?.host ?? 'the gateway'} is not known: this machine may be offline, behind a sign-in page, or its VPN may be down.`,
		evidence: failed.refs,
		fixes: [here('check the network of this machine and try again')],
		exitCode: exitCodes.temporary,
		transient: true,
	};
};

/** D09: of the addresses of one name some always answer and some never. */
const oneFamilyOnly: Rule = evidence => {
	const looked = findAll(evidence, 'tcp-attempt');
	const addresses = [...new Set(looked.map(({observation}) => observation.address))];
	const of = (address: string) => looked.filter(({observation}) => observation.address === address);
	const up = addresses.filter(address => of(address).every(({observation}) => observation.outcome === 'connected'));
	const down = addresses.filter(address => of(address).every(({observation}) => observation.outcome !== 'connected'));
	const [works] = up;
	const [fails] = down;
	if (works === undefined || fails === undefined) return undefined;
	const isPlain = evidence.target.origin.startsWith('http:');
	return unreachable({
		id: 'D09',
		verify: 'clawtalk status --only tcp',
		slug: 'dns.one-address-only',
		layer: 'dns',
		severity: 'warning',
		confidence: 'certain',
		title: `${hostAndPort(evidence.target)?.host ?? 'The name'} leads to ${works}, which answers, and to ${fails}, which does not`,
		explanation: 'clawtalk tries both, so this costs time at most. Other programs may try only the one that does not answer.',
		evidence: looked.flatMap(({index, observation}) =>
			down.includes(observation.address) || up.includes(observation.address) ? [index] : [],
		),
		fixes: isPlain ? [originFix('use the address that answers', gatewayUrl(evidence.target, {host: works}))] : [],
		exitCode: exitCodes.ok,
	});
};

/** D10: a name without a dot means whatever the network at hand makes of it. */
const shortName: Rule = evidence => {
	const lookup = findLast(evidence, 'name-lookup', ({resolver, addresses}) => resolver === 'system' && addresses.length > 0);
	const peer = findLast(evidence, 'peer-identified');
	if (!lookup || !peer || isIdentified(evidence) || evidence.target.addressClass !== 'single-label') return undefined;
	return {
		id: 'D10',
		verify: 'clawtalk status --only identity',
		slug: 'dns.short-name',
		layer: 'dns',
		severity: 'note',
		confidence: 'possible',
		title: `${hostAndPort(evidence.target)?.host ?? 'The name'} may lead to another machine here: ${addressOf(evidence)}`,
		explanation: 'A name without a dot is completed by the network at hand, so it can mean different machines in different places.',
		evidence: [lookup.index, peer.index],
		fixes: [here('use the whole name', `clawtalk config set gatewayUrl ${withHost(evidence, 'NAME')}`, 'has-placeholders')],
		exitCode: exitCodes.ok,
		transient: false,
	};
};

function addressOf(evidence: Evidence): string {
	const lookup = findLast(evidence, 'name-lookup', ({resolver, addresses}) => resolver === 'system' && addresses.length > 0);
	return lookup?.observation.addresses[0]?.address ?? 'its address is not known';
}

export const nameRules: readonly Rule[] = [firstOf(...tailnetNameRules, nameNotFound, nameServerSilent), oneFamilyOnly, shortName];
