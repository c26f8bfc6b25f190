import {nginx, passTo} from './lab/nginx.js';
import {addresses, type GatewayService, type Service} from './lab/plan.js';
import type {World} from './lab/world.js';
import {play, type Scenario} from './scenario.js';

const {remoteLan} = addresses;
const asked = `http://${remoteLan}:18789`;
const behind: GatewayService = {kind: 'gateway', at: ['127.0.0.1', 18_790]};
const upgrades = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $host;';
const question = ['ask', '--json', '--', 'go [[n=40 rate=40]]'];

/** A real nginx on the other machine, and what is behind it. */
const proxied = (directives: string, services: readonly Service[] = [behind]) => ({
	needs: ['nginx'] as const,
	url: asked,
	remote: (world: World) => [...services, nginx(world, [remoteLan, 18_789], directives)],
});

const looks: readonly Scenario[] = [
	{
		name: 'all is well',
		...proxied(passTo(18_790, upgrades)),
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'the gateway behind it is gone: 502',
		...proxied(passTo(18_790), []),
		expect: {id: 'H22', exitCode: 69, command: /^openclaw gateway status$/, says: /502/, token: 'kept'},
	},
	{
		name: 'the gateway behind it does not answer: 504',
		...proxied(passTo(18_790, 'proxy_read_timeout 1s;'), [{kind: 'socket', at: ['127.0.0.1', 18_790], does: 'silence'}]),
		expect: {id: 'H22', exitCode: 69, says: /504/, token: 'kept'},
	},
	{
		name: 'only the health check leads to the gateway',
		...proxied('location = /healthz { proxy_pass http://127.0.0.1:18790; }'),
		expect: {id: 'H14', exitCode: 69, token: 'kept'},
	},
	{
		name: 'it does not let WebSockets through, which chat over HTTP does not need',
		...proxied(`if ($http_upgrade) { return 400; } ${passTo(18_790)}`),
		expect: {id: null, exitCode: 0, token: 'sent'},
	},
	{
		name: 'it wants a password',
		...proxied(`location / { auth_basic "office"; auth_basic_user_file /dev/null; proxy_pass http://127.0.0.1:18790; }`),
		expect: {id: 'H29', exitCode: 77, token: 'kept'},
	},
	{
		name: 'it shows its own page',
		...proxied('location / { default_type text/html; return 200 "<title>Welcome to nginx!</title>"; }'),
		expect: {id: 'H02', exitCode: 69, says: /Welcome to nginx/, token: 'kept'},
	},
];

const questions: readonly Scenario[] = [
	{
		name: 'it cuts an answer that is silent for too long',
		...proxied(passTo(18_790, `${upgrades} proxy_buffering off; proxy_read_timeout 1s;`), [{...behind, fault: 'stall'}]),
		command: question,
		expect: {id: 'S04', exitCode: 74, token: 'sent'},
	},
	{
		name: 'it cuts an answer at its time limit',
		...proxied(passTo(18_790, `${upgrades} proxy_buffering off; proxy_read_timeout 3s;`), [{...behind, fault: 'stall'}]),
		command: question,
		expect: {id: 'S07', exitCode: 74, token: 'sent'},
	},
	{
		name: 'it gives up before the first word',
		...proxied(passTo(18_790, `${upgrades} proxy_buffering off; proxy_read_timeout 1s;`)),
		command: ['ask', '--json', '--', 'go [[n=40 rate=40 ttft=3000]]'],
		expect: {id: 'S04', exitCode: 70, token: 'sent'},
	},
	{
		name: 'it keeps the whole answer and hands it over in one piece',
		...proxied(passTo(18_790, `${upgrades} proxy_buffering on; proxy_buffers 8 64k;`)),
		command: question,
		expect: {id: null, exitCode: 0, says: /tok39/, token: 'sent'},
	},
	{
		name: 'it does not take what a question is sent as',
		...proxied(`location = /v1/chat/completions { return 415; } ${passTo(18_790, upgrades)}`),
		command: question,
		expect: {id: 'H16', exitCode: 69, token: 'kept'},
	},
	{
		name: 'it puts a page of its own in the place of the answer',
		...proxied(`location = /v1/chat/completions { default_type text/plain; return 200 "sign in"; } ${passTo(18_790, upgrades)}`),
		command: question,
		expect: {id: 'S01', exitCode: 76, token: 'kept'},
	},
	{
		name: 'it takes no large question',
		...proxied(`client_max_body_size 1k; ${passTo(18_790, upgrades)}`),
		command: ['ask', '--json', '--', 'x'.repeat(4000)],
		expect: {id: 'H10', exitCode: 70, token: 'kept'},
	},
];

play('a reverse proxy', [...looks, ...questions]);
