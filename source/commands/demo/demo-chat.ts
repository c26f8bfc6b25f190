import type {DemoGateway} from '../../demo/options.js';
import type {ExitCode} from '../../exit-codes.js';
import {openChat} from '../chat/open-chat.js';
import {placeOf} from '../chat/place-of.js';
import {screenWishes} from '../chat/screen-wishes.js';
import type {CommandContext} from '../command.js';
import {openDemoGateway} from './demo-target.js';

/** Opens the chat with the demo agent. Nothing is saved. */
export async function chatWithDemo(context: CommandContext, demo: DemoGateway): Promise<ExitCode> {
	return openChat(
		context,
		{
			openGateway: async () => openDemoGateway(demo, context.flags),
			openProfile: async () => ({ok: false, problem: 'The demo has no profiles; run clawtalk without demo to use yours.'}),
			loadPanelWork: async write => (await import('../chat/panel-work.js')).createPanelWork({context, write}),
			loadComposerWork: async () => (await import('../chat/composer-work.js')).createComposerWork({env: context.env, isApart: true}),
			place: placeOf(demo.origin, 'loopback', 'demo'),
			banner: 'clawtalk, with a demo agent that needs no network. Say hello. /help lists commands and keys.',
		},
		screenWishes(context),
	);
}
