import {makeCertificate} from './lab/certificates.js';
import {addresses, type HttpReply} from './lab/plan.js';
import {boxName, tailnet} from './lab/tailnet.js';
import {canaryPassword, play, rightToken, type Scenario} from './scenario.js';

const {remoteLan, remotePublic, remoteTailnet} = addresses;
const here = 'http://127.0.0.1:18789';
const lan = `http://${remoteLan}:18789`;
const gatewayHere = {kind: 'gateway', at: ['127.0.0.1', 18_789]} as const;
const gatewayOnLan = {kind: 'gateway', at: [remoteLan, 18_789]} as const;
const wrongToken = `wrong-${crypto.randomUUID()}`;
// biome-ignore lint/suspicious/noTemplateCurlyInString: nobody expands it, that is the point
const unexpanded = '${OPENCLAW_GATEWAY_TOKEN}';
const showToken = /^openclaw gateway auth-token --show$/;
const error = (status: number, body: Record<string, unknown>, headers: Record<string, string> = {}): HttpReply => ({
	status,
	headers: {'Content-Type': 'application/json', ...headers},
	body: JSON.stringify({error: body}),
});
const local = (auth: Record<string, unknown>) => ({gateway: {mode: 'local', port: 18_789, bind: 'loopback', auth}});

const refused: readonly Scenario[] = [
	{
		name: 'no token is set',
		client: [gatewayHere],
		url: here,
		token: null,
		expect: {id: 'A01', exitCode: 77, command: showToken, token: 'kept'},
	},
	{
		name: 'the token is wrong',
		client: [gatewayHere],
		url: here,
		token: wrongToken,
		expect: {id: 'A02', exitCode: 77, command: showToken, token: 'sent'},
	},
	{
		name: 'the token is wrong, on 2026.2.9',
		client: [{...gatewayHere, generation: '2026.2.9'}],
		url: here,
		token: wrongToken,
		expect: {id: 'A02', exitCode: 77, token: 'sent'},
	},
	{
		name: 'the token is a variable that nobody expanded',
		client: [gatewayHere],
		config: {gatewayUrl: here, gatewayToken: unexpanded},
		token: null,
		expect: {id: 'C16', exitCode: 78, command: /^clawtalk config set gatewayToken$/, token: 'kept'},
	},
	{
		name: 'the gateway of this machine has another token',
		client: [gatewayHere],
		url: here,
		token: wrongToken,
		openclaw: local({mode: 'token', token: rightToken}),
		expect: {id: 'A02', exitCode: 77, token: 'sent'},
	},
	{
		name: 'the token in use is the one of the config file, and the running gateway has an older one',
		client: [{...gatewayHere, token: `older-${crypto.randomUUID()}`}],
		url: here,
		openclaw: local({mode: 'token', token: rightToken}),
		expect: {id: 'A03', exitCode: 77, token: 'sent'},
	},
	{
		name: 'the token of the gateway itself is an unexpanded variable',
		client: [gatewayHere],
		url: here,
		token: wrongToken,
		openclaw: local({mode: 'token', token: unexpanded}),
		expect: {id: 'A04', exitCode: 77, token: 'sent'},
	},
	{
		name: 'the gateway wants a password',
		client: [gatewayHere],
		url: here,
		token: wrongToken,
		openclaw: local({mode: 'password', password: canaryPassword}),
		expect: {id: 'A05', exitCode: 77, token: 'sent'},
	},
	{
		name: 'the gateway lets in only whom its identity proxy vouches for',
		client: [gatewayHere],
		url: here,
		token: wrongToken,
		openclaw: local({mode: 'trusted-proxy'}),
		expect: {id: 'A07', exitCode: 77, token: 'sent'},
	},
	{
		name: 'no token is set, and the tailnet does not stand in for it',
		needs: ['openssl'],
		names: {[boxName]: [remoteTailnet]},
		remote: world => [{kind: 'gateway', at: [remoteTailnet, 443], tls: makeCertificate(world.folder, {names: `DNS:${boxName}`})}],
		env: world => ({NODE_EXTRA_CA_CERTS: `${world.folder}/certificates/authority.pem`}),
		tailscale: tailnet(),
		url: `https://${boxName}`,
		token: null,
		expect: {id: 'A06', exitCode: 77, command: showToken, token: 'kept'},
	},
	{
		name: 'the token was refused before and has not changed',
		client: [gatewayHere],
		url: here,
		token: wrongToken,
		earlier: [['ask', '--json', 'hello']],
		command: ['ask', '--json', 'hello'],
		expect: {id: 'A27', exitCode: 77, command: /^clawtalk status/, token: 'sent'},
	},
	{
		name: 'this address is locked out',
		client: [{...gatewayHere, fault: 'lockout'}],
		url: here,
		expect: {id: 'H18', exitCode: 75, says: /20 s/, token: 'sent'},
	},
	{
		name: 'the gateway does not trust the proxy before it',
		client: [
			{
				...gatewayHere,
				answers: {
					'/v1/models': error(403, {
						type: 'proxy_attribution_required',
						message: 'Proxy client attribution is required. Configure gateway.trustedProxies narrowly.',
					}),
				},
			},
		],
		url: here,
		expect: {id: 'H08', exitCode: 77, command: /^openclaw config get gateway\.trustedProxies$/, token: 'sent'},
	},
	{
		name: 'the gateway refuses, and not because of the token',
		client: [{...gatewayHere, answers: {'/v1/models': error(403, {message: 'Forbidden'})}}],
		url: here,
		expect: {id: 'H00', exitCode: 77, token: 'sent'},
	},
	{
		name: 'a proxy wants a password of its own',
		client: [
			{
				kind: 'http',
				at: ['127.0.0.1', 18_789],
				answers: {'*': {status: 401, headers: {'WWW-Authenticate': 'Basic realm="office"', 'Content-Type': 'text/html'}, body: 'no'}},
			},
		],
		url: here,
		expect: {id: 'H29', exitCode: 77, token: 'kept'},
	},
];

const withheld: readonly Scenario[] = [
	{
		name: 'plain http in the local network that nobody said yes to',
		remote: [gatewayOnLan],
		config: {gatewayUrl: lan, gatewayToken: rightToken},
		token: null,
		expect: {id: 'A26', exitCode: 78, command: /^ssh -N /, offers: /^clawtalk trust add http:\/\/192\.168\.77\.1:18789$/, token: 'kept'},
	},
	{
		name: 'plain http in the local network after a yes',
		remote: [gatewayOnLan],
		config: {gatewayUrl: lan, gatewayToken: rightToken},
		trusts: [lan],
		token: null,
		expect: {id: null, exitCode: 0, notes: ['A24'], token: 'sent'},
	},
	{
		name: 'the token belongs to another gateway',
		client: [gatewayHere],
		config: {gatewayUrl: lan, gatewayToken: rightToken},
		url: here,
		token: null,
		expect: {id: 'A25', exitCode: 78, command: /--token-from .*http:\/\/127\.0\.0\.1:18789/, token: 'kept'},
	},
	{
		name: 'plain http to a public address',
		remote: [{...gatewayOnLan, at: [remotePublic, 18_789]}],
		url: `http://${remotePublic}:18789`,
		expect: {id: 'C19', exitCode: 78, token: 'kept'},
	},
	{
		name: 'a password in the URL',
		client: [gatewayHere],
		url: `http://me:${canaryPassword}@127.0.0.1:18789`,
		expect: {id: 'C12', exitCode: 78, token: 'kept'},
	},
	{
		name: 'a token in the URL',
		client: [gatewayHere],
		url: `${here}/?token=${canaryPassword}`,
		expect: {id: 'C13', exitCode: 78, token: 'kept'},
	},
	{
		name: 'a URL without a scheme is repaired',
		client: [gatewayHere],
		config: {gatewayUrl: '127.0.0.1:18789'},
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
];

const proxies: readonly Scenario[] = [
	{
		name: 'proxy variables are set, and loopback is reached directly',
		client: [gatewayHere],
		url: here,
		env: {HTTP_PROXY: 'http://127.0.0.1:3128', HTTPS_PROXY: 'http://127.0.0.1:3128', http_proxy: 'http://127.0.0.1:3128'},
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'the proxy of a public name is dead',
		names: {'gateway.example.com': [remotePublic]},
		remote: [],
		url: 'https://gateway.example.com',
		env: {HTTPS_PROXY: 'http://127.0.0.1:3128'},
		expect: {
			id: 'N13',
			exitCode: 69,
			command: /_proxy|NO_PROXY/i,
			mayReach: ['tcp 127.0.0.1 3128', 'tcp 203.0.113.9 443'],
			token: 'kept',
		},
	},
	{
		name: 'the proxy of a public name wants a password',
		names: {'gateway.example.com': [remotePublic]},
		client: [{kind: 'http', at: ['127.0.0.1', 3128], answers: {'*': {status: 407, headers: {'Proxy-Authenticate': 'Basic realm="x"'}}}}],
		remote: [],
		url: 'https://gateway.example.com',
		env: {HTTPS_PROXY: 'http://127.0.0.1:3128'},
		expect: {id: 'H30', exitCode: 77, mayReach: ['tcp 127.0.0.1 3128', 'tcp 203.0.113.9 443'], token: 'kept'},
	},
];

play('the token is refused', refused);
play('the token is kept back', withheld);
play('proxies of this machine', proxies);

const tooSlow = (name: string, question: string, says: RegExp, more: Partial<Scenario> = {}): Scenario => ({
	...{name, ...more},
	client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], answers: {[question]: {status: 200, never: true}}}],
	url: 'http://127.0.0.1:18789',
	expect: {id: 'X01', exitCode: 75, says, token: 'sent'},
});

play('a gateway that identifies itself and then takes too long', [
	// Its control plane would say it.
	tooSlow('to say whether it takes the token', 'GET /v1/models', /longer than 2 s: it is not known whether the gateway takes the token/, {
		config: {transport: 'http'},
	}),
	tooSlow(
		'to say whether its endpoint is on',
		'GET /v1/chat/completions',
		/longer than 2 s: it is not known whether the chat endpoint is on/,
	),
]);
