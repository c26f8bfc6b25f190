import {deviceKeys} from '../config/device-keys.js';
import {locate} from '../config/location.js';
import {openRefusals} from '../config/refusals.js';
import type {ConfigProblem, Settings} from '../config/settings.js';
import type {ExitCode} from '../exit-codes.js';
import type {Gateway, GatewayTarget} from '../gateway/gateway.js';
import type {CommandContext} from './command.js';
import {type TargetForCommand, targetForCommand} from './gateway-target.js';

export type OpenedGateway =
	| {readonly ok: true; readonly gateway: Gateway; readonly settings: Settings; readonly target: GatewayTarget}
	/** Everything has been said on stderr, unless the caller does that; `problems` is for documents. */
	| {readonly ok: false; readonly exitCode: ExitCode; readonly problems: readonly ConfigProblem[]};

/**
 * Flags, environment and config file → an open gateway, asking on the terminal where needed. Problems are said on stderr. Nothing is
 * sent to the gateway yet. The caller closes it.
 */
export async function openGatewayForCommand(
	context: CommandContext,
	options: Parameters<typeof targetForCommand>[1],
): Promise<OpenedGateway> {
	const result = await targetForCommand(context, options);
	if (!result.ok) {
		for (const {where, message} of result.problems) context.debug(`problem: ${where}: ${message}`);
		return {ok: false, exitCode: result.exitCode, problems: result.problems};
	}
	debugTarget(context, result);
	const {openGateway} = await import('../gateway/open-gateway.js');
	const locations = locate(context.env);
	const gateway = openGateway(result.target, {
		ledger: openRefusals(locations),
		devices: deviceKeys(locations),
		env: context.env,
		now: Date.now,
		returnWithinMs,
	});
	return {ok: true, gateway, settings: result.settings, target: result.target};
}

/** How long a question waits for a connection that was lost on the way, milliseconds: a gateway restarts within a minute or so. */
const returnWithinMs = 120_000;

function debugTarget({debug}: CommandContext, {target, settings}: Extract<TargetForCommand, {ok: true}>): void {
	const {credential} = target;
	const token =
		credential.kind === 'none'
			? 'none'
			: `${credential.kind === 'token' ? `${credential.secret.length} characters` : `withheld (${credential.reason})`} from ${credential.source}`;
	debug(
		`gateway ${target.origin}${target.basePath} (${target.source}, ${target.addressClass}), profile ${settings.profile ?? 'none'}, token ${token}`,
	);
}
