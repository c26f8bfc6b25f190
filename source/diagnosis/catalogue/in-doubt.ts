import type {Confidence, Diagnosis} from '../diagnosis.js';
import {here, onGatewayHost} from '../fixes.js';
import type {Sighting} from './sighting.js';
import type {Words} from './text-words.js';

/**
 * A diagnosis in the words that a text bears out. Rules speak of what clawtalk saw and did; a text that somebody pastes proves less, and
 * says nothing about this machine, its clock, or what was sent.
 */
export function asText(diagnosis: Diagnosis, sighting: Sighting): Diagnosis {
	const words = doubts[diagnosis.id]?.(sighting) ?? {};
	const told = {...diagnosis, explanation: withoutDeeds(diagnosis.explanation), ...words};
	const atMost: Confidence = sighting.isBare && told.confidence === 'certain' ? 'likely' : told.confidence;
	// Where the text names no gateway, a title may begin with words that stand for it.
	return {...told, title: told.title.replace(/^the /, 'The '), confidence: atMost};
}

/** Sentences about what clawtalk itself did, which it did not do here. */
const deeds =
	/\s?(?:No token was sent\.|Nothing was sent(?:, since [^.]{1,60})?\.|Redirects are not followed[^.]{1,120}\.|It is not sent again[^.]{1,160}\.)/g;

function withoutDeeds(explanation: string): string {
	const left = explanation.replace(deeds, '').trim();
	return left === '' ? explanation : left;
}

const lookFirst = here('see what the gateway itself answers', 'clawtalk status');

const doubts: Readonly<Record<string, (sighting: Sighting) => Words>> = {
	H11: ({isBare}) => (isBare ? noSuchPath(404) : {}),
	H12: ({isBare}) => (isBare ? noSuchPath(405) : {}),
	A02: () => ({title: 'The gateway rejected the token'}),
	D01: nameNotFound,
	D02: () => ({explanation: 'The machine that said so may be offline, behind a sign-in page, or without its VPN.'}),
	N28: ({id}) => (id === undefined ? {confidence: 'likely'} : {}),
	L03: () => ({explanation: 'OpenClaw makes such a certificate for itself when TLS is switched on. Anybody else can make one, too.'}),
	L04: unknownAuthority,
	L06: ({line}) => ({
		...(/\bERR_CERT_DATE_INVALID\b/.test(line) ? {title: 'The certificate has expired or is not valid yet'} : {}),
		explanation: 'By the clock of the machine that said so, that is. A wrong clock looks the same.',
	}),
	N19: ({line}) => (/\bchannel \d/.test(line) ? {title: 'The ssh tunnel is up, and its far end does not answer'} : {}),
	A18: ({line}) => (/\bsecure context\b/i.test(line) ? insecurePage : {}),
	O03: portTaken,
};

/** A status alone says neither who answered nor what was asked for. */
function noSuchPath(status: 404 | 405): Words {
	return {
		confidence: 'possible',
		title:
			status === 404
				? '404: nothing is where it was asked for; on a gateway, the chat endpoint may be switched off'
				: '405: what was asked for does not take that method; on an older gateway, the chat endpoint may be switched off',
		explanation: 'The text says neither who answered nor which path was asked for.',
		fixes: [lookFirst],
		rivals: [
			{id: 'H14', title: 'The path does not lead to the gateway', tellApart: 'clawtalk status'},
			...(status === 405
				? [{id: 'H32', title: 'The endpoint is on, and was asked with GET', tellApart: 'the answer has the header Allow: POST'}]
				: [{id: 'H01', title: 'Another program answers there', tellApart: 'clawtalk status'}]),
		],
	};
}

/** Node tells a name that does not exist from a silent name server; curl, browsers and the words of the system do not always. */
function nameNotFound({line, place}: Sighting): Words {
	const explanation = 'It is misspelt, belongs to another network, or the name server of the machine that said so does not know it.';
	if (/\.local\.?$/i.test(place?.host ?? '')) {
		return {
			confidence: 'possible',
			title: `The name ${place?.host} was not found`,
			explanation:
				'Names under .local are asked of the local network itself (mDNS): the machine may be off, on another network, or mDNS is not in use.',
			fixes: [
				here('see whether it answers now (Linux, with Avahi)', 'avahi-resolve -n HOST', 'has-placeholders'),
				here('use the address instead of the name', 'clawtalk config set gatewayUrl http://ADDRESS:18789', 'has-placeholders'),
			],
			rivals: [{id: 'D02', title: 'No name server answered', tellApart: 'clawtalk status'}],
		};
	}
	if (/ENOTFOUND|NXDOMAIN|\bno such host\b/i.test(line)) return {explanation};
	return {
		confidence: 'likely',
		title: place && URL.canParse(`http://${place.host}`) ? `The name ${place.host} was not found` : 'The name of the gateway was not found',
		explanation,
		rivals: [{id: 'D02', title: 'No name server answered', tellApart: 'clawtalk status'}],
	};
}

/** Chromium has one code for every certificate that it cannot lead back to an authority, and its page one sentence for all of them. */
function unknownAuthority({line}: Sighting): Words {
	const selfSigned = {id: 'L03', title: 'The certificate is self-signed', tellApart: 'clawtalk status'};
	const isPage = /\bprivate\b|Security Risk/i.test(line);
	if (isPage) {
		return {
			confidence: 'possible',
			title: 'The browser does not trust the certificate',
			explanation: 'Its page does not say why here; the code below that sentence does, as NET::ERR_CERT_AUTHORITY_INVALID.',
			rivals: [
				selfSigned,
				{id: 'L05', title: 'The certificate is for another name', tellApart: 'clawtalk status'},
				{id: 'L06', title: 'The certificate has expired', tellApart: 'clawtalk status'},
			],
		};
	}
	if (/self[- ]signed certificate in|SELF_SIGNED_CERT_IN_CHAIN/i.test(line)) {
		return {
			title: 'The certificate comes from an authority that is not known there',
			explanation: 'A private authority issued it, or a program on the way that opens TLS (L07).',
		};
	}
	if (!/\bERR_CERT_AUTHORITY_INVALID\b|unknown authority|\bSEC_ERROR_|UNABLE_TO_GET_ISSUER|local issuer/i.test(line)) return {};
	return {
		confidence: 'likely',
		title: 'The certificate comes from an authority that is not known there',
		explanation: 'It is self-signed, a private authority issued it, or the server does not send its whole chain.',
		rivals: [selfSigned],
	};
}

const insecurePage: Words = {
	title: 'The Control UI wants HTTPS, or to be opened on the gateway’s own machine',
	explanation: 'Browsers give a page over plain http no keys to sign with, other than on localhost. clawtalk chats without one.',
	fixes: [
		onGatewayHost('see whether Tailscale Serve gives it an https address', 'tailscale serve status'),
		here('or open a tunnel, and the page on localhost', 'clawtalk tunnel'),
	],
};

/** Any program can find its port taken: that it was a gateway is told by its words, or by the usual port of one. */
function portTaken({line, values}: Sighting): Words {
	const port = values?.['PORT'];
	if (port === '18789' || /\b(?:gateway|openclaw)|StateDatabase/i.test(line.replace(/\/\S*/g, ''))) return {};
	return {
		confidence: 'possible',
		title: `A program could not listen${port === undefined ? '' : ` on port ${port}`}, because another one does`,
		explanation: 'The text does not say which program it was. If it was a gateway, as a rule another gateway has its port.',
		rivals: [{id: 'O04', title: 'Another program owns the port', tellApart: 'who has the port, on that machine'}],
	};
}
