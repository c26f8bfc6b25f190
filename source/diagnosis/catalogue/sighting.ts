import {type AddressClass, classifyHost} from '../../network/address-class.js';
import type {Confidence} from '../diagnosis.js';
import type {Evidence, NetworkFailure, Observation} from '../evidence.js';
import {fromText} from '../target-words.js';
import {originOf, type Place} from './text-source.js';

/**
 * What a recogniser saw in a pasted text. Either observations, which the rules then explain, or the id of a row, where the text says
 * which row it is but not the numbers that an observation would need.
 */
export interface Sighting {
	/** The line it rests on. */
	readonly line: string;
	/** How much the text says about the cause. */
	readonly weight: Weight;
	readonly observations?: readonly Observation[];
	readonly id?: string;
	/** The gateway that the text names. */
	readonly place?: Place;
	/** The kind of address, where the text names it without its port. */
	readonly addressClass?: AddressClass;
	/** A status and nothing that shows who gave it. */
	readonly isBare?: boolean;
	/** What clawtalk itself said before: its title and how sure it was. */
	readonly own?: {readonly title?: string; readonly confidence?: Confidence};
	/** Whether the text tells that a token was given. */
	readonly tokenSet?: boolean;
	readonly proxy?: string;
	/** Values that fill placeholders of a text row, still as they were pasted. */
	readonly values?: Readonly<Record<string, string>>;
}

export const weights = {
	/** Words of a program that name the cause. */
	named: 5,
	/** A code with the address or certificate it is about. */
	located: 4,
	/** A code or status alone. */
	coded: 3,
	/** A symptom that many causes share. */
	symptom: 2,
	/** Nothing but "it failed". */
	vague: 1,
} as const;
export type Weight = (typeof weights)[keyof typeof weights];

/** Stands for the gateway where the text names none; reads well in "nothing listens on …" and never gets into a command. */
export const unnamedPlace = 'the gateway’s address';

/** Evidence as `collect` would give it, made of what stands in a text. */
export function evidenceOfText({observations = [], place, addressClass = 'private', tokenSet = true, proxy}: Sighting): Evidence {
	return {
		schema: 'clawtalk.evidence/1',
		at: new Date(0).toISOString(),
		target: {
			origin: place ? originOf(place) : unnamedPlace,
			source: fromText,
			addressClass: place ? classifyHost(place.host) : addressClass,
			...(proxy === undefined ? {} : {proxy}),
		},
		credential: {set: tokenSet, ...(tokenSet ? {source: fromText} : {}), sent: tokenSet},
		observations,
	};
}

type FailureParts = Pick<NetworkFailure, 'phase' | 'attempts'> & Partial<NetworkFailure>;

const layerOfPhase = {lookup: 'dns', connect: 'tcp', tls: 'tls', request: 'identity', body: 'chat'} as const;

/** A failed request as a text tells it; the first thing clawtalk itself asks is the health check. */
export function failureOf(parts: FailureParts): NetworkFailure {
	return {kind: 'network-failure', layer: layerOfPhase[parts.phase], atMs: 0, method: 'GET', path: '/healthz', ...parts};
}
