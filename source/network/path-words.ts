import type {AddressClass} from './address-class.js';

/** The way to a gateway in a word. */
export type PathWord = 'loopback' | 'LAN' | 'tailnet' | 'this machine' | 'public';

const pathWords: Readonly<Record<AddressClass, PathWord>> = {
	loopback: 'loopback',
	private: 'LAN',
	'link-local': 'LAN',
	'local-name': 'LAN',
	'single-label': 'LAN',
	'unique-local': 'LAN',
	cgnat: 'tailnet',
	'tailscale-v6': 'tailnet',
	'tailnet-name': 'tailnet',
	unspecified: 'this machine',
	public: 'public',
};

/** The word for the way to an address of this class. */
export function pathTo(addressClass: AddressClass): PathWord {
	return pathWords[addressClass];
}
