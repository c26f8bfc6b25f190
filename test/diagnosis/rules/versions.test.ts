import type {Observation} from '../../../source/diagnosis/evidence.js';
import {onGatewayHost} from '../../../source/diagnosis/fixes.js';
import {evidenceOf, gateway} from '../evidence-of.js';
import {oldHealthy} from './captured.js';
import {facts, local} from './gateway-observations.js';
import {testDiagnoses} from './whole-diagnosis.js';

const lastGood = (version: string): Observation => ({
	kind: 'last-known-good',
	layer: 'config',
	atMs: 0,
	lastGoodAt: '2026-11-20T11:02:00.000Z',
	version,
});

testDiagnoses([
	{
		name: 'V01: before 2026.3',
		as: 'note',
		evidence: evidenceOf(oldHealthy),
		expected: {
			id: 'V01',
			slug: 'version.old',
			layer: 'identity',
			severity: 'note',
			confidence: 'likely',
			title: 'The gateway is older than OpenClaw 2026.3: it has no health endpoint',
			explanation: 'It tells less than a newer one: a turn that fails may look like an empty or a short answer.',
			evidence: [1],
			fixes: [onGatewayHost('see whether there is a newer one', 'openclaw update status')],
			verify: 'clawtalk status --only identity',
			exitCode: 0,
			transient: false,
		},
	},
	{
		name: 'V01: older than any that was tried',
		as: 'note',
		evidence: evidenceOf([gateway, facts({version: '2025.12.1'})]),
		expected: {
			id: 'V01',
			slug: 'version.old',
			layer: 'identity',
			severity: 'warning',
			confidence: 'certain',
			title: 'The gateway is OpenClaw 2025.12.1, older than clawtalk is tried with (2026.2.9)',
			explanation: 'What clawtalk says about it may be wrong.',
			evidence: [1],
			fixes: [onGatewayHost('see whether there is a newer one', 'openclaw update status')],
			verify: 'clawtalk status --only identity',
			exitCode: 0,
			transient: false,
		},
	},
	{
		name: 'V03',
		as: 'note',
		evidence: evidenceOf([lastGood('2026.9.4'), gateway, facts({version: '2026.9.6'})]),
		expected: {
			id: 'V03',
			slug: 'version.changed',
			layer: 'identity',
			severity: 'note',
			confidence: 'certain',
			title: 'The gateway went from OpenClaw 2026.9.4 to 2026.9.6 since it could last be used',
			explanation: 'If something broke since then, the change of version may be why.',
			evidence: [0, 2],
			fixes: [onGatewayHost('let OpenClaw look over its configuration, without changing it', 'openclaw doctor --lint')],
			verify: 'clawtalk status --only identity',
			exitCode: 0,
			transient: false,
		},
	},
	{
		name: 'V04',
		as: 'note',
		evidence: evidenceOf([local({touchedBy: '2026.10.1'}), gateway, facts({version: '2026.9.6'})]),
		expected: {
			id: 'V04',
			slug: 'version.split',
			layer: 'identity',
			severity: 'warning',
			confidence: 'likely',
			title: 'OpenClaw 2026.10.1 wrote the configuration, and the gateway that runs is 2026.9.6',
			explanation: 'Two installations share one configuration, or the gateway was not restarted after an update.',
			evidence: [0, 2],
			fixes: [
				onGatewayHost('see the version of the command', 'openclaw --version'),
				onGatewayHost('see which program the service runs (Linux)', 'systemctl --user cat openclaw-gateway'),
				onGatewayHost(
					'write the service anew for this installation; this ends running answers',
					'openclaw gateway install --force',
					'last-resort',
				),
			],
			verify: 'clawtalk status --only identity',
			exitCode: 0,
			transient: false,
		},
	},
]);
