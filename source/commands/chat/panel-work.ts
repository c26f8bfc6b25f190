import {loadSettings} from '../../config/load.js';
import {locate} from '../../config/location.js';
import type {Settings} from '../../config/settings.js';
import type {Observation} from '../../diagnosis/evidence.js';
import {explained} from '../../diagnosis/explained.js';
import {redact} from '../../diagnosis/redact.js';
import {openConnectionMemory} from '../../history/connection-memory.js';
import type {PanelWork} from '../../perform/panel-work.js';
import {clipboardSequence} from '../../terminal/clipboard.js';
import {sanitizeLine} from '../../terminal/sanitize.js';
import type {CommandContext} from '../command.js';
import {openAddress, profileIn, saveSetting} from './panel-address.js';
import {renewToken, saveToken, tryToken} from './panel-token.js';
import {type TokenPlace, tokenPlaceInWords} from './token-place.js';

/** What the panel of one chat works with. */
export interface PanelSetting {
	readonly context: CommandContext;
	/** Absent in the demo, which has no configuration. */
	readonly settings?: Settings;
	/** Writes control sequences to the terminal. */
	readonly write: (sequence: string) => void;
}

/** The connection panel's work outside of the chat. Loaded when the panel is first opened. */
export function createPanelWork(setting: PanelSetting): PanelWork {
	const {context, settings} = setting;
	let profile: string | undefined;
	let tokenPlace: TokenPlace | undefined;
	return {
		lookOptions: async target => ({
			env: context.env,
			minimal: settings === undefined || (await isMinimal(context, settings, profileIn(target.source))),
			before: settings === undefined ? [] : await knownBefore(context, settings, target.origin),
		}),
		pauseOf(evidence, cause) {
			const {primary} = explained(evidence, cause).findings;
			return primary?.transient ? (primary.retryAfterMs ?? usualPauseMs) : undefined;
		},
		copyFix: (evidence, cause, number) => copyFix(setting, explained(evidence, cause).findings.primary?.fixes[number - 1], number),
		async makeReport(evidence, cause) {
			const {reportText} = await import('./panel-report.js');
			return reportText(explained(evidence, cause).evidence);
		},
		async writeReport(text) {
			const {writeReport} = await import('./panel-report.js');
			return writeReport(context.env, text, new Date());
		},
		openAddress(origin, left) {
			profile = profileIn(left.source);
			return openAddress(setting, origin, left);
		},
		saveAddress: origin => saveSetting(context, 'gatewayUrl', origin, profile),
		renewToken: (evidence, cause, left, signal) => renewToken(setting, explained(evidence, cause), left, signal),
		async tryToken(token, left, signal) {
			const tried = await tryToken(setting, token, left, signal);
			if (!tried.ok) return tried;
			const {gateway, place} = tried;
			tokenPlace = place;
			return {ok: true, gateway, ...(place && {savedIn: tokenPlaceInWords(place)})};
		},
		saveToken: async token => (tokenPlace === undefined ? 'There is no place to save it.' : saveToken(setting, token, tokenPlace)),
	};
}

const usualPauseMs = 5_000;

/** As the profile that is in use by now wants it; where that cannot be read, the less is looked at. */
async function isMinimal({env}: CommandContext, settings: Settings, profile: string | undefined): Promise<boolean> {
	if (profile === undefined || profile === settings.profile) return settings.probes.value === 'minimal';
	const loaded = await loadSettings({flags: {profile}, env, stdinIsTTY: false});
	return !loaded.ok || loaded.settings.probes.value === 'minimal';
}

/** What the sources of the settings disagreed about is of the gateway that the chat began with. */
async function knownBefore({env}: CommandContext, settings: Settings, origin: string): Promise<readonly Observation[]> {
	const known = await openConnectionMemory(locate(env)).lastKnownGood(origin);
	const conflicts = origin === settings.origin.value ? settings.conflicts : [];
	const observed = conflicts.map((conflict): Observation => ({kind: 'value-conflict', layer: 'config', atMs: 0, ...conflict}));
	return [...observed, ...(known ? [known] : [])];
}

/** Nobody answers whether the terminal obeyed, so nothing more is claimed. */
function copyFix({context, write}: PanelSetting, fix: Parameters<typeof sayCopied>[0] | undefined, number: number): string {
	if (fix === undefined) return `There is no fix ${number}.`;
	if (fix.command === undefined) return `Fix ${number} is no command.`;
	write(clipboardSequence(sanitizeLine(redact(fix.command)), context.env));
	return sayCopied(fix, number, context.env);
}

function sayCopied(
	{applicability}: {readonly command?: string; readonly applicability: string},
	number: number,
	env: CommandContext['env'],
): string {
	const notes = [
		...(applicability === 'has-placeholders' ? ['replace its words in CAPITALS'] : []),
		...(env['TMUX'] ? ['tmux passes it on with: set -g set-clipboard on'] : []),
	];
	return `${[`Command ${number} was sent to your terminal, unconfirmed`, ...notes].join('; ')}.`;
}
