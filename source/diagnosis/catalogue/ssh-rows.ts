import {exitCodes} from '../../exit-codes.js';
import {here, onGatewayHost} from '../fixes.js';
import type {TextRow} from './entry.js';
import {weights} from './sighting.js';

const aboutSsh = {layer: 'tcp', severity: 'error', confidence: 'likely', exitCode: exitCodes.unreachable} as const;

const signIn = 'sign in once in a terminal, where ssh shows the fingerprint and asks';
const showHostKey = onGatewayHost('show the fingerprint of its key', 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');

/**
 * What ssh says about itself (OpenSSH 6.7 to 10, which is not translated). Such a line is about the way to an ssh server: nobody has spoken
 * to a gateway yet.
 */
export const sshRows: readonly TextRow[] = [
	{
		...aboutSsh,
		id: 'N30',
		slug: 'ssh.refused',
		title: 'No ssh server listens on the port that ssh asked for',
		explanation: 'The machine refused the connection of ssh: its ssh server is off or has another port. The gateway was not asked.',
		fixes: [
			here('if its ssh server has another port, name it', 'ssh -p NUMBER USER@HOST', 'has-placeholders'),
			onGatewayHost('see whether an ssh server runs (Linux)', 'systemctl status ssh sshd'),
			onGatewayHost('on macOS: System Settings, General, Sharing, Remote Login'),
		],
		patterns: [/(?:^|\s)ssh: connect to host (?<HOST>\S{1,253}) port \d{1,5}: Connection refused\b/i],
		samples: ['ssh: connect to host gateway.example port 22: Connection refused'],
	},
	{
		...aboutSsh,
		id: 'N31',
		slug: 'ssh.silent',
		title: 'The machine that ssh was to reach does not answer',
		explanation: 'It is off or asleep, on another network, or a firewall drops the packets. The gateway was not asked.',
		fixes: [
			here('see whether it answers at all', 'ping -c 3 HOST', 'has-placeholders'),
			here('if it is in your tailnet', 'tailscale ping HOST', 'has-placeholders'),
		],
		patterns: [
			/(?:^|\s)ssh: connect to host (?<HOST>\S{1,253}) port \d{1,5}: (?:Connection timed out|Operation timed out|No route to host|Network is unreachable|Host is (?:down|unreachable))/i,
			/^Connection timed out during banner exchange\b/i,
			/^Connection to (?<HOST>\S{1,253}) port \d{1,5} timed out\b/i,
		],
		samples: [
			'ssh: connect to host gateway.example port 22: Connection timed out',
			'ssh: connect to host gateway.example port 22: No route to host',
			'Connection timed out during banner exchange',
		],
	},
	{
		...aboutSsh,
		id: 'N32',
		slug: 'ssh.name',
		title: 'ssh does not find the name of the machine',
		explanation: 'The name is misspelt, belongs to another network, or is an alias that ~/.ssh/config here does not have.',
		fixes: [
			here('see what ssh makes of that name', 'ssh -G HOST', 'has-placeholders'),
			here('see where clawtalk tunnel goes', 'clawtalk config get ssh'),
		],
		exitCode: exitCodes.nameNotFound,
		patterns: [/(?:^|\s)ssh: Could not resolve hostname (?<HOST>[^\s:]{1,253})/i],
		samples: ['ssh: Could not resolve hostname gateway.example: Name or service not known'],
		seeAlso: ['D01', 'D03'],
	},
	{
		...aboutSsh,
		id: 'N33',
		slug: 'ssh.sign-in',
		title: 'The ssh server does not let this user in',
		explanation:
			'No key or password that ssh offered was taken, or it offered too many keys. The token of the gateway plays no part in it.',
		fixes: [
			here('see which keys are at hand', 'ssh-add -l'),
			here('offer one key only, with the right user', 'ssh -o IdentitiesOnly=yes -i KEY USER@HOST', 'has-placeholders'),
			onGatewayHost('see why it refused (Linux)', 'journalctl -u ssh -u sshd -n 50'),
		],
		exitCode: exitCodes.authentication,
		patterns: [
			/\bPermission denied \((?:publickey|password|keyboard-interactive|gssapi|hostbased)/i,
			/\bPermission denied, please try again\b/i,
			/\bToo many authentication failures\b/i,
			/\bNo (?:more|supported) authentication methods\b/i,
		],
		samples: ['user@gateway.example: Permission denied (publickey,password).', 'Too many authentication failures'],
	},
	{
		...aboutSsh,
		id: 'N34',
		slug: 'ssh.host-key',
		title: 'ssh does not trust the key of the server',
		explanation: 'Its key is not known here, or is another one than before; the lines above this one say which. Nothing was forwarded.',
		fixes: [showHostKey, here(signIn, 'ssh USER@HOST', 'has-placeholders')],
		exitCode: exitCodes.protocol,
		patterns: [/\bHost key verification failed\b/i, /\bNo \S{1,40} host key is known for (?<HOST>[A-Za-z0-9.-]{1,253})/i],
		samples: ['Host key verification failed.', 'No ED25519 host key is known for gateway.example and you have requested strict checking.'],
		seeAlso: ['N35'],
		// The banner of a changed key says more and stands above.
		weight: weights.located,
	},
	{
		...aboutSsh,
		id: 'N35',
		slug: 'ssh.host-key-changed',
		confidence: 'certain',
		title: 'The key of the ssh server is not the one of before',
		explanation:
			'The machine was installed anew, another machine has its address, or somebody stands in between. The text does not say which.',
		fixes: [
			showHostKey,
			here('only if the fingerprints are the same: forget the old key', 'ssh-keygen -R HOST', 'changes-exposure'),
			here(signIn, 'ssh USER@HOST', 'has-placeholders'),
		],
		exitCode: exitCodes.protocol,
		patterns: [/\bREMOTE HOST IDENTIFICATION HAS CHANGED\b/i, /\bhost key for (?<HOST>[A-Za-z0-9.-]{1,253}) has changed\b/i],
		samples: ['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @'],
	},
	{
		...aboutSsh,
		id: 'N36',
		slug: 'ssh.closed-early',
		title: 'The other side ends the ssh connection before anybody is in',
		explanation:
			'That port may not be ssh, the server may be full or block this address after failed attempts. Which one cannot be seen here.',
		fixes: [
			here('see how far it comes', 'ssh -v USER@HOST', 'has-placeholders'),
			onGatewayHost('see why it closed (Linux)', 'journalctl -u ssh -u sshd -n 50'),
			here('if it blocks this address: wait some minutes'),
		],
		patterns: [
			/\b(?:kex|ssh)_exchange_identification\b/,
			/\bbanner exchange: Connection \S{2,80} port \d/i,
			/^Connection (?:closed|reset) by (?:\S{1,80} )?(?<HOST>[A-Za-z0-9.-]{1,253}) port \d{1,5}\b/,
		],
		samples: [
			'kex_exchange_identification: Connection closed by remote host',
			'kex_exchange_identification: read: Connection reset by peer',
			'Connection closed by 192.0.2.7 port 22',
		],
	},
	{
		...aboutSsh,
		id: 'N37',
		slug: 'ssh.broken',
		title: 'An ssh connection broke, and its tunnels with it',
		explanation: 'One side slept, changed its network, or was silent for too long. The gateway may be well.',
		fixes: [here('open the tunnel anew', 'clawtalk tunnel'), here('see whether the gateway is reached', 'clawtalk status')],
		patterns: [
			/\bclient_loop: send disconnect\b/,
			/\b(?:packet_write_wait|ssh_dispatch_run_fatal): Connection to\b/,
			/^Broken pipe\.?$/,
			/^Connection to \S{1,253} closed by remote host\b/,
			/^Timeout, server \S{1,253} not responding\b/,
		],
		samples: ['client_loop: send disconnect: Broken pipe', 'Broken pipe', 'Timeout, server gateway.example not responding.'],
	},
	{
		...aboutSsh,
		id: 'N38',
		slug: 'ssh.forwarding-refused',
		confidence: 'certain',
		title: 'The ssh server forbids forwarding, so the tunnel leads nowhere',
		explanation: 'It let the user in, and does not carry connections further. The gateway was not asked.',
		fixes: [
			onGatewayHost('see what it allows', 'sudo sshd -T | grep -i -e allowtcpforwarding -e permitopen'),
			here('or use another way to the gateway, as Tailscale Serve'),
		],
		patterns: [/\bchannel \d{1,6}: open failed: administratively prohibited\b/],
		samples: ['channel 2: open failed: administratively prohibited: open failed'],
		seeAlso: ['N19'],
	},
];
