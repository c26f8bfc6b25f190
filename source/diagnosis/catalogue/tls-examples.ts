import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {failure, healthAnswer, overTls, stranger} from './example-observations.js';

const fingerprint = (byte: string) => Array.from({length: 32}, () => byte).join(':');

/** TLS. */
export const tlsExamples: Readonly<Record<string, Evidence>> = {
	L00: exampleOf([failure('tls', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')], overTls),
	L01: exampleOf([healthAnswer(400, {excerpt: 'Client sent an HTTP request to an HTTPS server.'}), stranger]),
	L02: exampleOf([failure('tls', 'ERR_SSL_WRONG_VERSION_NUMBER')], overTls),
	L03: exampleOf([failure('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT')], overTls),
	L04: exampleOf([failure('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')], overTls),
	L05: exampleOf(
		[
			failure('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', {
				attempts: [
					{code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'gateway.example is not in the certificate, which is for box.tail1234.ts.net.'},
				],
			}),
		],
		overTls,
	),
	L06: exampleOf([failure('tls', 'CERT_HAS_EXPIRED')], overTls),
	L09: exampleOf([{kind: 'pin-mismatch', layer: 'tls', atMs: 3, pinned: fingerprint('AA'), presented: fingerprint('BB')}], overTls),
};
