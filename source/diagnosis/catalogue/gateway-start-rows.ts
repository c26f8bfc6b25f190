import {exitCodes} from '../../exit-codes.js';
import {here, onGatewayHost} from '../fixes.js';
import type {TextRow} from './entry.js';

/** What OpenClaw says in its terminal or its log when a gateway does not start. From outside there is only a refused connection. */
export const gatewayStartRows: readonly TextRow[] = [
	{
		id: 'O03',
		slug: 'port.taken',
		layer: 'tcp',
		severity: 'error',
		confidence: 'certain',
		title: 'A gateway is being started while its port is taken, as a rule by another gateway',
		explanation: 'The one that runs is the healthy one, and stopping "the gateway" would stop that one.',
		fixes: [
			onGatewayHost('see which gateway runs, and which one is extra; stop only the extra one', 'openclaw gateway status --deep'),
			onGatewayHost('see who has the port (Linux, macOS)', 'lsof -nP -iTCP:PORT -sTCP:LISTEN', 'has-placeholders'),
			onGatewayHost('if two gateways are wanted, give the second one a state of its own', 'openclaw --profile rescue gateway --port 19789'),
		],
		exitCode: exitCodes.unreachable,
		patterns: [
			/\banother gateway instance is already listening on wss?:\/\/[^\s|]{1,80}?(?::(?<PORT>\d{1,5}))?(?=\s|$|\|)/i,
			/\bgateway already running \(pid \d{1,8}\)/i,
			/\bPort (?<PORT>\d{1,5}) is already in use\b/i,
			/\bEADDRINUSE\b(?:.{0,80}?:(?<PORT>\d{1,5})\b)?/,
			/\banother OpenClaw process owns gateway-lifecycle\b/i,
			/\bStateDatabaseCoordinatorContentionError\b/,
		],
		samples: [
			'Gateway failed to start: another gateway instance is already listening on ws://127.0.0.1:18789 | listen EADDRINUSE: address already in use 127.0.0.1:18789',
			'Gateway failed to start: gateway already running (pid 4242); lock timeout after 5000ms',
			'Port 18789 is already in use.',
			'Error: listen EADDRINUSE: address already in use 127.0.0.1:18789',
		],
	},
	{
		id: 'O13',
		slug: 'serve.stale-route',
		layer: 'tcp',
		severity: 'error',
		confidence: 'likely',
		title: 'An old route of Tailscale Serve holds port 443, so the gateway does not start',
		explanation: 'A route that somebody made by hand, or an earlier gateway left behind, leads somewhere else.',
		fixes: [
			onGatewayHost('see where Serve leads', 'tailscale serve status'),
			onGatewayHost(
				'if nothing else uses that route, take it away',
				'tailscale serve --yes --https=443 --set-path=/ off',
				'changes-exposure',
			),
		],
		exitCode: exitCodes.unreachable,
		patterns: [
			/\bforeground listener already exists for port 443\b/i,
			/\b(?:serve|funnel)\b.{0,80}\b(?:port |:)443\b.{0,80}\b(?:in use|already|owned|conflict|held)/i,
			/\b443\b.{0,60}\bexisting (?:serve )?route\b/i,
		],
		samples: ['tailscale serve failed: port 443 already has a route to http://127.0.0.1:3000'],
	},
	{
		id: 'A17',
		slug: 'auth.plaintext-refused',
		layer: 'auth',
		severity: 'error',
		confidence: 'certain',
		title: 'OpenClaw’s own client refuses plain ws:// to an address that is not this machine’s',
		explanation:
			'Since 2026.2.19 it sends no token unencrypted; later releases allow private and tailnet addresses. clawtalk has its own rule, see C19 and A26.',
		fixes: [
			here('use the https or wss address of the gateway, as Tailscale Serve gives one'),
			here(
				'or a tunnel; FREE is a free port here',
				'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 user@HOST',
				'has-placeholders',
			),
		],
		exitCode: exitCodes.configuration,
		patterns: [/\bSECURITY ERROR: (?:Gateway URL|Cannot connect)/i, /\buses plaintext ws:\/\/ to a non-loopback address\b/i],
		samples: ['SECURITY ERROR: Gateway URL "ws://gateway.example:18789" uses plaintext ws:// to a non-loopback address.'],
		seeAlso: ['C19', 'A26'],
	},
	{
		id: 'N29',
		slug: 'tunnel.port-taken',
		layer: 'tcp',
		severity: 'error',
		confidence: 'certain',
		title: 'The port here that ssh was to forward is taken by another program',
		explanation:
			'Without ExitOnForwardFailure ssh goes on without the tunnel, and whoever asks that port talks to the other program, often a gateway of this machine.',
		fixes: [
			here('let clawtalk find a free port and open the tunnel', 'clawtalk tunnel'),
			here('see which program has the port (Linux, macOS)', 'lsof -nP -iTCP:PORT -sTCP:LISTEN', 'has-placeholders'),
			here(
				'or take another port; FREE is a free port here',
				'ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L 127.0.0.1:FREE:127.0.0.1:18789 user@HOST',
				'has-placeholders',
			),
		],
		exitCode: exitCodes.unreachable,
		patterns: [
			/\bbind \[[0-9a-f.:]{2,45}\]:(?<PORT>\d{1,5}): Address already in use\b/i,
			/\bchannel_setup_fwd_listener_tcpip: cannot listen to port: (?<PORT>\d{1,5})\b/,
			/\bCould not request local forwarding\b/,
		],
		samples: ['bind [127.0.0.1]:18789: Address already in use', 'channel_setup_fwd_listener_tcpip: cannot listen to port: 18789'],
		seeAlso: ['N19'],
	},
];
