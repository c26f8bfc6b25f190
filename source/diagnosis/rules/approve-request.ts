import type {Fix} from '../diagnosis.js';
import {fillId} from './placeholder.js';

/**
 * The approval of one request, which lets a device or a node in. Its id comes from the network or from a pasted text: it stands in the
 * command only when it is nothing but an id.
 */
export function approveRequest(of: 'devices' | 'nodes', action: string, requestId: string | undefined): Fix {
	const {word, shownApart} = fillId('REQUEST_ID', requestId);
	return {
		where: 'gateway-host',
		action,
		command: `openclaw ${of} approve ${word}`,
		applicability: 'changes-exposure',
		...(shownApart === undefined ? {} : {shownApart}),
	};
}
