import {exitCodes} from '../../exit-codes.js';
import type {Diagnosis, Rule} from '../diagnosis.js';
import type {Evidence, HttpAnswer} from '../evidence.js';
import {type Found, findApiAnswer, findLast, isIdentified} from '../find.js';
import {here, onGatewayHost, originFix} from '../fixes.js';
import {dialled, hostAndPort} from '../target-words.js';
import {closedUnproved} from './control.js';
import {proxyStatuses} from './server-status.js';
import {firstOf} from './unreachable.js';
import {upgradeWanted} from './upgrade.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'confidence' | 'title' | 'explanation' | 'evidence' | 'fixes'> & Partial<Diagnosis>;

function wrongPeer(part: Part): Diagnosis {
	return {layer: 'identity', severity: 'error', exitCode: exitCodes.unreachable, transient: false, ...part};
}

const checkUrl = here('check host and port of the gateway URL', 'clawtalk config get gatewayUrl');

/** O02: the proxy of the ClawTalk plugin, which hands every header on to a third party. */
const pluginProxy: Rule = evidence => {
	const found = findLast(evidence, 'peer-identified', ({peer}) => peer === 'plugin-proxy');
	if (!found) return undefined;
	return wrongPeer({
		id: 'O02',
		slug: 'peer.plugin-proxy',
		confidence: 'certain',
		title: `${dialled(evidence)} is the rate-limit proxy of the ClawTalk plugin, not the gateway`,
		explanation: 'It passes every request, with its headers, on to api.anthropic.com. The token was not sent.',
		evidence: [found.index],
		fixes: [
			here('use the port of the gateway', 'clawtalk config set gatewayUrl http://HOST:18789', 'has-placeholders'),
			onGatewayHost('if both want the same port, move the proxy', 'openclaw config set plugins.entries.clawtalk.config.proxyPort 18793'),
		],
	});
};

/** Hosts whose only business is signing people in. */
const signInHost = /(?:^|\.)(?:cloudflareaccess\.com|okta\.com|auth0\.com|login\.microsoftonline\.com|accounts\.google\.com)$/;

const isRedirect = ({status}: HttpAnswer): boolean => status >= 300 && status < 400;

/** H03 and H04: a redirect, which is not followed; of the question itself, too, where something before a gateway redirects only that. */
const redirected: Rule = evidence => {
	const identified = isIdentified(evidence);
	const found = identified ? findApiAnswer(evidence, isRedirect) : findLast(evidence, 'http-answer', isRedirect);
	if (!found) return undefined;
	const kept = identified ? 'nothing was sent there' : 'no token was sent';
	const location = found.observation.headers['location'];
	const to = location !== undefined && URL.canParse(location) ? new URL(location) : undefined;
	if (to && signInHost.test(to.hostname)) return signIn(to, found.index, kept);
	const target = hostAndPort(evidence.target);
	const sameHost = to !== undefined && to.hostname === target?.host;
	const https = sameHost && to.protocol === 'https:' && target.scheme === 'http';
	const toItself = sameHost && to.origin === new URL(evidence.target.origin).origin;
	return wrongPeer({
		id: 'H03',
		slug: 'peer.redirect',
		confidence: 'certain',
		title: https ? 'The server insists on HTTPS' : `The server sends us ${to ? `to ${to.origin}${to.pathname}` : 'elsewhere'}`,
		explanation: sameHost
			? `${toItself ? 'A sign-in page, or a program that is no gateway. ' : ''}Redirects are not followed, since a token could go astray: ${kept}.`
			: `That may be the sign-in page of a guest network or of a proxy. Redirects are not followed, and ${kept}.`,
		evidence: [found.index],
		fixes: toItself
			? [checkUrl]
			: sameHost
				? [originFix('use that address', to.origin + (evidence.target.basePath ?? ''))]
				: [here('if this is a guest network, open a browser and sign in'), checkUrl],
	});
};

function signIn(to: URL, index: number, kept: string): Diagnosis {
	return wrongPeer({
		id: 'H04',
		slug: 'peer.login',
		confidence: 'likely',
		title: `An identity proxy wants a sign-in at ${to.host}`,
		explanation: `It stands before the gateway and sends everybody there first. Redirects are not followed, and ${kept}.`,
		evidence: [index],
		fixes: [
			here('give the service token of the proxy as headers of the profile', 'clawtalk config edit'),
			here('or reach the gateway another way: tailnet or SSH tunnel'),
		],
		exitCode: exitCodes.authentication,
	});
}

/** H01 and H02: an HTML page where a gateway was expected. */
const webPage: Rule = evidence => {
	const found = findLast(evidence, 'http-answer', ({body, status}) => body === 'html' && (status < 300 || status === 511));
	if (!found || isIdentified(evidence)) return undefined;
	const {title} = found.observation;
	if (title && /openclaw/i.test(title)) {
		if (closedUnproved(evidence)) return undefined;
		return wrongPeer({
			id: 'H01',
			slug: 'peer.control-ui',
			confidence: 'likely',
			title: 'The Control UI of OpenClaw answers, the gateway behind it does not',
			explanation: 'A proxy maps only the web pages, or the WebSocket that identifies older gateways is blocked. No token was sent.',
			evidence: [found.index],
			fixes: [
				onGatewayHost('let the proxy pass every path and WebSocket upgrades'),
				onGatewayHost('see the version, and whether there is a newer one', 'openclaw update status'),
			],
		});
	}
	return wrongPeer({
		id: 'H02',
		slug: 'peer.web-server',
		confidence: 'likely',
		title: `Another web server answers on ${dialled(evidence)}${title ? ` ("${title}")` : ''}`,
		explanation: 'A program that is not OpenClaw owns this port, or the network wants a sign-in first. No token was sent.',
		evidence: [found.index],
		fixes: [checkUrl, here('if this is a guest network, open a browser and sign in')],
	});
};

/** The peer speaks HTTP and proved nothing: no status says more (those rules come first), and no page that is shown to people. */
const notAGateway: Rule = evidence => {
	const found = findLast(evidence, 'peer-identified');
	const answer = findLast(evidence, 'http-answer');
	const status = answer?.observation.status ?? 0;
	if (!found || isIdentified(evidence) || proxyStatuses.includes(status)) return undefined;
	if (answer && (status >= 500 || refusals.includes(status))) return refusedByStranger(evidence, answer);
	return wrongPeer({
		id: 'H14',
		slug: 'peer.not-a-gateway',
		confidence: 'likely',
		title: `What answers on ${dialled(evidence)} is not an OpenClaw gateway`,
		explanation:
			'It answers neither the health question nor the WebSocket greeting of one: a wrong port, path or backend. No token was sent.',
		evidence: [...(answer ? [answer.index] : []), found.index],
		fixes: [{...checkUrl, action: 'check host, port and path of the gateway URL'}],
	});
};

const refusals: readonly number[] = [401, 403, 429];

/** H14 with less certainty: a refusal says nothing about what is behind. */
function refusedByStranger(evidence: Evidence, {index, observation: {status, headers}}: Found<HttpAnswer>): Diagnosis {
	const server = headers['server'];
	return wrongPeer({
		id: 'H14',
		slug: 'peer.not-a-gateway',
		confidence: 'possible',
		title: `${dialled(evidence)} answers ${status}${server === undefined ? '' : ` (${server})`} and does not prove to be an OpenClaw gateway`,
		explanation: 'A proxy before the gateway may refuse to let us through, or another program owns this port. No token was sent.',
		evidence: [index],
		fixes: [{...checkUrl, action: 'check host, port and path of the gateway URL'}, here('or reach the gateway without a proxy')],
	});
}

/** In the order of decision; `afterStatus` is asked when the HTTP status rules had nothing to say. */
export const identityRules: readonly Rule[] = [pluginProxy, redirected, upgradeWanted];
export const identityRulesAfterStatus: readonly Rule[] = [firstOf(closedUnproved, webPage, notAGateway)];
