import type {FaultName, FaultOptions} from '../../../source/demo/faults.js';
import type {Generation} from '../../../source/demo/options.js';

/** Where a part of a world lives: on the machine that runs clawtalk, or on another one, a cable away. */
export type Machine = 'client' | 'remote';

/** Addresses of the two machines. The tailnet is an address range on the same cable. */
export const addresses = {
	clientLan: '192.168.77.10',
	clientTailnet: '100.69.69.10',
	remoteLan: '192.168.77.1',
	remoteLan6: 'fd00:77::1',
	remoteTailnet: '100.69.69.108',
	/** Public by its class (a range for documentation), and on the same cable all the same. */
	remotePublic: '203.0.113.9',
	/** In the local network, and nobody has it. */
	nobodyLan: '192.168.77.99',
	nobodyTailnet: '100.69.69.200',
	/** Tailscale's own resolver. */
	tailscaleResolver: '100.100.100.100',
} as const;

export interface CertificateFiles {
	readonly key: string;
	/** The chain that the server sends. */
	readonly certificate: string;
}

/** What a scripted web server says to one path. */
export interface HttpReply {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	/** The request is taken, and never answered. */
	readonly never?: true;
}

/** How a WebSocket of a gateway is ended. */
export interface WebSocketEnd {
	readonly when: 'before-challenge' | 'after-challenge';
	/** Milliseconds after that moment. */
	readonly afterMs?: number;
	/** 1006 is a connection that goes away without a close frame. */
	readonly code: number;
	readonly reason?: string;
}

interface Listening {
	readonly at: readonly [host: string, port: number];
	/** TLS before everything else. */
	readonly tls?: CertificateFiles;
}

/** The demo gateway on an address of our choice. */
export interface GatewayService extends Listening {
	readonly kind: 'gateway';
	readonly generation?: Generation;
	readonly fault?: FaultName;
	readonly faultOptions?: FaultOptions;
	/** Its clock minus ours. */
	readonly clockAheadMs?: number;
	readonly endsWebSockets?: WebSocketEnd;
	/** Paths that something before the gateway answers; `GET /path` for one method alone. */
	readonly answers?: Readonly<Record<string, HttpReply>>;
	/** Something before it hands a stream of events over only when it is whole. */
	readonly holdsBack?: boolean;
	/** The token it takes; the one clawtalk has, when absent. */
	readonly token?: string;
}

/** A web server with a script; `*` answers everything else. */
export interface HttpService extends Listening {
	readonly kind: 'http';
	readonly answers: Readonly<Record<string, HttpReply>>;
}

/** A port that does something else than HTTP with each connection. */
export interface SocketService extends Listening {
	readonly kind: 'socket';
	readonly does: 'close' | 'reset' | 'silence' | 'ssh-banner';
}

/** A name server on port 53. Names that are not in the table do not exist; `broken` refuses to look. */
export interface NameService {
	readonly kind: 'names';
	readonly at: readonly [host: string];
	readonly names: Readonly<Record<string, readonly string[]>>;
	readonly broken?: boolean;
}

/** A real program; ready when something accepts connections at `ready`, or when the URL answers. */
export interface ProgramService {
	readonly kind: 'program';
	readonly command: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly ready: readonly [host: string, port: number] | string;
	/** How often it is started when it ends before it is ready; once by default. */
	readonly tries?: number;
}

/** A program that is run once to its end, e.g. `ip route add …`. */
export interface CommandService {
	readonly kind: 'command';
	readonly command: readonly string[];
}

export type Service = CommandService | GatewayService | HttpService | SocketService | NameService | ProgramService;

/** How one world is made. */
export interface WorldPlan {
	/** A folder that only this world writes to. */
	readonly folder: string;
	readonly remote: boolean;
	/** Whether the client has an address and a route in the tailnet. */
	readonly tailnet: boolean;
	/** Rules of nftables for what leaves the client, and for what reaches the other machine. */
	readonly clientFirewall?: string;
	readonly remoteFirewall?: string;
	/** Files bound over those of the machine, by path. */
	readonly files: Readonly<Record<string, string>>;
	/** What nobody may see who is not meant to. */
	readonly secrets: readonly string[];
}

export interface ProgramRun {
	readonly command: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
	readonly stdin?: string;
	readonly limitMs: number;
}

export interface FinishedRun {
	readonly code: number | string;
	readonly stdout: string;
	readonly stderr: string;
	readonly tookMs: number;
}

/** What one service noticed. */
export interface ServiceRecord {
	readonly at: string;
	readonly connections: number;
	/** Whether a secret arrived in readable bytes. */
	readonly sawSecret: boolean;
	/** Requests of a demo gateway with a token, right or wrong. */
	readonly authorized: number;
}

export type Order =
	| {readonly kind: 'build'; readonly plan: WorldPlan}
	| {readonly kind: 'start'; readonly service: Service}
	| {readonly kind: 'run'; readonly run: ProgramRun}
	| {readonly kind: 'forget-packets'}
	/** Destinations of new connections and datagrams from the client, as `tcp 192.168.77.1 18789`. */
	| {readonly kind: 'packets'}
	| {readonly kind: 'records'};

export interface OrderMessage {
	readonly id: number;
	readonly to: Machine;
	readonly order: Order;
}

export interface AnswerMessage {
	readonly id: number;
	readonly result?: unknown;
	readonly error?: string;
}
