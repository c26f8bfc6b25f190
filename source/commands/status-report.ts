import type {Findings} from '../diagnosis/diagnosis.js';
import type {PeerIdentified} from '../diagnosis/evidence.js';
import {findLast} from '../diagnosis/find.js';
import {redact} from '../diagnosis/redact.js';
import {exitCodes} from '../exit-codes.js';
import type {LayerReport} from './status-ladder.js';
import type {Look} from './status-look.js';

/** This program and what it runs on. */
export interface ClientReport {
	readonly version: string;
	readonly node: string;
	readonly undici: string;
	readonly platform: string;
	/** Whether the built-in fetch of this Node goes through our dispatcher; `null` when that could not be tried. */
	readonly builtInFetchUsesDispatcher: boolean | null;
}

/** Everything that `status` shows, in both forms. */
export interface StatusReport {
	readonly client: ClientReport;
	readonly profile?: string;
	readonly look: Look;
	readonly layers: readonly LayerReport[];
	readonly findings: Findings;
	readonly durationMs: number;
}

export function peerOf({evidence}: Look): PeerIdentified | undefined {
	return findLast(evidence, 'peer-identified')?.observation;
}

/** `clawtalk.status/1`: stable, new keys may be added. */
export function statusDocument({client, profile, look, layers, findings, durationMs}: StatusReport) {
	const {evidence, auth, chat, agents} = look;
	const {credential, target, at, observations} = evidence;
	const peer = peerOf(look);
	const {primary, alternatives, notes} = findings;
	const document = {
		schema: 'clawtalk.status/1',
		ok: primary === undefined,
		exitCode: primary?.exitCode ?? exitCodes.ok,
		at,
		durationMs,
		client,
		target: {...target, profile: profile ?? null, proxy: target.proxy ?? null},
		auth: {credential: credential.set ? 'token' : 'none', ...credential},
		peer: peer === undefined ? null : {kind: peer.peer, address: peer.address ?? null, clockSkewMs: peer.clockSkewMs ?? null},
		agents,
		layers,
		capability: {
			reach: look.peer === undefined ? 'no' : 'yes',
			auth: auth === 'ok' ? 'yes' : auth === 'refused' ? 'no' : 'unknown',
			chat: chat === 'on' ? 'yes' : chat === 'off' ? 'no' : 'unknown',
			tools: 'unknown',
		},
		diagnoses: [...(primary ? [primary] : []), ...alternatives],
		notes,
		retryAfterMs: primary?.retryAfterMs ?? null,
		observations,
	};
	return JSON.parse(redact(JSON.stringify(document))) as unknown;
}
