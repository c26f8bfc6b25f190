import type {Place} from '../chat/state.js';
import type {Evidence} from '../diagnosis/evidence.js';
import type {CollectOptions} from '../diagnosis/probes/collect.js';
import type {Gateway, GatewayTarget} from '../gateway/gateway.js';

/** What the connection panel does outside of the chat: configuration, files, the clipboard. Sentences are for the panel's line. */
export interface PanelWork {
	/** What a look at this gateway needs beside it. */
	lookOptions(target: GatewayTarget): Promise<Pick<CollectOptions, 'env' | 'minimal' | 'before'>>;
	/** Milliseconds after which what is explained may have passed by itself; undefined when waiting changes nothing. */
	pauseOf(evidence: Evidence, cause: Evidence | undefined): number | undefined;
	/** Puts the command of one fix on the clipboard, as far as the terminal obeys; says what was done. */
	copyFix(evidence: Evidence, cause: Evidence | undefined, number: number): string;
	/** The report for a public issue; `cause` is reported when `evidence` shows no failure, as it is explained. */
	makeReport(evidence: Evidence, cause: Evidence | undefined): Promise<string>;
	/** Writes it to a new file, mode 0600; says where. */
	writeReport(text: string): Promise<string>;
	/** The same gateway settings at another address, under the rules of the token. Nothing is sent yet. */
	openAddress(origin: string, left: GatewayTarget): Promise<OpenedAddress>;
	saveAddress(origin: string): Promise<string>;
	/** Reads the configuration anew and runs its token command once. */
	renewToken(evidence: Evidence, cause: Evidence | undefined, left: GatewayTarget, signal: AbortSignal): Promise<RenewedToken>;
	/** Tries a typed token at the gateway; it goes only to a peer that identified itself. */
	tryToken(token: string, left: GatewayTarget, signal: AbortSignal): Promise<TriedToken>;
	/** Saves a token that was tried, beside the address that it is for. */
	saveToken(token: string): Promise<string>;
}

export type OpenedAddress =
	| {readonly ok: true; readonly gateway: Gateway; readonly place: Place; readonly canSave: boolean}
	| {readonly ok: false; readonly problem: string};

export type RenewedToken =
	| {readonly kind: 'accepted'; readonly gateway: Gateway; readonly said: string}
	/** A token has to be typed. */
	| {readonly kind: 'wanted'; readonly why: string}
	/** Another token would change nothing. */
	| {readonly kind: 'pointless'; readonly said: string};

export type TriedToken =
	/** `savedIn`: where it may be saved, in words; absent when nowhere. */
	{readonly ok: true; readonly gateway: Gateway; readonly savedIn?: string} | {readonly ok: false; readonly why: string};
