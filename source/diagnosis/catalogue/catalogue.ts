import {answerRows} from './answer-rows.js';
import {authExamples} from './auth-examples.js';
import {clientRows} from './client-rows.js';
import {closeExamples} from './close-examples.js';
import {configExamples} from './config-examples.js';
import type {Entry} from './entry.js';
import {ruleEntries, textEntries} from './entry.js';
import {gatewayStartRows} from './gateway-start-rows.js';
import {httpExamples} from './http-examples.js';
import {inText} from './in-text.js';
import {localPortExamples} from './local-port-examples.js';
import {nameExamples} from './name-examples.js';
import {sshRows} from './ssh-rows.js';
import {streamExamples} from './stream-examples.js';
import {tcpExamples} from './tcp-examples.js';
import {tlsExamples} from './tls-examples.js';
import {unseenEntries} from './unseen-entries.js';

/** Groups of ids by their letter, outermost first. */
export const groups: Readonly<Record<string, string>> = {
	C: 'Configuration and URL',
	D: 'Names',
	N: 'The way to the gateway',
	O: 'The port of the gateway',
	L: 'TLS',
	H: 'HTTP answers',
	S: 'Streams of answers',
	A: 'Tokens, pairing, clock',
	W: 'WebSocket',
	E: 'Nodes and tools',
	V: 'Versions',
	X: 'Not known',
};

/** Every id that clawtalk knows, each once, by group and number. An id that retires stays, as an entry that says so. */
export const catalogue: readonly Entry[] = [
	...ruleEntries(
		{
			...configExamples,
			...nameExamples,
			...tcpExamples,
			...localPortExamples,
			...tlsExamples,
			...httpExamples,
			...streamExamples,
			...authExamples,
			...closeExamples,
		},
		inText,
	),
	...textEntries([...gatewayStartRows, ...clientRows, ...sshRows, ...answerRows]),
	...unseenEntries,
].toSorted((one, other) => placeOf(one.id) - placeOf(other.id));

function placeOf(id: string): number {
	return Object.keys(groups).indexOf(id.charAt(0)) * 100 + Number(id.slice(1));
}

export function findEntry(id: string): Entry | undefined {
	return catalogue.find(entry => entry.id === id);
}
