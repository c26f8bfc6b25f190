import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lookCloser, verifyCommand} from '../../source/diagnosis/client-commands.js';
import {diagnose} from '../../source/diagnosis/diagnose.js';
import type {CredentialEvidence, Observation, TargetEvidence} from '../../source/diagnosis/evidence.js';
import {fixLine} from '../../source/diagnosis/failure-lines.js';
import {answer, ended, evidenceOf, failure, gateway, peer} from './evidence-of.js';

const byFlag = {source: '--gateway', origin: 'http://192.168.1.5:18789', addressClass: 'private'} as const;
const byProfile = {...byFlag, source: 'profile home'};
const elsewhere = '--gateway http://192.168.1.5:18789';
const cut = [gateway, ended('broken')];
const page = [answer(200, {method: 'GET', path: '/healthz', body: 'html'}), peer('other-web-server')];
const refused = [gateway, answer(401)];
const starting = [answer(503, {path: '/healthz', excerpt: '"starting"'})];
const tls = [failure('ERR_SSL_WRONG_VERSION_NUMBER', {phase: 'tls'})];

/** Observations, where gateway and token came from, one of the commands that must come. */
const cases: ReadonlyArray<readonly [readonly Observation[], Partial<TargetEvidence>, Partial<CredentialEvidence>, command: string]> = [
	[cut, {}, {}, 'clawtalk status'],
	[cut, byFlag, {}, `clawtalk status ${elsewhere}`],
	[cut, byFlag, {source: '--token-file'}, `clawtalk status ${elsewhere} --token-file FILE`],
	[cut, byFlag, {source: '--token'}, `clawtalk status ${elsewhere} --token`],
	[cut, byProfile, {}, 'clawtalk status --profile home'],
	[starting, byFlag, {}, `clawtalk ask ${elsewhere} --wait 2m QUESTION`],
	[tls, {...byFlag, origin: 'https://192.168.1.5:18789'}, {}, `clawtalk status ${elsewhere}`],
	[refused, {}, {}, 'clawtalk config set gatewayToken'],
	[refused, byProfile, {source: 'profile home'}, 'clawtalk config set --profile home gatewayToken'],
	[refused, byFlag, {set: false}, `clawtalk status ${elsewhere} --token`],
	[page, {}, {}, 'clawtalk config get gatewayUrl'],
	[page, byProfile, {}, 'clawtalk config get --profile home gatewayUrl'],
];

for (const [observations, target, credential, command] of cases) {
	test(`${target.source ?? 'config.json'} and ${credential.source ?? 'config.json'}: ${command}`, () => {
		const {set = true, source} = credential;
		const evidence = evidenceOf(observations, target, set ? {set, ...(source === undefined ? {} : {source})} : {set});
		const commands = diagnose(evidence).primary?.fixes.map(fix => fix.command);
		assert.ok(commands?.includes(command), commands?.join('\n'));
	});
}

test('what came from a flag or the environment is not set in config.json', () => {
	const commandsFor = (observations: readonly Observation[], target: Partial<TargetEvidence>, source: string) =>
		diagnose(evidenceOf(observations, target, {source})).primary?.fixes.map(fix => fix.command ?? fix.action);
	assert.ok(commandsFor(page, byFlag, '--token')?.includes('check host and port of the gateway URL'));
	for (const source of ['--token-file', 'CLAWTALK_GATEWAY_TOKEN']) {
		assert.ok(commandsFor(refused, byFlag, source)?.includes(`give the right token with ${source}`), source);
	}
});

test('the command to look closer names the same gateway, and none whose name a shell could take amiss', () => {
	assert.equal(lookCloser(evidenceOf([], byFlag)), `To look closer: clawtalk status ${elsewhere}`);
	assert.equal(lookCloser(evidenceOf([], {...byFlag, source: 'profile x; y'})), 'To look closer: clawtalk status');
});

test('notes stand before the command', () => {
	const fix = {where: 'gateway-host', action: 'open it', command: 'open x', applicability: 'changes-exposure'} as const;
	assert.equal(
		fixLine({...fix, since: '2026.8', fallback: 'edit y'}),
		'On the gateway host: open it (before 2026.8: edit y) (this changes who can reach the gateway or the token): open x',
	);
	assert.equal(fixLine({where: 'here', action: 'force it', command: 'x -f', applicability: 'last-resort'}), 'Force it (last resort): x -f');
});

test('to see whether a layer before the token is mended, no token is asked for', () => {
	const evidence = evidenceOf([failure('ECONNREFUSED')], {origin: 'http://192.0.2.20:18789', source: '--gateway'}, {source: '--token'});
	assert.equal(verifyCommand({layer: 'tcp'}, evidence), 'clawtalk status --gateway http://192.0.2.20:18789 --only tcp');
	assert.match(verifyCommand({layer: 'auth'}, evidence), / --token/);
});
