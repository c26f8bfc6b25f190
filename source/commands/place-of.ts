import type {Place} from '../chat/state.js';
import type {AddressClass} from '../network/address-class.js';

const pathWords: Readonly<Record<AddressClass, string>> = {
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

/** How the gateway is named in the status line: the profile, the origin, and the path to it in a word. */
export function placeOf(origin: string, addressClass: AddressClass, profile?: string): Place {
	return {...(profile === undefined ? {} : {profile}), origin, path: pathWords[addressClass]};
}
