import type {X509Certificate} from 'node:crypto';
import type {TLSSocket} from 'node:tls';
import {normalizeFingerprint} from '../../gateway/certificate-pin.js';
import {attemptsOf} from '../../gateway/observe.js';
import {plainLine} from '../../gateway/plain-text.js';
import type {CertificateFacts, TlsLook} from '../surroundings.js';
import type {Place} from './place.js';
import type {ProbeScope} from './run-probe.js';

const mostNames = 20;

/**
 * A TLS handshake with one address of the target that trusts nobody and sends nothing, to see what is there. Trusted is what this Node
 * would trust for the target's name; with a pin, the pinned certificate and no other.
 */
export async function lookAtTls(
	{signal, elapsed, add}: ProbeScope,
	place: Place,
	address: string,
	pin: string | undefined,
): Promise<TlsLook> {
	const {connect} = await import('node:tls');
	const atMs = elapsed();
	const common = {kind: 'tls-look', layer: 'tls', atMs} as const;
	const socket = connect({
		host: address,
		port: place.port,
		...(place.isName ? {servername: place.host} : {}),
		rejectUnauthorized: false,
		ALPNProtocols: ['http/1.1'],
	});
	const abort = () => socket.destroy(new Error('no handshake in time'));
	signal.addEventListener('abort', abort, {once: true});
	if (signal.aborted) abort();
	const error = await new Promise<Error | undefined>(resolve => {
		socket.once('secureConnect', () => resolve(undefined)).on('error', resolve);
		socket.once('close', () => resolve(new Error('closed before the handshake was done')));
	});
	signal.removeEventListener('abort', abort);
	const tookMs = elapsed() - atMs;
	const failure = error === undefined ? undefined : attemptsOf(error)[0];
	const look: TlsLook =
		error === undefined
			? {...common, tookMs, spoken: true, ...judgeCertificate(socket, pin)}
			: {...common, tookMs, spoken: false, ...(failure === undefined ? {} : {failure})};
	socket.destroy();
	if (!signal.aborted) add(look);
	return look;
}

function judgeCertificate(socket: TLSSocket, pin: string | undefined): Pick<TlsLook, 'certificate' | 'trusted' | 'problem'> {
	const x509 = socket.getPeerX509Certificate();
	const certificate = x509 === undefined ? undefined : readCertificate(x509);
	const pinned = pin === undefined ? undefined : normalizeFingerprint(pin);
	const trusted = pinned === undefined ? socket.authorized : certificate?.fingerprint === pinned;
	// Node's types say Error; it is the code of the problem, a text (doc/api/tls.md, tlsSocket.authorizationError).
	const reason: unknown = socket.authorizationError;
	const problem = pinned === undefined ? (reason instanceof Error ? reason.message : reason) : 'ERR_PIN_MISMATCH';
	return {
		...(certificate === undefined ? {} : {certificate}),
		trusted,
		...(trusted || typeof problem !== 'string' ? {} : {problem: plainLine(problem, 80)}),
	};
}

/** The facts of a certificate, every text of it bounded and plain. */
function readCertificate(certificate: X509Certificate): CertificateFacts {
	const issuerOrganisation = fieldOf(certificate.issuer, 'O');
	return {
		subject: fieldOf(certificate.subject, 'CN') ?? '',
		issuer: fieldOf(certificate.issuer, 'CN') ?? '',
		...(issuerOrganisation === undefined ? {} : {issuerOrganisation}),
		names: namesIn(certificate.subjectAltName ?? ''),
		validFrom: isoTime(certificate.validFrom),
		validTo: isoTime(certificate.validTo),
		fingerprint: certificate.fingerprint256,
		selfSigned: certificate.subject === certificate.issuer,
	};
}

/** One field of a distinguished name, which Node gives as lines `CN=…`. */
function fieldOf(name: string | undefined, field: string): string | undefined {
	const line = (name ?? '').split('\n').find(one => one.startsWith(`${field}=`));
	return line === undefined ? undefined : plainLine(line.slice(field.length + 1), 120);
}

/** `DNS:box.example, IP Address:10.0.0.1` → the names and addresses. */
function namesIn(subjectAltName: string): readonly string[] {
	return subjectAltName
		.split(', ')
		.map(entry => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1])
		.filter(name => name !== undefined)
		.slice(0, mostNames)
		.map(name => plainLine(name, 253));
}

function isoTime(text: string): string {
	const time = Date.parse(text);
	return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
