import {approvalScope} from './approval.js';
import type {ControlState} from './control-plane.js';
import type {Capabilities} from './transport.js';

/**
 * What the control plane can do. Tools cannot be seen on 2026.2.9, which shows them to sessions alone that an administrator has made
 * talkative. Images reach the model on both generations, and a run goes on without a connection.
 */
export function wsCapabilities(state: ControlState): Capabilities {
	const hello = state.kind === 'open' ? state.hello : undefined;
	return {
		serverHistory: true,
		reconcile: true,
		tools: hello === undefined || hello.protocol >= 4,
		approvals: hello?.scopes.includes(approvalScope) ?? false,
		sessions: true,
		commands: true,
		attachments: true,
		closeStopsRun: false,
	};
}
