import type {ConnectedPeer} from '../network/connector.js';

/** The certificate is not the pinned one. Nothing was sent. */
export class PinMismatchError extends Error {
	override readonly name = 'PinMismatchError';
	readonly code = 'ERR_PIN_MISMATCH';

	constructor(
		readonly pinned: string,
		readonly presented: string,
	) {
		super('the certificate is not the pinned one');
	}
}

/** Thrown by a connection that was opened only to read the certificate. */
class CertificateRead extends Error {}

/** Fingerprints in one form: colon-separated upper-case hex, whatever the user or Node wrote. */
export function normalizeFingerprint(text: string): string {
	const digits = text.replace(/^sha-?256[:= ]*/i, '').replace(/[^0-9a-f]/gi, '');
	return (digits.toUpperCase().match(/.{2}/g) ?? []).join(':');
}

/** An error when a pin is set and the peer shows another certificate, or none. */
export function checkPin(pin: string | undefined, peer: ConnectedPeer): PinMismatchError | undefined {
	if (pin === undefined) return undefined;
	const pinned = normalizeFingerprint(pin);
	const presented = peer.fingerprint ?? '';
	return pinned !== '' && pinned === presented ? undefined : new PinMismatchError(pinned, presented);
}

/**
 * The SHA-256 fingerprint of the certificate that an https origin shows, whoever signed it. Sends nothing beyond the handshake.
 *
 * @throws The system or TLS error when there is no handshake.
 */
export async function readFingerprint(
	origin: string,
	options: {readonly proxy?: string; readonly signal?: AbortSignal} = {},
): Promise<string> {
	const {createSingleConnection} = await import('../network/single-connection.js');
	const connection = createSingleConnection(origin, {
		proxy: options.proxy,
		verifyCertificate: false,
		accept: () => new CertificateRead(),
	});
	try {
		await connection.fetch(`${origin}/`, options.signal === undefined ? {} : {signal: options.signal});
	} catch (error) {
		if (!(error instanceof CertificateRead)) throw error;
	} finally {
		connection.destroy();
	}
	const {fingerprint} = connection.state.peer;
	if (fingerprint === undefined) throw new Error(`${origin} showed no certificate`);
	return fingerprint;
}
