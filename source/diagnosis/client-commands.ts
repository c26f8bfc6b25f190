import type {Diagnosis, Fix} from './diagnosis.js';
import type {Evidence, Layer} from './evidence.js';
import {fromText, gatewayUrl, hostAndPort, justTyped, urlAsWord} from './target-words.js';

/** `To look closer: clawtalk status --gateway http://192.168.1.5:18789`, about the same gateway. */
export function lookCloser(evidence: Evidence): string {
	return `To look closer: ${statusCommand(evidence)}`;
}

/** `clawtalk status`, with the flags that make it look at the same gateway. */
export function statusCommand(evidence: Evidence): string {
	return withFlags('clawtalk status', evidence);
}

/** What shows that a diagnosis is mended: what its rule names, or a look that goes as far as its layer. */
export function verifyCommand({layer, verify}: Pick<Diagnosis, 'layer' | 'verify'>, evidence: Evidence): string {
	// No token is needed to look that far: asking for one would only be in the way.
	const seen = verify === undefined && beforeAuth.has(layer) ? {...evidence, credential: {set: false, sent: false}} : evidence;
	return withFlags(verify ?? `clawtalk status --only ${layer}`, seen);
}

const beforeAuth: ReadonlySet<Layer> = new Set(['config', 'dns', 'tcp', 'tls', 'identity']);

/** A diagnosis whose commands of clawtalk are about the same gateway, with the token from the same place, as the run that failed. */
export function forSameTarget(diagnosis: Diagnosis, evidence: Evidence): Diagnosis {
	return {...diagnosis, fixes: diagnosis.fixes.map(fix => fitFix(fix, evidence))};
}

function fitFix(fix: Fix, evidence: Evidence): Fix {
	const {command, ...words} = fix;
	if (command === undefined) return fix;
	if (command.startsWith('clawtalk config ')) return fitSetting(words, command, evidence);
	const fitted = withFlags(command, evidence);
	const placeholder = /\bFILE\b/.test(fitted) && fix.applicability === 'safe-to-run';
	return {...fix, command: fitted, ...(placeholder ? {applicability: 'has-placeholders' as const} : {})};
}

/** What came from a flag or the environment is not changed in config.json: the flag is given anew, or only words are left. */
function fitSetting(words: Omit<Fix, 'command'>, command: string, evidence: Evidence): Fix {
	const {target, credential} = evidence;
	const [, , action = '', key = '', value] = command.split(' ');
	if (key === 'gatewayToken' && credential.source !== undefined && isOutsideFile(credential.source)) {
		return {...words, action: credential.source === justTyped ? 'type the right token' : `give the right token with ${credential.source}`};
	}
	if (key === 'gatewayToken' && target.source === '--gateway' && !credential.set) {
		return {...words, action: 'give the token, hidden', command: `${statusCommand(evidence)} --token`};
	}
	if (key === 'gatewayUrl' && isOutsideFile(target.source)) {
		return action === 'set' && value !== undefined ? {...words, command: `clawtalk status --gateway ${value}`} : words;
	}
	const profile = profileOf(key === 'gatewayToken' ? (credential.source ?? target.source) : target.source);
	const ofProfile = profile !== undefined && key.startsWith('gateway');
	return {...words, command: ofProfile ? command.replace(` ${key}`, ` --profile ${profile} ${key}`) : command};
}

function isOutsideFile(source: string): boolean {
	return source === justTyped || /^(?:--|CLAWTALK_|OPENCLAW_)/.test(source);
}

/** A name that begins like a flag is none: it would be taken for one. */
function profileOf(source: string): string | undefined {
	return /^profile ([A-Za-z0-9_][A-Za-z0-9._-]{0,63})$/.exec(source)?.[1];
}

/** Adds to `clawtalk status`, `ask`, `nodes` and the chat the flags that name the same gateway, unless it names one already. */
function withFlags(command: string, evidence: Evidence): string {
	return /--(?:gateway|profile) /.test(command)
		? command
		: command.replace(/\bclawtalk (?:status|ask|nodes)\b|\bclawtalk(?= --transport\b|$)/, `$&${flagsOf(evidence)}`);
}

function flagsOf({target, credential}: Evidence): string {
	const profile = profileOf(target.source);
	if (profile !== undefined) return ` --profile ${profile}`;
	if (target.source !== '--gateway' && !(target.source === fromText && hostAndPort(target))) return '';
	const url = urlAsWord(gatewayUrl(target));
	if (url === undefined) return '';
	return ` --gateway ${url}${tokenFlag(credential.source)}`;
}

function tokenFlag(source: string | undefined): string {
	if (source === '--token-file') return ' --token-file FILE';
	return source === '--token' ? ' --token' : '';
}
