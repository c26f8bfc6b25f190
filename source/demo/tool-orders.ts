import type {Session} from './sessions.js';
import {isOld, type World} from './world.js';

/** What the orders about tools in a message come to: an answer in the place of the model's, or what the model gets to read. */
export type Obeyed = {readonly answer: string} | {readonly rest: string};

const level = /(^|\s)\/(?:elevated|elev)(?=$|[\s:])\s{0,20}:?\s{0,20}[A-Za-z-]*/gi;
const policy = /(^|\s)\/exec(?=$|[\s:])((?:\s+(?:host|security|ask|node)=\S*)*)/gi;

/** Orders stand anywhere in a message that comes over the control plane; 2026.9.6 answers /elevated alone, whatever stands around it. */
export function obeyToolOrders(world: World, {key}: Session, message: string): Obeyed {
	const old = isOld(world);
	const [, , options = ''] = [...message.matchAll(policy)][0] ?? [];
	const rest = message.replace(level, ' ').replace(policy, ' ');
	if (rest === message) return {rest};
	const isAlone = rest.trim() === '';
	if (message.search(level) >= 0 && (isAlone || !old)) return {answer: notAvailable(old, key)};
	if (isAlone) return {answer: options.trim() === '' ? defaults(old) : changed(old, options.trim().replace(/\s+/g, ', '))};
	return {rest: rest.replace(/\s+/g, ' ').trim()};
}

/** What 2026.9.6 takes out of a message before it reads it. */
export function withoutControls(message: string): string {
	return message.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '');
}

function notAvailable(old: boolean, key: string): string {
	const agents = old ? 'agents.list[]' : 'agents.entries.*';
	return [
		'elevated is not available right now (runtime=direct).',
		'Failing gates: allowFrom (tools.elevated.allowFrom.webchat)',
		'Fix-it keys:',
		...['tools', `${agents}.tools`].flatMap(of => [`- ${of}.elevated.enabled`, `- ${of}.elevated.allowFrom.<provider>`]),
		`See: openclaw sandbox explain --session ${key}`,
	].join('\n');
}

function defaults(old: boolean): string {
	const now = old ? 'host=sandbox, security=deny, ask=on-miss' : 'host=auto, effective=gateway, security=full, ask=off';
	const hosts = old ? 'sandbox|gateway|node' : 'auto|sandbox|gateway|node';
	return `Current exec defaults: ${now}, node=(unset).\nOptions: host=${hosts}, security=deny|allowlist|full, ask=off|on-miss|always, node=<id>.`;
}

function changed(old: boolean, options: string): string {
	return old ? `⚙️ Exec defaults set (${options}).` : `⚙️ Exec policy for this run only (${options}).`;
}
