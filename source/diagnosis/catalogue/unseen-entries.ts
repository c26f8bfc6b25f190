import type {UnseenEntry} from './entry.js';

type Words = readonly [title: string, reason: string];

/**
 * Rows that have no diagnosis of their own: clawtalk cannot see them, or tells them as another row. With the reason, so that nobody
 * takes its silence for an all-clear.
 */
const rows: Readonly<Record<string, Words>> = {
	C07: [
		'The gateway URL is a WebSocket URL',
		'clawtalk reads ws:// as http:// and wss:// as https://, because the same port serves both, says so in one line and goes on.',
	],
	C08: [
		'The gateway URL has a path of the gateway',
		'clawtalk leaves out what it adds by itself, such as /v1 or /healthz, says so in one line and goes on. The prefix of a proxy is kept.',
	],
	D08: ['localhost leads to ::1 and to 127.0.0.1, and neither answers', 'It is told as N01, which names every address that was tried.'],
	N14: [
		'Large packets are lost on the way (path MTU)',
		'clawtalk cannot see this: small requests go through, and a large question stalls as it would behind a slow gateway (S06). If that happens inside two VPNs, try a lower MTU on the outer one, or a tunnel: clawtalk tunnel.',
	],
	N15: [
		'macOS keeps this program from the local network (Local Network privacy)',
		'clawtalk cannot tell it from a missing route, because the system answers the same; N16 names it on macOS. System Settings, Privacy & Security, Local Network has a switch for the terminal; the tailnet and ssh are not affected.',
	],
	N21: [
		'The server speaks TLS, and closes the connection at the first word of plain http',
		'It is told as L01, by the TLS handshake that clawtalk status tries there.',
	],
	N23: [
		'The server stops reading the question while it is sent',
		'It is told as S03 or S11, because the answer that would say why, such as 413, is lost with the connection; H10 is the same cause when the answer arrives. Fewer or smaller files tell it apart.',
	],
	O12: [
		'The gateway stops when its user signs out (Linux)',
		'clawtalk cannot see the settings of another user or machine: it looks like N01 or N04, after every sign-out. On the gateway host, loginctl show-user "$USER" -p Linger says whether its service may stay.',
	],
	H07: [
		'The gateway answers 401 Unauthorized',
		'It is told as A01 to A07, which say why. A 401 of a proxy is H29, one to a WebSocket upgrade A08.',
	],
	S12: [
		'This machine slept while an answer came',
		'clawtalk cannot tell sleep from a break of the network afterwards: it is told as S04. What came before is kept.',
	],
	A09: [
		'The token is accepted, and the chat is refused for lack of a permission',
		'It is told as H09, with the permission that is missing.',
	],
	W01: [
		'clawtalk closed the connection itself',
		'It is no failure and is not told. 1000 before the welcome, when it was not our own close, is W02 or W03.',
	],
	V02: ['clawtalk and the gateway speak different versions of the protocol', 'It is told as W06, W16 or A15, by what the gateway refuses.'],
};

export const unseenEntries: readonly UnseenEntry[] = Object.entries(rows).map(([id, [title, reason]]) => ({
	kind: 'unseen',
	id,
	title,
	reason,
}));
