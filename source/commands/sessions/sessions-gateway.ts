import {clean} from '../../components/connection-report.js';
import {cutLine} from '../../components/cut-line.js';
import {diagnose} from '../../diagnosis/diagnose.js';
import {failureLine} from '../../diagnosis/failure-lines.js';
import {type ExitCode, exitCodeOfSignal, exitCodes} from '../../exit-codes.js';
import type {JsonObject} from '../../gateway/control-plane.js';
import type {Gateway} from '../../gateway/gateway.js';
import type {GatewaySession} from '../../gateway/session.js';
import {allSessions} from '../../perform/all-sessions.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import type {CommandContext} from '../command.js';
import {say} from '../say.js';
import {momentInWords} from '../since-words.js';
import {moment} from './sessions-document.js';
import {printDocument, SessionsRefusal} from './sessions-guard.js';
import {countFlag} from './sessions-list.js';

/** `sessions list --gateway-sessions`: those that the gateway keeps, whoever began them. Starts no run and shows the gateway no new device. */
export async function listGatewaySessions(context: CommandContext): Promise<ExitCode> {
	if (context.flags['trash'] === true) throw new SessionsRefusal('--trash is about conversations on this machine.');
	const limit = countFlag(context, 'limit');
	const {openGatewayForCommand} = await import('../open-gateway.js');
	const opened = await openGatewayForCommand(context, {onWithheld: 'carry'});
	if (!opened.ok) return opened.exitCode;
	try {
		return await list(context, opened.gateway, limit);
	} finally {
		await opened.gateway.close();
	}
}

async function list(context: CommandContext, {control}: Gateway, limit: number | undefined): Promise<ExitCode> {
	const {signal, stderr, stdout} = context;
	const {value, evidence} = await control.connect(signal, {offersDevice: false});
	const fail = (message: string, exitCode: ExitCode): ExitCode => {
		stderr.write(`clawtalk: ${clean(message)}\n`);
		return exitCodeOfSignal(signal) ?? exitCode;
	};
	if (value.kind !== 'open') {
		const findings = diagnose(evidence);
		const words = failureLine(evidence, findings) ?? 'The sessions of a gateway are told over its control plane, which did not open.';
		return fail(words, findings.primary?.exitCode ?? exitCodes.authentication);
	}
	let problem: string | undefined;
	const call = async (method: string, params: JsonObject): Promise<JsonObject> => {
		const answer = await control.call(method, params, {signal});
		if (answer.ok) return answer.payload;
		problem = answer.error.message;
		return {};
	};
	const {sessions, total} = await allSessions(call, value.hello.protocol < 4);
	if (problem !== undefined) return fail(`the gateway does not list its sessions: ${problem}`, exitCodes.authentication);
	const listed = sessions.slice(0, limit ?? sessions.length);
	if (context.flags['json'] === true) {
		printDocument(context, {schema: 'clawtalk.gateway-sessions/1', total, sessions: listed.map(documentOf)});
	} else if (listed.length === 0) {
		say(context, 'The gateway has no sessions yet.');
	} else {
		const lines = stdout.isTTY === true ? alignedLines(listed, stdout.columns ?? 80) : listed.map(plainLine);
		stdout.write(lines.map(line => `${line}\n`).join(''));
	}
	return exitCodes.ok;
}

function documentOf({key, agent, name, title, lastMessage, updatedAt, isUnread, isRunning, from}: GatewaySession): object {
	return {
		key,
		agent,
		name: name ?? null,
		title,
		lastMessage: lastMessage ?? null,
		updatedAt: moment(updatedAt),
		unread: isUnread,
		running: isRunning,
		from,
	};
}

/** Key, time, agent, where it is from, title. */
function plainLine({key, updatedAt, agent, from, title}: GatewaySession): string {
	return [key, moment(updatedAt) ?? '', agent, from, sanitizeLine(title)].map(cell => cell.replaceAll('\t', ' ')).join('\t');
}

function alignedLines(listed: readonly GatewaySession[], width: number): readonly string[] {
	const now = new Date().toISOString();
	const rows = listed.map(({updatedAt, agent, from}) => [momentInWords(moment(updatedAt) ?? now, now), agent, from]);
	const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows.map((row, index) => {
		const {title = '', key = '', isUnread = false, isRunning = false} = listed[index] ?? {};
		const marks = [...(isUnread ? ['unread'] : []), ...(isRunning ? ['at work'] : [])].map(mark => ` · ${mark}`).join('');
		const left = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
		return `${left}  ${cutLine(`${sanitizeLine(title)}${marks} · ${key}`, Math.max(12, width - left.length - 3))}`;
	});
}
