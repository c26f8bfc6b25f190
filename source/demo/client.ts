/** One client of the control plane, after its handshake. */
export interface Client {
	readonly connectionId: string;
	readonly role: 'operator' | 'node';
	/** `client.id` as it named itself, e.g. `cli`. */
	readonly clientId: string;
	readonly mode: string;
	readonly version: string;
	readonly platform: string;
	readonly deviceId?: string;
	readonly scopes: ReadonlySet<string>;
	readonly capabilities: ReadonlySet<string>;
	/** What a node offers. */
	readonly commands: readonly string[];
	readonly permissions: Readonly<Record<string, boolean>>;
	readonly displayName?: string;
	readonly connectedAt: number;
	/** Keys of the sessions whose messages it wants to hear of. */
	readonly subscriptions: Set<string>;
	/** It wants to hear which sessions change. */
	hearsSessions: boolean;
	/** Counts the events sent to this client. */
	sequence: number;
	send(frame: unknown): void;
	/** Ends the connection with a close code. */
	close(code: number, reason?: string): void;
	/** Ends it without a word. */
	drop(): void;
}

export function mayRead(client: Client): boolean {
	return client.scopes.has('operator.read') || client.scopes.has('operator.write') || client.scopes.has('operator.admin');
}
