import {readGatewayUrl} from '../../config/gateway-url.js';
import {locate} from '../../config/location.js';
import {openRefusals} from '../../config/refusals.js';
import {resolveTarget} from '../../config/resolve-target.js';
import {usualScreen} from '../../config/screen-settings.js';
import type {Settings} from '../../config/settings.js';
import type {Fix} from '../../diagnosis/diagnosis.js';
import {Secret} from '../../diagnosis/redact.js';
import {justTyped} from '../../diagnosis/target-words.js';
import type {GatewayTarget} from '../../gateway/gateway.js';
import {isTailscalePeer} from '../gateway-target.js';
import type {SetupContext} from '../setup.js';

/** What trying the answers of the setup showed, in one line. */
export interface GatewayCheck {
	readonly ok: boolean;
	readonly line: string;
}

/** The answers of the setup as a target, with the same rules about the token as later; a line when they forbid to try. */
export async function targetToTry(
	context: SetupContext,
	answers: {readonly gatewayUrl: string; readonly gatewayToken?: string; readonly tokenSource?: string},
): Promise<GatewayTarget | GatewayCheck> {
	const url = readGatewayUrl(answers.gatewayUrl);
	if (!url.ok) return {ok: false, line: url.finding.message};
	const locations = locate(context.env);
	const source = {kind: 'file', path: locations.configFile} as const;
	const settings: Settings = {
		origin: {value: url.origin, source},
		basePath: url.basePath,
		addressClass: url.addressClass,
		...(answers.gatewayToken === undefined
			? {}
			: {token: {source, belongsTo: url.origin, value: {kind: 'secret', secret: new Secret(answers.gatewayToken)}}}),
		theme: {value: 'auto', source: {kind: 'default'}},
		screen: usualScreen,
		probes: {value: 'full', source: {kind: 'default'}},
		headers: {},
		corrections: [],
		warnings: [],
		conflicts: [],
	};
	const result = await resolveTarget(settings, {
		locations,
		env: context.env,
		insecure: context.flags.insecure === true,
		isTailscalePeer: context.isTailscalePeer ?? isTailscalePeer,
		onWithheld: 'stop',
		signal: context.signal,
	});
	return result.ok
		? typed(result.target, answers.tokenSource)
		: {ok: false, line: `Not tried: ${result.problems.map(({message}) => message).join(' ')}`};
}

/** Nothing is saved yet, so no answer is from config.json. */
function typed(target: GatewayTarget, tokenSource = justTyped): GatewayTarget {
	const {credential} = target;
	return {...target, source: justTyped, credential: credential.kind === 'none' ? credential : {...credential, source: tokenSource}};
}

/** Is it a gateway, does it take the token, is its chat endpoint on? Starts no run. */
export async function checkGateway(target: GatewayTarget, env: Readonly<NodeJS.ProcessEnv>, signal: AbortSignal): Promise<GatewayCheck> {
	const [{openGateway}, {failureLines, fixLine}, {diagnose}] = await Promise.all([
		import('../../gateway/open-gateway.js'),
		import('../../diagnosis/failure-lines.js'),
		import('../../diagnosis/diagnose.js'),
	]);
	const gateway = openGateway(target, {ledger: openRefusals(locate(env)), env, now: Date.now});
	try {
		await gateway.forgetRefusal();
		const {value, evidence} = await gateway.checkAccess(signal, {withEmptyQuestion: true});
		if (value.auth === 'ok' && value.chat === 'on') return {ok: true, line: `${target.origin} is an OpenClaw gateway and takes the token.`};
		// Not `clawtalk status`: it would look at the gateway of before, as nothing is saved yet.
		const {primary, ...others} = diagnose(evidence);
		if (primary !== undefined) {
			const [seen] = failureLines(evidence, {primary, ...others});
			// A command with gaps is nothing to begin with: on the first start the gateway that does not run is the likely one.
			const isReady = ({where, command, applicability}: Fix) =>
				where === 'here' && command !== undefined && applicability !== 'has-placeholders';
			const fix = primary.fixes.find(isReady) ?? primary.fixes[0];
			return {ok: false, line: [seen, fix && fixLine(fix)].filter(Boolean).join(' ')};
		}
		return {
			ok: value.chat === 'on',
			line: `${target.origin} is an OpenClaw gateway; whether it takes the token will show with the first question.`,
		};
	} finally {
		await gateway.close();
	}
}
