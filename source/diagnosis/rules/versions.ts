import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import {findLast} from '../find.js';
import {onGatewayHost} from '../fixes.js';
import {gatewayByChallenge, isOlder} from '../release.js';
import {askedLocalGateway} from './local-gateway.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'severity' | 'confidence' | 'title' | 'explanation' | 'evidence' | 'fixes'>;

/** Versions stop nobody by themselves: they are told beside what fails. */
function remark(part: Part): Diagnosis {
	return {layer: 'identity', exitCode: exitCodes.ok, transient: false, ...part};
}

const seeUpdate = onGatewayHost('see whether there is a newer one', 'openclaw update status');
const previewUpdate = onGatewayHost('see what an update would do, without doing it', 'openclaw update --dry-run', 'safe-to-run', {
	since: '2026.8',
	fallback: 'openclaw update status',
});

/** The oldest release that clawtalk is tried with. */
const oldestTried = '2026.2.9';

/** V01: the gateway is older than what clawtalk counts on. */
const tooOld: Rule = evidence => {
	const facts = findLast(evidence, 'gateway-facts', ({version}) => version !== undefined && isOlder(version, oldestTried));
	if (facts) {
		return remark({
			id: 'V01',
			slug: 'version.old',
			severity: 'warning',
			confidence: 'certain',
			title: `The gateway is OpenClaw ${facts.observation.version}, older than clawtalk is tried with (${oldestTried})`,
			explanation: 'What clawtalk says about it may be wrong.',
			evidence: [facts.index],
			fixes: [seeUpdate, previewUpdate],
		});
	}
	const challenged = gatewayByChallenge(evidence);
	if (!challenged) return undefined;
	return remark({
		id: 'V01',
		slug: 'version.old',
		severity: 'note',
		confidence: 'likely',
		title: 'The gateway is older than OpenClaw 2026.3: it has no health endpoint',
		explanation: 'It tells less than a newer one: a turn that fails may look like an empty or a short answer.',
		evidence: [challenged.index],
		fixes: [seeUpdate, previewUpdate],
	});
};

/** V03: another version than when it could last be used. */
const changed: Rule = evidence => {
	const before = findLast(evidence, 'last-known-good');
	const now = findLast(evidence, 'gateway-facts', ({version}) => version !== undefined);
	const from = before?.observation.version;
	const to = now?.observation.version;
	if (!before || !now || from === undefined || to === undefined || from === to) return undefined;
	return remark({
		id: 'V03',
		slug: 'version.changed',
		severity: 'note',
		confidence: 'certain',
		title: `The gateway went from OpenClaw ${from} to ${to} since it could last be used`,
		explanation: 'If something broke since then, the change of version may be why.',
		evidence: [before.index, now.index],
		fixes: [
			onGatewayHost('let OpenClaw look over its configuration, without changing it', 'openclaw doctor --lint', 'safe-to-run', {
				since: '2026.8',
				fallback: 'openclaw status',
			}),
		],
	});
};

/** V04: the configuration on this machine was written by a newer OpenClaw than the one that runs here. */
const splitInstall: Rule = evidence => {
	const local = askedLocalGateway(evidence);
	const facts = findLast(evidence, 'gateway-facts', ({version}) => version !== undefined);
	const touchedBy = local?.observation.touchedBy;
	const version = facts?.observation.version;
	if (!local || !facts || touchedBy === undefined || version === undefined || !isOlder(version, touchedBy)) return undefined;
	return remark({
		id: 'V04',
		slug: 'version.split',
		severity: 'warning',
		confidence: 'likely',
		title: `OpenClaw ${touchedBy} wrote the configuration, and the gateway that runs is ${version}`,
		explanation: 'Two installations share one configuration, or the gateway was not restarted after an update.',
		evidence: [local.index, facts.index],
		fixes: [
			onGatewayHost('see the version of the command', 'openclaw --version'),
			onGatewayHost('see which program the service runs (Linux)', 'systemctl --user cat openclaw-gateway'),
			onGatewayHost(
				'write the service anew for this installation; this ends running answers',
				'openclaw gateway install --force',
				'last-resort',
			),
		],
	});
};

export const versionRules: readonly Rule[] = [tooOld, changed, splitInstall];
