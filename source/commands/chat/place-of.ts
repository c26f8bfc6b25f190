import type {Place} from '../../chat/state.js';
import type {AddressClass} from '../../network/address-class.js';
import {pathTo} from '../../network/path-words.js';

/** How the gateway is named in the status line: the profile, the origin, and the path to it in a word. */
export function placeOf(origin: string, addressClass: AddressClass, profile?: string): Place {
	return {...(profile === undefined ? {} : {profile}), origin, path: pathTo(addressClass)};
}
