import type {GatewayTarget} from '../gateway/gateway.js';
import type {Locations} from './location.js';
import type {ConfigProblem, Settings} from './settings.js';

/** What turning settings into a target may use. Everything that asks or runs is passed in. */
export interface ResolveContext {
	readonly locations: Locations;
	readonly env: Readonly<NodeJS.ProcessEnv>;
	/** `--insecure`: plain http to a public address, for this run. */
	readonly insecure: boolean;
	/** A yes/no question on the terminal; absent when there is none. `undefined` = ended by Ctrl+C. */
	readonly ask?: (question: string) => Promise<boolean | undefined>;
	/** A hidden line on the terminal; absent when there is none. `undefined` = ended by Ctrl+C. */
	readonly askHidden?: (prompt: string) => Promise<string | undefined>;
	/** Whether Tailscale runs here and lists this host (name or address) as a peer. Called only when the answer matters. */
	readonly isTailscalePeer: (host: string) => Promise<boolean>;
	/** `stop`: a withheld token is a problem (exit 78), the rule for `ask`. `carry`: the target says so (chat, status). */
	readonly onWithheld: 'stop' | 'carry';
	readonly signal: AbortSignal;
}

export type TargetResult =
	/** `notices`: lines for stderr (a broken trust file kept aside …). */
	| {readonly ok: true; readonly target: GatewayTarget; readonly notices: readonly string[]}
	| {readonly ok: false; readonly problems: readonly ConfigProblem[]; readonly notices: readonly string[]};

/** Settings → the gateway to talk to: fetches the token, applies the rules about where it may go, adds the TLS pin. */
export function resolveTarget(settings: Settings, context: ResolveContext): Promise<TargetResult> {
	return Promise.reject(new Error(`not built yet: ${settings.origin.value} ${context.onWithheld}`));
}
