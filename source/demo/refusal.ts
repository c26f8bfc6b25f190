/** Why a `connect` is refused: the error frame, and the close code when it is not 1008. */
export interface Refusal {
	readonly code: string;
	readonly message: string;
	/** 2026.2.9 sends none, but for the protocol. */
	readonly details?: Readonly<Record<string, unknown>>;
	readonly retryAfterMs?: number;
	readonly close?: number;
	/** What the close frame says, where that is not the message. */
	readonly closeReason?: string;
	readonly authorization: 'wrong' | 'absent';
}

export function refusal(message: string, more: Partial<Refusal> = {}): Refusal {
	return {code: 'INVALID_REQUEST', message, authorization: 'absent', ...more};
}
