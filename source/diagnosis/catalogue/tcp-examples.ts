import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {address, connectFailure, failure, healthAnswer, loopback} from './example-observations.js';

/** The way to the gateway, and what listens on its port. */
export const tcpExamples: Readonly<Record<string, Evidence>> = {
	N01: exampleOf([connectFailure('ECONNREFUSED', '127.0.0.1')], loopback),
	N04: exampleOf([connectFailure('ECONNREFUSED')]),
	N11: exampleOf([connectFailure('ETIMEDOUT')]),
	N13: exampleOf([connectFailure('ECONNREFUSED', address, 3128)], {proxy: 'http://proxy.example:3128'}),
	N16: exampleOf([connectFailure('EHOSTUNREACH')]),
	N17: exampleOf([connectFailure('EACCES')]),
	N18: exampleOf([connectFailure('ENETDOWN')]),
	N19: exampleOf([failure('request', 'ECONNRESET', {bytesRead: 0})], loopback),
	N22: exampleOf([failure('request', 'ECONNRESET', {bytesRead: 0})]),
	N28: exampleOf([{...failure('request', ''), attempts: [], timeoutMs: 4000, bytesRead: 0}]),
	O02: exampleOf(
		[healthAnswer(404, {body: 'json'}), {kind: 'peer-identified', layer: 'identity', atMs: 3, peer: 'plugin-proxy'}],
		loopback,
	),
	O04: exampleOf([failure('request', 'HPE_INVALID_CONSTANT', {bytesRead: 40})]),
	X00: exampleOf([{...failure('request', ''), attempts: [{code: 'ESTRANGE', message: 'something new'}]}]),
};
