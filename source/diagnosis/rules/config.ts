import {exitCodes} from '../../exit-codes.js';
import {contacts} from '../contact.js';
import type {Diagnosis, Fix, Rule, Severity} from '../diagnosis.js';
import type {ConfigurationProblem, Evidence} from '../evidence.js';
import {type Found, findLast} from '../find.js';
import {here, originFix} from '../fixes.js';

interface ConfigRow {
	readonly slug: string;
	readonly title: string;
	readonly severity?: Severity;
	/** What helps where no value is suggested. */
	readonly fixes?: readonly Fix[];
}

const settings = [here('see every setting and where it comes from', 'clawtalk config list')];
const editFile = [here('open the file; it is checked before it is kept', 'clawtalk config edit')];
const enterToken = [here('enter the token anew, hidden', 'clawtalk config set gatewayToken')];

/** What can be wrong before any packet is sent. The observation's own message is the explanation. */
const rows: Readonly<Record<string, ConfigRow>> = {
	C01: {slug: 'config.none', title: 'No gateway is configured', severity: 'note'},
	C02: {slug: 'config.json.invalid', title: 'The config file is not valid JSON', fixes: editFile},
	C03: {
		slug: 'config.readable',
		title: 'The config file can be read by other users',
		severity: 'warning',
		fixes: [here('close it to others', 'chmod 600 ~/.clawtalk/config.json')],
	},
	C04: {
		slug: 'config.unreadable',
		title: 'The config file cannot be read',
		fixes: [here('see whose it is, and what it is', 'ls -ld ~/.clawtalk ~/.clawtalk/config.json')],
	},
	C05: {slug: 'config.url.scheme', title: 'The gateway URL has no scheme'},
	C06: {slug: 'config.url.scheme.host', title: 'The gateway URL has no scheme'},
	C09: {slug: 'config.url.port', title: 'The gateway URL has no port', severity: 'warning'},
	C10: {slug: 'config.url.ipv6', title: 'The IPv6 address in the gateway URL needs brackets'},
	C11: {slug: 'config.url.port.unusable', title: 'The port in the gateway URL cannot be used'},
	C12: {slug: 'config.url.credentials', title: 'The gateway URL contains a user name or password'},
	C13: {slug: 'config.url.token', title: 'The gateway URL contains a token'},
	C14: {slug: 'config.url.characters', title: 'The gateway URL has stray characters'},
	C15: {slug: 'config.token.characters', title: 'The token has stray characters', fixes: enterToken},
	C16: {slug: 'config.token.placeholder', title: 'The token is a placeholder or an unexpanded variable', fixes: enterToken},
	C17: {slug: 'config.conflict', title: 'Two sources give different values', severity: 'warning'},
	C18: {slug: 'config.url.listen-address', title: '0.0.0.0 is an address to listen on, not one to connect to'},
	C19: {slug: 'config.plaintext.public', title: 'The token would cross the internet unencrypted'},
	C20: {slug: 'config.url.https-ip', title: 'A certificate seldom fits an IP address', severity: 'warning'},
};

/** One rule a row, so that a warning about one setting hides no error about another. */
const configurationProblems: readonly Rule[] = [
	...Object.keys(rows).map(
		(id): Rule =>
			evidence =>
				problemOf(evidence, row => row === id),
	),
	evidence => problemOf(evidence, row => !Object.hasOwn(rows, row)),
];

function problemOf(evidence: Evidence, isRow: (row: string) => boolean): Diagnosis | undefined {
	const found = findLast(evidence, 'configuration-problem', ({row}) => isRow(row));
	return found && describeProblem(found);
}

function describeProblem({index, observation}: Found<ConfigurationProblem>): Diagnosis {
	const {row, message, setting, suggestion} = observation;
	const {
		slug,
		title,
		severity = 'error',
		fixes = settings,
	}: ConfigRow = specialRowOf(row, setting) ??
		(Object.hasOwn(rows, row) ? rows[row] : undefined) ?? {
			slug: 'config.other',
			title: `The setting ${setting} cannot be used`,
		};
	return {
		id: row,
		slug,
		layer: 'config',
		severity,
		confidence: 'certain',
		title,
		explanation: asSentence(setting, message),
		evidence: [index],
		fixes: suggestion === undefined ? fixes : [suggested(setting, suggestion)],
		exitCode: severity === 'error' ? exitCodes.configuration : exitCodes.ok,
		transient: false,
	};
}

const identityRow: ConfigRow = {
	slug: 'config.identity.unusable',
	title: 'The identity of this device cannot be used',
	fixes: [
		here('see what is wrong with it', 'clawtalk identity show'),
		here('begin a new one; the old file is kept aside, and gateways have to approve this device again', 'clawtalk identity reset'),
	],
};

/** What travels in a header beside the token, and other files than the configuration: it is said of them. */
function specialRowOf(row: string, setting: string): ConfigRow | undefined {
	if (row === 'C04' && setting === 'identity.json') return identityRow;
	if (row !== 'C15' || (setting !== 'sessionKey' && setting !== 'model')) return undefined;
	const what = setting === 'model' ? 'name of the model' : 'session key';
	return {slug: 'config.header.characters', title: `The ${what} has stray characters`};
}

/** Messages follow the name of their setting, as in `gatewayUrl: has a stray character inside`. */
function asSentence(setting: string, message: string): string {
	if (/^(?:is|has|holds|names|starts|ends|cannot)\b/.test(message)) return `${setting} ${message}`;
	return message.charAt(0).toUpperCase() + message.slice(1);
}

function suggested(setting: string, value: string): Fix {
	return setting === 'gatewayUrl' ? originFix(`use ${value}`, value) : here(`use ${value}`);
}

/** C01 without a problem observed: nothing was configured, the default address was tried, and nobody was there. */
const nothingConfigured: Rule = evidence => {
	if (evidence.target.source !== 'default') return undefined;
	const failed = contacts(evidence).find(({outcome}) => outcome !== 'connected');
	if (!failed) return undefined;
	return {
		id: 'C01',
		slug: 'config.none',
		layer: 'config',
		severity: 'note',
		confidence: 'certain',
		title: 'No gateway is configured',
		explanation: `So ${evidence.target.origin} was tried, the address of a gateway on this machine.`,
		evidence: [failed.index],
		fixes: [here('name the gateway', 'clawtalk config set gatewayUrl URL', 'has-placeholders')],
		verify: 'clawtalk status',
		exitCode: exitCodes.ok,
		transient: false,
	};
};

/** C17: two sources give different values, and one of them is not used. */
const valueConflict: Rule = evidence => {
	const found = findLast(evidence, 'value-conflict');
	if (!found) return undefined;
	const {setting, used, ignored} = found.observation;
	const what = setting === 'gatewayToken' ? 'tokens' : 'gateway URLs';
	return {
		id: 'C17',
		slug: 'config.conflict',
		layer: 'config',
		severity: 'warning',
		confidence: 'certain',
		title: `Two sources give different ${what}: ${used} and ${ignored}`,
		explanation: `${used} is used. If it is ${setting === 'gatewayToken' ? 'refused' : 'not the one that was meant'}, the other may be right.`,
		evidence: [found.index],
		fixes: [
			...[used].filter(isVariable).map(name => here(`to use ${ignored} instead`, `unset ${name}`)),
			here('see every setting and where it comes from', 'clawtalk config list'),
		],
		exitCode: exitCodes.ok,
		transient: false,
	};
};

function isVariable(source: string): boolean {
	return /^[A-Z][A-Z0-9_]{0,63}$/.test(source);
}

export const configRules: readonly Rule[] = [...configurationProblems, nothingConfigured, valueConflict];
