import type {Place} from '../../chat/state.js';
import {loadSettings} from '../../config/load.js';
import type {Settings} from '../../config/settings.js';
import type {ExitCode} from '../../exit-codes.js';
import type {Gateway} from '../../gateway/gateway.js';
import type {OpenedProfile} from '../../perform/gateway-link.js';
import type {SshTunnel} from '../../ssh-tunnel/ssh-tunnel.js';
import {gatewayFor, openingFor, quietTarget} from '../chat.js';
import type {CommandContext} from '../command.js';
import {targetForCommand} from '../gateway-target.js';
import {openTunnelFor} from '../tunnel/open-tunnel.js';
import {planTunnel, type TunnelPlan, throughTunnel} from '../tunnel/tunnel-plan.js';
import {deadFarEnd, endInWords, lossInWords} from '../tunnel/tunnel-words.js';
import {openChat} from './open-chat.js';
import {createPathNews, type PathNewsWire} from './path-news.js';
import {placeOf} from './place-of.js';
import {screenWishes} from './screen-wishes.js';

/** The chat with the gateway at the far end of an open tunnel. Resolves when it was left. @param settings Those of the profile. */
export async function chatThroughTunnel(
	context: CommandContext,
	settings: Settings,
	plan: TunnelPlan,
	tunnel: SshTunnel,
): Promise<ExitCode> {
	const near = throughTunnel(settings, tunnel.origin);
	const result = await targetForCommand(context, {onWithheld: 'carry', settings: {ok: true, settings: near}});
	if (!result.ok) return result.exitCode;
	const news = createPathNews();
	tellNews(plan, tunnel, news);
	const opening = openingFor(context, near, result.target, news);
	return openChat(context, {...opening, place: placeThrough(near)}, screenWishes(context, near));
}

/** `/tunnel`: nothing can be asked while the chat has the terminal, so what needs a question says how to answer it instead. */
export async function openTunnelInChat(profile: string | undefined, context: CommandContext, news: PathNewsWire): Promise<OpenedProfile> {
	const loaded = await loadSettings({flags: profile === undefined ? {} : {profile}, env: context.env, stdinIsTTY: false});
	if (!loaded.ok) return refused(loaded.problems.map(({where, message}) => `${where}: ${message}`).join(' '));
	const planned = planTunnel(loaded.settings);
	if (!planned.ok) return refused(`${planned.problem.where} ${planned.problem.message}`);
	const {plan} = planned;
	const opened = await openTunnelFor(plan, context, {mayAsk: false, mayAskAgain: false});
	if (!opened.ok) {
		const asking = opened.mayNeedAnswer ? ` Here ssh can ask nothing; where it can: clawtalk tunnel ${profile ?? 'default'}` : '';
		return refused(`${opened.problem.message}${asking}`);
	}
	const {tunnel} = opened;
	const near = throughTunnel(loaded.settings, tunnel.origin);
	const {result, said} = await quietTarget({...context, flags: {}}, {ok: true, settings: near});
	if (!result.ok) {
		await tunnel.close();
		return refused(said || 'The tunnel cannot be used.');
	}
	tellNews(plan, tunnel, news);
	const dead = deadFarEnd(plan, tunnel);
	if (dead !== undefined) news.tell({text: sentence(dead)});
	return {ok: true, gateway: withTunnel(await gatewayFor(result.target, context), tunnel), place: placeThrough(near)};
}

function placeThrough({origin, profile}: Settings): Place {
	return {...placeOf(origin.value, 'loopback', profile), path: 'ssh tunnel'};
}

/** Closing the gateway closes its tunnel. */
function withTunnel(gateway: Gateway, tunnel: SshTunnel): Gateway {
	const close = async () => {
		await gateway.close();
		await tunnel.close();
	};
	return {...gateway, close};
}

function tellNews(plan: TunnelPlan, tunnel: SshTunnel, {tell}: PathNewsWire): void {
	let isBroken = false;
	tunnel.hear(event => {
		const wasBroken = isBroken;
		isBroken = event.kind !== 'back';
		if (event.kind === 'back') return tell({});
		if (event.kind === 'given-up') return tell({text: `The tunnel is closed: ${endInWords(plan, event.end)} Then: /tunnel`});
		// Said once an outage; each try that fails would only repeat it.
		if (!wasBroken) tell({text: sentence(lossInWords(plan, event.end))});
	});
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function refused(problem: string): OpenedProfile {
	return {ok: false, problem};
}
