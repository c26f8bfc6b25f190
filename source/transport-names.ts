/** Which way questions are to go. `auto`: the better one of those that work. */
export const transportNames = ['auto', 'http', 'ws'] as const;

export type TransportName = (typeof transportNames)[number];

export function isTransportName(name: string): name is TransportName {
	return transportNames.some(known => known === name);
}
