import type {InText} from './entry.js';

/** Rules whose evidence nothing gives that clawtalk does: what they are recognised in, and why clawtalk does not see that by itself. */
export const inText: Readonly<Record<string, InText>> = {
	...because('No connection carries this code: some clients make it up where TLS failed. clawtalk sees what was wrong with TLS itself.', {
		W22: 'gateway closed (1015): no close reason',
	}),
	...because('clawtalk gives an answer up only when the gateway has been silent for minutes and no longer answers its health check.', {
		S05: 'BodyTimeoutError: UND_ERR_BODY_TIMEOUT',
	}),
	...because('clawtalk waits for an answer as long as the gateway answers its health check. Other programs give up by a clock.', {
		S06: 'HeadersTimeoutError: UND_ERR_HEADERS_TIMEOUT',
	}),
	...because('It takes a connection that dies in the very moment in which a question is sent.', {
		S11: 'write EPIPE',
	}),
};

function because(reason: string, samples: Readonly<Record<string, string>>): Readonly<Record<string, InText>> {
	return Object.fromEntries(Object.entries(samples).map(([id, sample]) => [id, {reason, samples: [sample]}]));
}
