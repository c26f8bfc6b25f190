import {loadSettings} from '../../config/load.js';
import type {ConfigProblem} from '../../config/settings.js';
import type {CommandContext} from '../command.js';
import {settingsFlags} from '../gateway-target.js';
import {type OpenedGateway, openGatewayForCommand} from '../open-gateway.js';

export interface OpenedForStatus {
	readonly opened: OpenedGateway;
	/** What is wrong with the configuration; with `opened.ok` the look goes on without its file. */
	readonly problems: readonly ConfigProblem[];
}

/**
 * Opens the gateway for a look. A broken configuration does not stop it: when flags or the environment name a gateway, that one is
 * looked at as if there were no config file. Says no problem itself.
 */
export async function openForStatus(context: CommandContext): Promise<OpenedForStatus> {
	const opened = await openGatewayForCommand(context, {onWithheld: 'carry', saysProblems: true});
	if (opened.ok) return {opened, problems: []};
	const {problems} = opened;
	const settings = await loadSettings({flags: settingsFlags(context.flags), env: context.env, stdinIsTTY: false, withoutFile: true});
	if (!settings.ok || settings.settings.origin.source.kind === 'default') return {opened, problems};
	return {opened: await openGatewayForCommand(context, {onWithheld: 'carry', saysProblems: true, settings}), problems};
}
