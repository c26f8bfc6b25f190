import {statusCommand} from './client-commands.js';
import type {Diagnosis, Findings, Fix} from './diagnosis.js';
import type {Evidence} from './evidence.js';

/**
 * What evidence means, in the words of a chat. Flags cannot be given there, and a command line would look at the gateway of the configuration,
 * which may be another one than the chat's: its own slash commands are named instead, where there is one.
 */
export function inChat(findings: Findings, evidence: Evidence): Findings {
	return findings.primary === undefined ? findings : {...findings, primary: diagnosisInChat(findings.primary, evidence)};
}

function diagnosisInChat(diagnosis: Diagnosis, evidence: Evidence): Diagnosis {
	if (diagnosis.slug === 'chat.unknown-agent') return {...diagnosis, explanation: whoChose, fixes: [takeBack(diagnosis.title)]};
	return {...diagnosis, fixes: diagnosis.fixes.map(fix => fixInChat(fix, evidence))};
}

const whoChose = 'It was chosen in this chat, by a flag or by the configuration.';

/**
 * OpenClaw 2026.9.6 says `Unknown agent 'x'` or `Model 'x' is not allowed for agent 'y'`, over the control plane `Agent "x" no longer exists` or
 * `model not allowed: x`; others say neither.
 */
function takeBack(title: string): Fix {
	const isAgent = /: (?:Unknown agent|Agent ")/.test(title);
	const isModel = /Model '|: model not allowed|choose the model: /.test(title);
	const command = isAgent ? '/agent default' : isModel ? '/model default' : '/agent default, /model default';
	return {where: 'here', action: 'go back to what the gateway chooses, then send again', command, applicability: 'safe-to-run'};
}

function fixInChat(fix: Fix, evidence: Evidence): Fix {
	const {command, action, ...rest} = fix;
	if (command === undefined || fix.where !== 'here') return fix;
	// `/tunnel` reads the configuration anew.
	const setSsh = /^(clawtalk config set .*) && clawtalk tunnel\b/.exec(command)?.[1];
	if (setSsh !== undefined) return {...rest, action: `${action}; then /tunnel here`, command: setSsh};
	const variable = /^([A-Z_]+=\S+ )clawtalk status\b(.*)$/.exec(command);
	if (variable) return {...rest, action: `${action}, in a new chat`, command: `${variable[1]}clawtalk${variable[2]}`};
	if (command.replace(/ --only [a-z]+$/, '') === statusCommand(evidence) || /^clawtalk config get .*gatewayUrl$/.test(command))
		return {...rest, action, command: '/status'};
	if (/^clawtalk ask .*--wait\b/.test(command)) return {...rest, action: 'wait: the chat looks again by itself, then Enter sends'};
	const flags = /^clawtalk ask (--(?:.*--)?(?:token-from|insecure).*) QUESTION$/.exec(command)?.[1];
	return flags === undefined ? fix : {...fix, command: `clawtalk ${flags}`};
}
