import {answer, evidenceOf, failure, gateway, peer} from '../evidence-of.js';
import {explained} from './explained.js';
import {box, lookedUp, tailscale, tried, triedThrice} from './surroundings.js';

const named = {origin: 'http://box.tail1234.ts.net:18789', addressClass: 'tailnet-name'} as const;
const thrice = (address: string, more = {}) => triedThrice(address, ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], more);
const lookup = {phase: 'lookup', layer: 'dns'} as const;

explained(
	'D01: no such name',
	evidenceOf([failure('ENOTFOUND', lookup), lookedUp([], {name: 'gw.example', code: 'ENOTFOUND'})], {
		origin: 'http://gw.example:18789',
		addressClass: 'public',
	}),
	{
		id: 'D01',
		slug: 'dns.not-found',
		layer: 'dns',
		severity: 'error',
		confidence: 'certain',
		title: 'The name gw.example does not exist',
		explanation: 'The name servers of this machine answered that they do not know it: a typing error, or a name of another network.',
		evidence: [0, 1],
		fixes: [
			{
				where: 'here',
				action: 'check the spelling of the gateway URL',
				applicability: 'safe-to-run',
				command: 'clawtalk config get gatewayUrl',
			},
			{
				where: 'here',
				action: 'use the address instead of the name',
				applicability: 'has-placeholders',
				command: 'clawtalk config set gatewayUrl http://ADDRESS:18789',
			},
		],
		exitCode: 68,
		transient: false,
		verify: 'clawtalk status --only dns',
	},
);

explained(
	'D02: no name server',
	evidenceOf([lookedUp([], {name: 'gw.example', code: 'EAI_AGAIN'})], {origin: 'http://gw.example:18789', addressClass: 'public'}),
	{
		id: 'D02',
		slug: 'dns.no-answer',
		layer: 'dns',
		severity: 'error',
		confidence: 'certain',
		title: 'No name server answered',
		explanation: 'So the address of gw.example is not known: this machine may be offline, behind a sign-in page, or its VPN may be down.',
		evidence: [0],
		fixes: [{where: 'here', action: 'check the network of this machine and try again', applicability: 'safe-to-run'}],
		exitCode: 75,
		transient: true,
		verify: 'clawtalk status --only dns',
	},
);

explained('D03: Tailscale is off', evidenceOf([failure('ENOTFOUND', lookup), tailscale({state: 'Stopped', onlinePeers: []})], named), {
	layer: 'dns',
	severity: 'error',
	exitCode: 68,
	transient: false,
	id: 'D03',
	slug: 'dns.tailscale-off',
	confidence: 'certain',
	title: 'Tailscale is off on this machine',
	explanation: 'Names under ts.net such as box.tail1234.ts.net exist only inside the tailnet.',
	evidence: [0, 1],
	fixes: [
		{where: 'here', action: 'see what it says', command: 'tailscale status', applicability: 'safe-to-run'},
		{where: 'here', action: 'connect it', command: 'tailscale up', applicability: 'changes-exposure'},
	],
	verify: 'clawtalk status --only dns',
});

explained(
	'D04: the resolver does not ask Tailscale',
	evidenceOf([failure('ENOTFOUND', lookup), tailscale({peer: box}), lookedUp(['100.69.69.108'], {resolver: 'tailscale'})], named),
	{
		layer: 'dns',
		severity: 'error',
		exitCode: 68,
		transient: false,
		id: 'D04',
		slug: 'dns.tailscale-not-asked',
		confidence: 'certain',
		title: "Tailscale knows box.tail1234.ts.net, and this machine's resolver does not ask it",
		explanation: "The address is 100.69.69.108. Another resolver or a company's VPN answers for this machine instead of Tailscale.",
		evidence: [0, 2, 1],
		fixes: [
			{
				where: 'here',
				action: 'use the address instead of the name',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://100.69.69.108:18789',
			},
		],
		verify: 'clawtalk status --only dns',
	},
);

explained(
	'D05: somebody else answers for the name',
	evidenceOf(
		[
			lookedUp(['10.1.2.3']),
			tailscale({peer: box}),
			lookedUp(['100.69.69.108'], {resolver: 'tailscale'}),
			answer(200, {path: '/healthz', method: 'GET', body: 'html', title: 'Blocked'}),
			peer('other-web-server'),
		],
		named,
	),
	{
		layer: 'dns',
		severity: 'error',
		exitCode: 68,
		transient: false,
		id: 'D05',
		verify: 'clawtalk status --only identity',
		slug: 'dns.tailnet-name-hijacked',
		confidence: 'certain',
		title: 'box.tail1234.ts.net leads to 10.1.2.3, which is no address of a tailnet',
		explanation: 'A resolver of this network answers names under ts.net itself. Tailscale says 100.69.69.108.',
		evidence: [0, 2],
		fixes: [
			{
				where: 'here',
				action: 'use the address instead of the name',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://100.69.69.108:18789',
			},
			{
				where: 'here',
				action: 'ask whoever runs the name servers of this network to leave names under ts.net alone',
				applicability: 'safe-to-run',
			},
		],
	},
);

explained(
	'D06: registered anew',
	evidenceOf([lookedUp(['100.69.69.7']), tried('100.69.69.7', 'no-answer'), tailscale({renumbered: box})], named),
	{
		layer: 'dns',
		severity: 'error',
		exitCode: 68,
		transient: false,
		id: 'D06',
		verify: 'clawtalk status --only tcp',
		slug: 'dns.stale-address',
		confidence: 'certain',
		title: 'The machine box has another address in the tailnet by now',
		explanation: 'It was registered anew and has 100.69.69.108. Its name follows such changes, an address does not.',
		evidence: [1, 2],
		fixes: [
			{
				where: 'here',
				action: 'use its name',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://box.tail1234.ts.net:18789',
			},
			{
				where: 'gateway-host',
				action: "if it runs in a container, keep Tailscale's state in a volume: /var/lib/tailscale",
				applicability: 'safe-to-run',
			},
		],
	},
);

explained(
	'D09: one family only',
	evidenceOf([...thrice('fd00:77::1'), ...triedThrice('192.168.1.9', ['connected', 'connected', 'connected']), gateway], {
		origin: 'http://gw.local:18789',
		addressClass: 'local-name',
	}),
	{
		layer: 'dns',
		severity: 'warning',
		exitCode: 0,
		transient: false,
		id: 'D09',
		verify: 'clawtalk status --only tcp',
		slug: 'dns.one-address-only',
		confidence: 'certain',
		title: 'gw.local leads to 192.168.1.9, which answers, and to fd00:77::1, which does not',
		explanation: 'clawtalk tries both, so this costs time at most. Other programs may try only the one that does not answer.',
		evidence: [0, 1, 2, 3, 4, 5],
		fixes: [
			{
				where: 'here',
				action: 'use the address that answers',
				applicability: 'safe-to-run',
				command: 'clawtalk config set gatewayUrl http://192.168.1.9:18789',
			},
		],
	},
);

explained(
	'D10: a short name',
	evidenceOf([lookedUp(['192.168.1.77'], {name: 'gateway'}), peer('other-web-server')], {
		origin: 'http://gateway:18789',
		addressClass: 'single-label',
	}),
	{
		id: 'D10',
		verify: 'clawtalk status --only identity',
		slug: 'dns.short-name',
		layer: 'dns',
		severity: 'note',
		confidence: 'possible',
		title: 'gateway may lead to another machine here: 192.168.1.77',
		explanation: 'A name without a dot is completed by the network at hand, so it can mean different machines in different places.',
		evidence: [0, 1],
		fixes: [
			{
				where: 'here',
				action: 'use the whole name',
				applicability: 'has-placeholders',
				command: 'clawtalk config set gatewayUrl http://NAME:18789',
			},
		],
		exitCode: 0,
		transient: false,
	},
);
