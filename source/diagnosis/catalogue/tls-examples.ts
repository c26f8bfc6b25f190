import type {Evidence} from '../evidence.js';
import {exampleOf} from './entry.js';
import {client, failure, healthAnswer, identified, overTls, served, stranger} from './example-observations.js';

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
	L07: exampleOf(
		[
			failure('tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
			{
				kind: 'tls-look',
				layer: 'tls',
				atMs: 30,
				spoken: true,
				trusted: false,
				problem: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
				certificate: {
					subject: 'gateway.example',
					issuer: 'Zscaler Intermediate Root CA',
					issuerOrganisation: 'Zscaler',
					names: ['gateway.example'],
					validFrom: '2026-01-01T00:00:00.000Z',
					validTo: '2026-02-01T00:00:00.000Z',
					fingerprint: fingerprint('CC'),
					selfSigned: false,
				},
			},
		],
		overTls,
	),
	L08: exampleOf([{...failure('tls', ''), attempts: [], timeoutMs: 4000}], served),
	L09: exampleOf([{kind: 'pin-mismatch', layer: 'tls', atMs: 3, pinned: fingerprint('AA'), presented: fingerprint('BB')}], overTls),
	L10: exampleOf([client({nodeFlags: ['NODE_TLS_REJECT_UNAUTHORIZED=0']}), identified], overTls),
};
