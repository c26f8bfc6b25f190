import {here, onGatewayHost} from '../../../source/diagnosis/fixes.js';
import {evidenceOf, gateway} from '../evidence-of.js';
import {closed} from './gateway-observations.js';
import {testDiagnoses} from './whole-diagnosis.js';

const isUp = onGatewayHost('see whether the gateway runs and where it listens', 'openclaw gateway status');

const notAnswered = {
	id: 'W02',
	slug: 'control.handshake-timeout',
	layer: 'control',
	severity: 'error',
	confidence: 'likely',
	explanation: 'It may be too busy to, or something on the way may hold frames back.',
	evidence: [0],
	fixes: [
		here('try once more', 'clawtalk status'),
		onGatewayHost('see how busy the gateway is', 'openclaw gateway stability', 'safe-to-run', {
			since: '2026.8',
			fallback: 'openclaw gateway status',
		}),
	],
	verify: 'clawtalk status --only control',
	exitCode: 75,
	transient: true,
} as const;

const notGreeted = {
	id: 'W24',
	slug: 'control.no-challenge',
	layer: 'control',
	severity: 'error',
	confidence: 'likely',
	title: 'The WebSocket opens, and no OpenClaw greets on it',
	explanation: 'A gateway sends its challenge at once. Another service may own the WebSocket path, or a proxy holds frames back.',
	evidence: [0],
	fixes: [here('check host, port and path of the gateway URL', 'clawtalk config get gatewayUrl'), isUp],
	verify: 'clawtalk status --only control',
	exitCode: 69,
	transient: false,
} as const;

testDiagnoses([
	{
		name: 'W02: greeted, and the handshake is not answered',
		as: 'primary',
		evidence: evidenceOf([closed(4000, 'connect timeout', {byUs: true, openMs: 15_020})]),
		expected: {...notAnswered, title: 'The gateway greets, and does not answer the handshake within 15 s'},
	},
	{
		name: 'W02: the same in a log of another client',
		as: 'primary',
		evidence: evidenceOf([closed(4000, 'connect timeout')]),
		expected: {...notAnswered, title: 'The gateway greets, and does not answer the handshake'},
	},
	{
		name: 'W24: opened, and the client gave up waiting for a greeting',
		as: 'primary',
		evidence: evidenceOf([closed(1008, 'connect challenge timeout', {challenged: false, byUs: true, openMs: 5_009})]),
		expected: notGreeted,
	},
	{
		name: 'W24: what greets is no OpenClaw',
		as: 'primary',
		evidence: evidenceOf([closed(1008, 'connect challenge missing nonce', {challenged: false, byUs: true, openMs: 20})]),
		expected: notGreeted,
	},
	{
		name: 'W10: cut before it was open, while the gateway answers',
		as: 'primary',
		evidence: evidenceOf([gateway, closed(1006, '', {challenged: false})]),
		expected: {
			id: 'W10',
			slug: 'control.no-close-frame',
			layer: 'control',
			severity: 'error',
			confidence: 'possible',
			title: 'The connection ended without a word from the gateway (1006)',
			explanation:
				'It broke off before the WebSocket was open, while the gateway answers: a proxy on the way may not let WebSockets through, or the gateway was killed just then.',
			evidence: [1],
			fixes: [here('see whether the gateway is up', 'clawtalk status'), isUp],
			verify: 'clawtalk status --only control',
			exitCode: 69,
			transient: false,
		},
	},
]);
