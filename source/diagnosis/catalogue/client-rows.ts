import {exitCodes} from '../../exit-codes.js';
import {here} from '../fixes.js';
import type {TextRow} from './entry.js';

/** Faults of Node and its HTTP clients, as other programs print them. clawtalk guards itself against them. */
export const clientRows: readonly TextRow[] = [
	{
		id: 'D07',
		slug: 'dns.racing-gave-up',
		layer: 'dns',
		severity: 'error',
		confidence: 'likely',
		title: 'Node tried several addresses of the name and gave each of them too little time',
		explanation:
			'It leaves each address 250 ms (500 ms since Node 25), and a slow way, as through a relay of Tailscale, takes longer. clawtalk itself gives them more.',
		fixes: [here('give the program that said so more time', 'export NODE_OPTIONS="--network-family-autoselection-attempt-timeout=2500"')],
		exitCode: exitCodes.unreachable,
		patterns: [/\bAggregateError \[(?:ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\]/],
		samples: ['AggregateError [ETIMEDOUT]:'],
		seeAlso: ['N11'],
	},
	{
		id: 'N25',
		slug: 'client.mixed-undici',
		layer: 'tcp',
		severity: 'error',
		confidence: 'certain',
		title: 'A program mixes two versions of undici',
		explanation:
			'A dispatcher of the package undici was given to the fetch that is built into Node, or the other way round. The network and the gateway are not at fault; clawtalk uses one version for both.',
		fixes: [here('in that program: use fetch and Agent of the same package undici, and keep to one major version')],
		exitCode: exitCodes.protocol,
		patterns: [/\binvalid onRequestStart method\b/, /\bUND_ERR_INVALID_ARG\b.{0,80}\b(?:onRequestStart|dispatcher|handler)\b/],
		samples: ['InvalidArgumentError: invalid onRequestStart method'],
	},
];
