import type {ObservationBase} from './evidence.js';

/** Who listens on the target's port on this machine (`/proc/net/tcp{,6}`, else lsof with `--deep`). */
export interface ListenerLook extends ObservationBase {
	readonly kind: 'listener-look';
	readonly layer: 'tcp';
	readonly port: number;
	/** Addresses listened on, e.g. `127.0.0.1`, `0.0.0.0`, `::`; empty = nobody. */
	readonly addresses: readonly string[];
	/** Name of the program, where this user may see it. */
	readonly program?: string;
}

/** Allow-listed keys of `~/.openclaw/openclaw.json` on this machine. Secrets are classified or compared, then dropped. */
export interface LocalOpenClawLook extends ObservationBase {
	readonly kind: 'local-openclaw';
	readonly layer: 'config';
	readonly state: 'absent' | 'read' | 'unreadable' | 'unparsable';
	readonly port?: number;
	readonly bind?: string;
	readonly customBindHost?: string;
	/** `gateway.mode`. */
	readonly mode?: string;
	readonly authMode?: string;
	readonly token?: 'unset' | 'literal' | 'variable' | 'reference';
	/** Whether it equals the token in use here; absent when one of them is not known. */
	readonly tokenMatches?: boolean;
	/** `gateway.tailscale.mode`. */
	readonly tailscaleMode?: string;
	readonly chatCompletions?: boolean;
	readonly reloadMode?: string;
	/** `plugins.entries.clawtalk.config.proxyPort`. */
	readonly pluginProxyPort?: number;
	/** `meta.lastTouchedVersion`. */
	readonly touchedBy?: string;
}

/** `tailscale status --json`, reduced. */
export interface TailscaleLook extends ObservationBase {
	readonly kind: 'tailscale-look';
	readonly layer: 'dns';
	/** `not-installed`, `no-answer`, or Tailscale's own BackendState: `Running`, `Stopped`, `NeedsLogin` … */
	readonly state: string;
	readonly self?: TailnetMachine;
	/** The machine that has the target's address or name. */
	readonly peer?: TailnetMachine;
	/** A machine whose name matches the target's while its addresses do not: it was registered anew. */
	readonly renumbered?: TailnetMachine;
	readonly onlinePeers: readonly string[];
	/** An exit node is in use: the LAN's traffic goes there too, unless this machine allows its LAN beside it, which Tailscale's status does not tell. */
	readonly exitNodeTakesLan?: boolean;
}

export interface TailnetMachine {
	/** MagicDNS name without the final dot. */
	readonly name: string;
	readonly addresses: readonly string[];
	readonly online: boolean;
}

/** `systemctl --user show openclaw-gateway` (`--deep`). */
export interface ServiceLook extends ObservationBase {
	readonly kind: 'service-look';
	readonly layer: 'tcp';
	readonly activeState: string;
	readonly subState: string;
	readonly restarts: number;
}

/** This program and the machine it runs on. */
export interface ClientFacts extends ObservationBase {
	readonly kind: 'client-facts';
	readonly layer: 'config';
	readonly version: string;
	readonly node: string;
	readonly undici: string;
	/** e.g. `linux x64`. */
	readonly platform: string;
	readonly hostname: string;
	readonly overSsh: boolean;
	/** The SSH session comes in over the tailnet: changing Tailscale would cut it. */
	readonly sshOverTailnet: boolean;
	readonly multiplexer?: 'tmux' | 'screen';
	/** Names of set variables, e.g. `HTTPS_PROXY`. */
	readonly proxyVariables: readonly string[];
	/** `NODE_USE_ENV_PROXY`, `NODE_TLS_REJECT_UNAUTHORIZED=0`, `NODE_EXTRA_CA_CERTS`, `--use-openssl-ca` … that are in force. */
	readonly nodeFlags: readonly string[];
}
