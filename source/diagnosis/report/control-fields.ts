import type {ControlRefused, ControlWelcomed, NodeSeen, NodesListed, ObservationBase, SequenceGap, ToolFailed} from '../evidence.js';
import {boolean, code, type Fields, type FieldsOf, list, number, object, optional, text, word} from './field.js';

/** Observations of the control plane with their fields. */
export function controlFields(
	base: FieldsOf<ObservationBase>,
): Readonly<Record<'control-refused' | 'control-welcomed' | 'sequence-gap' | 'nodes-listed' | 'tool-failed', Fields>> {
	const refused: FieldsOf<Omit<ControlRefused, 'kind'>> = {
		...base,
		code,
		detail: optional(code),
		message: text,
		reason: optional(text),
		requestId: optional(text),
		nextStep: optional(text),
		retryAfterMs: optional(number),
		expectedProtocol: optional(number),
		deviceId: optional(text),
		requestedScopes: optional(list(text)),
		with: word('token', 'password', 'device-token', 'nothing'),
	};
	const welcomed: FieldsOf<Omit<ControlWelcomed, 'kind'>> = {
		...base,
		protocol: number,
		version: optional(text),
		bootId: optional(text),
		uptimeMs: optional(number),
		scopes: list(text),
		missingScopes: list(text),
		authMethod: optional(text),
	};
	const gap: FieldsOf<Omit<SequenceGap, 'kind'>> = {...base, missing: number};
	const node: FieldsOf<Omit<NodeSeen, 'permissions'>> = {
		id: text,
		name: optional(text),
		platform: optional(text),
		connected: boolean,
		paired: optional(boolean),
		approval: optional(word('approved', 'pending', 'unapproved')),
		requestId: optional(text),
		commands: list(text),
		lastSeenAt: optional(number),
	};
	const nodes: FieldsOf<Omit<NodesListed, 'kind'>> = {...base, nodes: list(object(node))};
	const tool: FieldsOf<Omit<ToolFailed, 'kind'>> = {...base, tool: text, message: text, node: optional(text)};
	return {'control-refused': refused, 'control-welcomed': welcomed, 'sequence-gap': gap, 'nodes-listed': nodes, 'tool-failed': tool};
}
