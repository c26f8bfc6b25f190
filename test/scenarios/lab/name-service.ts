import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {isIPv4, isIPv6} from 'node:net';
import type {NameService} from './plan.js';

const types = {A: 1, AAAA: 28} as const;

/** A name server of RFC 1035 that knows A and AAAA. Serves until the world ends. */
export async function startNameService({at: [host], names, broken = false}: NameService): Promise<void> {
	const socket = createSocket('udp4');
	socket.on('message', (query, from) => socket.send(broken ? failed(query) : answer(query, names), from.port, from.address));
	socket.bind(53, host);
	await once(socket, 'listening');
}

function answer(query: Buffer, names: NameService['names']): Buffer {
	const {name, type, end} = questionIn(query);
	const known = names[name];
	const found = (known ?? []).filter(address => (type === types.A && isIPv4(address)) || (type === types.AAAA && isIPv6(address)));
	const records = found.map(address => record(type, isIPv4(address) ? bytesOf4(address) : bytesOf6(address)));
	return Buffer.concat([header(query, known === undefined ? 3 : 0, records.length), query.subarray(12, end), ...records]);
}

/** SERVFAIL: there is a name server, and it has no answer. */
function failed(query: Buffer): Buffer {
	return Buffer.concat([header(query, 2, 0), query.subarray(12, questionIn(query).end)]);
}

function questionIn(query: Buffer): {name: string; type: number; end: number} {
	const labels: string[] = [];
	let place = 12;
	for (let length = query[place] ?? 0; length > 0; length = query[place] ?? 0) {
		labels.push(query.toString('latin1', place + 1, place + 1 + length).toLowerCase());
		place += length + 1;
	}
	return {name: labels.join('.'), type: query.readUInt16BE(place + 1), end: place + 5};
}

function header(query: Buffer, code: number, answers: number): Buffer {
	const head = Buffer.alloc(12);
	query.copy(head, 0, 0, 2);
	head.writeUInt16BE(0x81_80 | code, 2); // an answer, recursion wished and had
	head.writeUInt16BE(1, 4);
	head.writeUInt16BE(answers, 6);
	return head;
}

function record(type: number, data: Buffer): Buffer {
	const head = Buffer.alloc(12);
	head.writeUInt16BE(0xc0_0c, 0); // the name of the question
	head.writeUInt16BE(type, 2);
	head.writeUInt16BE(1, 4);
	head.writeUInt32BE(30, 6);
	head.writeUInt16BE(data.length, 10);
	return Buffer.concat([head, data]);
}

function bytesOf4(address: string): Buffer {
	return Buffer.from(address.split('.').map(Number));
}

function bytesOf6(address: string): Buffer {
	const [left = '', right = ''] = address.split('::');
	const groups = (text: string) => text.split(':').filter(Boolean);
	const missing = 8 - groups(left).length - groups(right).length;
	const all = [...groups(left), ...Array.from({length: missing}, () => '0'), ...groups(right)];
	return Buffer.from(all.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}
