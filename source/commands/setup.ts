import type {LoadContext} from '../config/load.js';
import type {SettingsResult} from '../config/settings.js';
import type {GatewayTarget} from '../gateway/gateway.js';
import type {CommandContext} from './command.js';

/** The guided setup's world. */
export interface SetupContext extends Pick<CommandContext, 'env' | 'stdin' | 'stderr' | 'signal'> {
	readonly flags: LoadContext['flags'];
	/** Tries the gateway; default: identity and access by the gateway room. One line says what was seen. */
	readonly check?: (target: GatewayTarget, signal: AbortSignal) => Promise<{readonly ok: boolean; readonly line: string}>;
	readonly isTailscalePeer: (host: string) => Promise<boolean>;
}

/** True when nothing says which gateway to use (no file, flag or environment) and there is a terminal to ask on. */
export function needsSetup(context: Pick<SetupContext, 'flags' | 'env' | 'stdin' | 'stderr'>): Promise<boolean> {
	return Promise.reject(new Error(`not built yet: ${context.stderr.isTTY}`));
}

/** First run: asks URL and token (hidden), tries them, saves with mode 0600, and returns the settings as loaded anew. */
export function runSetup(context: SetupContext): Promise<SettingsResult> {
	return Promise.reject(new Error(`not built yet: ${context.signal.aborted}`));
}
