import {isIP} from 'node:net';
import type {Diagnosis} from '../diagnosis/diagnosis.js';
import type {Layer} from '../diagnosis/evidence.js';
import type {Look} from './status-look.js';

/** One rung of the ladder, outermost layer first. */
export interface LayerReport {
	readonly id: Layer;
	readonly state: 'ok' | 'warn' | 'fail' | 'skipped' | 'not-run';
	readonly ms?: number;
	/** A few words beside it. */
	readonly note?: string;
}

/** The layers that HTTP needs; the control plane is not used yet. */
export const climbed = ['config', 'dns', 'tcp', 'tls', 'identity', 'auth', 'chat'] as const satisfies readonly Layer[];

/** How far the connection came: layers before the failing one held, those after it were not tried unless something was seen there. */
export function climb(look: Look, primary: Diagnosis | undefined): readonly LayerReport[] {
	const failedAt = primary === undefined ? climbed.length : (climbed as readonly Layer[]).indexOf(primary.layer);
	return climbed.map((id, index) => {
		if (index === failedAt) return {id, state: 'fail', ...timeOf(id, look)};
		if (index < failedAt) return {...passed(id, look), ...timeOf(id, look)};
		return id === 'chat' && look.chat !== 'unknown' ? chatRung(look) : {id, state: 'not-run'};
	});
}

function passed(id: (typeof climbed)[number], look: Look): LayerReport {
	const {hostname, protocol} = new URL(look.evidence.target.origin);
	switch (id) {
		case 'dns':
			return isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ? {id, state: 'skipped', note: 'an address, no name'} : {id, state: 'ok'};
		case 'tls':
			return protocol === 'https:' ? {id, state: 'ok'} : {id, state: 'skipped', note: 'plain http'};
		case 'auth':
			return look.auth === 'ok' ? {id, state: 'ok'} : {id, state: 'warn', note: 'this gateway does not say before a question is asked'};
		case 'chat':
			return chatRung(look);
		case 'config':
		case 'tcp':
		case 'identity':
			return {id, state: 'ok'};
	}
}

function chatRung({chat}: Look): LayerReport {
	if (chat === 'unknown') return {id: 'chat', state: 'warn', note: 'not known whether the endpoint is on'};
	return {id: 'chat', state: chat === 'on' ? 'ok' : 'fail', note: `endpoint ${chat}`};
}

/** The identity question includes name, connection and TLS; the two of access go together. */
function timeOf(id: Layer, {identifyMs, accessMs}: Look): {ms?: number} {
	if (id === 'identity') return {ms: identifyMs};
	return id === 'auth' && accessMs !== undefined ? {ms: accessMs} : {};
}
