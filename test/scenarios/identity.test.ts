import {addresses, type HttpReply} from './lab/plan.js';
import {play, type Scenario} from './scenario.js';

const {remoteLan} = addresses;
const here = 'http://127.0.0.1:18789';
const lan = `http://${remoteLan}:18789`;

const page = (status: number, title: string): HttpReply => ({
	status,
	headers: {'Content-Type': 'text/html'},
	body: `<!doctype html><title>${title}</title>`,
});
const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpReply => ({
	status,
	headers: {'Content-Type': 'application/json', ...headers},
	body: JSON.stringify(body),
});
const text = (status: number, body: string, headers: Record<string, string> = {}): HttpReply => ({
	status,
	headers: {'Content-Type': 'text/plain', ...headers},
	body,
});
const anthropic = json(
	404,
	{type: 'error', error: {type: 'not_found_error', message: 'Not found'}, request_id: 'req_011'},
	{'request-id': 'req_011', 'cf-ray': '9a1-FRA', Server: 'cloudflare'},
);

const others: readonly Scenario[] = [
	{
		name: 'a captive portal sends everybody to its login page',
		remote: [
			{kind: 'http', at: [remoteLan, 18_789], answers: {'*': {status: 302, headers: {Location: 'http://login.hotel.example/?a=1'}}}},
		],
		url: lan,
		expect: {id: 'H03', exitCode: 69, says: /sign in/, token: 'kept'},
	},
	{
		name: 'a captive portal shows its login page in place of everything',
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': page(511, 'Hotel WiFi Login')}}],
		url: lan,
		expect: {id: 'H02', exitCode: 69, says: /Hotel WiFi Login/, token: 'kept'},
	},
	{
		name: 'another web server',
		client: [{kind: 'gateway', at: ['127.0.0.1', 18_789], fault: 'html-200'}],
		url: here,
		expect: {id: 'H02', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the Control UI answers, and no WebSocket behind it',
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': page(200, 'OpenClaw Control'), '/ws': text(404, 'Not Found')}}],
		url: lan,
		expect: {id: 'H01', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the server insists on HTTPS',
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': {status: 301, headers: {Location: `https://${remoteLan}/healthz`}}}}],
		url: lan,
		expect: {id: 'H03', exitCode: 69, command: /https:\/\/192\.168\.77\.1/, token: 'kept'},
	},
	{
		name: 'an identity proxy wants a sign-in',
		remote: [
			{
				kind: 'http',
				at: [remoteLan, 18_789],
				answers: {'*': {status: 302, headers: {Location: 'https://team.cloudflareaccess.com/cdn-cgi/access/login/x'}}},
			},
		],
		url: lan,
		expect: {id: 'H04', exitCode: 77, token: 'kept'},
	},
	{
		name: 'a web server that knows none of these paths',
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': json(404, {message: 'no Route matched'})}}],
		url: lan,
		expect: {id: 'H14', exitCode: 69, token: 'kept'},
	},
	{
		name: 'a server that only speaks WebSocket, and not this one',
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': text(426, 'Upgrade Required')}}],
		url: lan,
		expect: {id: 'H17', exitCode: 69, token: 'kept'},
	},
	{
		name: 'a proxy such as Tailscale Serve, and no gateway behind it',
		remote: [{kind: 'http', at: [remoteLan, 18_789], answers: {'*': {status: 502}}}],
		url: lan,
		expect: {id: 'H21', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the pass-through proxy of the plugin is on the port',
		client: [{kind: 'http', at: ['127.0.0.1', 18_789], answers: {'*': anthropic}}],
		url: here,
		expect: {id: 'O02', exitCode: 69, token: 'kept'},
	},
	{
		name: 'the pass-through proxy is on the port and cannot reach its origin',
		client: [{kind: 'http', at: ['127.0.0.1', 18_789], answers: {'*': text(502, 'Bad Gateway')}}],
		url: here,
		openclaw: {plugins: {entries: {clawtalk: {enabled: true, config: {proxyPort: 18_789}}}}, gateway: {port: 18_790}},
		expect: {id: 'O02', exitCode: 69, token: 'kept'},
	},
	{
		name: 'plugin and gateway want the same port',
		client: [{kind: 'http', at: ['127.0.0.1', 18_789], answers: {'*': anthropic}}],
		url: here,
		openclaw: {
			gateway: {mode: 'local', port: 18_789, bind: 'loopback'},
			plugins: {entries: {clawtalk: {enabled: true, config: {proxyPort: 18_789}}}},
		},
		expect: {
			id: 'O01',
			exitCode: 69,
			command: /^openclaw config set plugins\.entries\.clawtalk\.config\.proxyPort 18793$/,
			token: 'kept',
		},
	},
];

const enable = /^openclaw config set gateway\.http\.endpoints\.chatCompletions\.enabled true$/;
const overControl = /^clawtalk --gateway http:\/\/127\.0\.0\.1:18789 --transport ws$/;
const notFound = text(404, 'Not Found');
const gatewayHere = {kind: 'gateway', at: ['127.0.0.1', 18_789]} as const;

/** The control plane is on in each of them: the endpoint is worth a note, unless the configuration keeps to HTTP. */
const endpoints: readonly Scenario[] = [
	{
		name: 'the chat endpoint is off, as 2026.9.6 says it, and /v1/responses is on',
		client: [{...gatewayHere, fault: 'endpoint-off-404'}],
		url: here,
		expect: {id: null, notes: ['H11'], exitCode: 0, says: /goes over the control plane/, token: 'sent'},
	},
	{
		name: 'every endpoint is off, as 2026.9.6 says it',
		client: [{...gatewayHere, answers: {'/v1/chat/completions': notFound, '/v1/models': notFound}}],
		url: here,
		expect: {id: null, notes: ['H11'], exitCode: 0, says: /goes over the control plane/, token: 'sent'},
	},
	{
		name: 'the chat endpoint is off, as 2026.2.9 says it to a look: the Control UI',
		client: [{...gatewayHere, generation: '2026.2.9', fault: 'endpoint-off-405'}],
		url: here,
		expect: {id: null, notes: ['H13'], exitCode: 0, says: /goes over the control plane/, token: 'sent'},
	},
	{
		name: 'the chat endpoint is off, as 2026.2.9 says it to a question: 405',
		client: [{...gatewayHere, generation: '2026.2.9', fault: 'endpoint-off-405'}],
		url: here,
		command: ['ask', '--json', '--transport', 'http', 'hello'],
		expect: {id: 'H12', exitCode: 79, command: overControl, offers: enable, token: 'sent'},
	},
	{
		name: 'the chat endpoint is off, as releases between say it: the Control UI',
		client: [
			{
				...gatewayHere,
				answers: {'/v1/chat/completions': page(200, 'OpenClaw Control'), '/v1/models': page(200, 'OpenClaw Control')},
			},
		],
		url: here,
		expect: {id: null, notes: ['H13'], exitCode: 0, says: /goes over the control plane/, token: 'sent'},
	},
	{
		name: 'the chat endpoint is off, and the configuration keeps to HTTP',
		client: [{...gatewayHere, fault: 'endpoint-off-404'}],
		url: here,
		config: {transport: 'http'},
		expect: {id: 'H11', exitCode: 79, command: overControl, offers: enable, token: 'sent'},
	},
];

const coming: readonly Scenario[] = [
	{
		name: 'the gateway drains',
		client: [{...gatewayHere, fault: 'draining'}],
		url: here,
		expect: {id: 'H24', exitCode: 75, command: /^clawtalk ask .*--wait /, token: 'sent'},
	},
	{
		name: 'the gateway starts',
		client: [
			{
				...gatewayHere,
				answers: {
					'/readyz': json(503, {ready: false, failing: ['startup-sidecars']}),
					'/startupz': json(503, {ok: false, status: 'starting'}),
					'/v1/models': json(503, {error: {message: 'gateway starting', type: 'service_unavailable'}}, {'Retry-After': '2'}),
				},
			},
		],
		url: here,
		expect: {id: 'H23', exitCode: 75, command: /^clawtalk ask .*--wait /, token: 'sent'},
	},
	{
		name: 'the gateway starts, and its health check says so itself',
		client: [{kind: 'http', at: ['127.0.0.1', 18_789], answers: {'*': json(503, {ok: false, status: 'starting'})}}],
		url: here,
		expect: {id: 'H23', exitCode: 75, command: /^clawtalk ask .*--wait /, token: 'kept'},
	},
	{
		name: 'the gateway does not tell whether it is ready',
		client: [{...gatewayHere, answers: {'/readyz': text(403, 'Forbidden'), '/startupz': text(403, 'Forbidden')}}],
		url: here,
		expect: {id: null, exitCode: 0, notes: ['H28'], token: 'sent'},
	},
	{
		name: 'a channel of the gateway is not ready, which is none of ours',
		client: [{...gatewayHere, answers: {'/readyz': json(503, {ready: false, failing: ['telegram'], uptimeMs: 5000})}}],
		url: here,
		expect: {id: null, exitCode: 0, notes: ['H27'], absent: ['H24'], token: 'sent'},
	},
	{
		name: 'the clocks are two hours apart',
		client: [{...gatewayHere, clockAheadMs: 2 * 3_600_000}],
		url: here,
		expect: {id: null, exitCode: 0, notes: ['A14'], token: 'sent'},
	},
];

play('who is there', others);
play('the chat endpoint', endpoints);
play('not yet, not any more', coming);
