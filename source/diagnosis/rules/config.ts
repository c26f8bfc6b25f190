import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule, Severity} from '../diagnosis.js';
import {findLast} from '../find.js';
import {here} from '../fixes.js';

interface ConfigRow {
	readonly slug: string;
	readonly title: string;
	readonly severity?: Severity;
}

/** What can be wrong before any packet is sent. The observation's own message is the explanation. */
const rows: Readonly<Record<string, ConfigRow>> = {
	C01: {slug: 'config.none', title: 'No gateway is configured', severity: 'note'},
	C02: {slug: 'config.json.invalid', title: 'The config file is not valid JSON'},
	C03: {slug: 'config.readable', title: 'The config file can be read by other users', severity: 'warning'},
	C04: {slug: 'config.unreadable', title: 'The config file cannot be read'},
	C05: {slug: 'config.url.scheme', title: 'The gateway URL has no scheme'},
	C06: {slug: 'config.url.scheme.host', title: 'The gateway URL has no scheme'},
	C07: {slug: 'config.url.websocket', title: 'The gateway URL is a WebSocket URL'},
	C08: {slug: 'config.url.path', title: 'The gateway URL has an extra path'},
	C09: {slug: 'config.url.port', title: 'The gateway URL has no port', severity: 'warning'},
	C10: {slug: 'config.url.ipv6', title: 'The IPv6 address in the gateway URL needs brackets'},
	C11: {slug: 'config.url.port.unusable', title: 'The port in the gateway URL cannot be used'},
	C12: {slug: 'config.url.credentials', title: 'The gateway URL contains a user name or password'},
	C13: {slug: 'config.url.token', title: 'The gateway URL contains a token'},
	C14: {slug: 'config.url.characters', title: 'The gateway URL has stray characters'},
	C15: {slug: 'config.token.characters', title: 'The token has stray characters'},
	C16: {slug: 'config.token.placeholder', title: 'The token is a placeholder or an unexpanded variable'},
	C17: {slug: 'config.conflict', title: 'Two sources give different values', severity: 'warning'},
	C18: {slug: 'config.url.listen-address', title: '0.0.0.0 is an address to listen on, not one to connect to'},
	C19: {slug: 'config.plaintext.public', title: 'The token would cross the internet unencrypted'},
	C20: {slug: 'config.url.https-ip', title: 'A certificate seldom fits an IP address', severity: 'warning'},
};

/** Any configuration problem; the row says which. */
const configurationProblem: Rule = evidence => {
	const found = findLast(evidence, 'configuration-problem');
	if (!found) return undefined;
	const {row, message, setting, suggestion} = found.observation;
	const known = rows[row];
	const severity = known?.severity ?? 'error';
	const exitCode: ExitCode = severity === 'error' ? exitCodes.configuration : exitCodes.ok;
	const diagnosis: Diagnosis = {
		id: row,
		slug: known?.slug ?? 'config.other',
		layer: 'config',
		severity,
		confidence: 'certain',
		title: known?.title ?? `The setting ${setting} cannot be used`,
		explanation: message,
		evidence: [found.index],
		fixes:
			suggestion === undefined
				? [here('see every setting and where it comes from', 'clawtalk config list')]
				: [suggested(setting, suggestion)],
		exitCode,
		transient: false,
	};
	return diagnosis;
};

function suggested(setting: string, value: string) {
	const safe = setting === 'gatewayUrl' && /^[A-Za-z0-9.:_/[\]-]+$/.test(value) && !value.startsWith('-');
	if (!safe) return here(`use ${value}`);
	return here(`use ${value}`, `clawtalk config set gatewayUrl ${value.includes('[') ? `'${value}'` : value}`);
}

/** C01 without a problem observed: nothing was configured, the default address was tried, and nobody was there. */
const nothingConfigured: Rule = evidence => {
	if (evidence.target.source !== 'default') return undefined;
	const found = findLast(evidence, 'network-failure', failure => failure.phase === 'connect');
	if (!found) return undefined;
	return {
		id: 'C01',
		slug: 'config.none',
		layer: 'config',
		severity: 'note',
		confidence: 'certain',
		title: 'No gateway is configured',
		explanation: `So ${evidence.target.origin} was tried, the address of a gateway on this machine.`,
		evidence: [found.index],
		fixes: [here('name the gateway', 'clawtalk config set gatewayUrl URL', 'has-placeholders')],
		exitCode: exitCodes.ok,
		transient: false,
	};
};

export const configRules: readonly Rule[] = [configurationProblem, nothingConfigured];
