import {environmentUrls} from './chosen-url.js';
import {readGatewayUrl} from './gateway-url.js';
import {type Places, textSetting} from './places.js';
import {sourceInWords} from './problem-line.js';
import type {Setting, SettingConflict, SettingsFlags, TokenSetting} from './settings.js';
import {configuredTokens, type TokenCandidate} from './token-candidates.js';
import {readTokenText} from './token-text.js';

interface Chosen {
	readonly url: Setting<string>;
	readonly origin: string;
	readonly token: TokenSetting | undefined;
}

/**
 * Sources that give another value than the one in use (matrix C17). Compared in memory, nothing of the values is kept. A gateway named
 * by `--gateway` or `--profile` is a wish and no conflict; nor is the token of another gateway, or one that a program would have to give.
 */
export function findConflicts(
	places: Places,
	flags: SettingsFlags,
	env: Readonly<NodeJS.ProcessEnv>,
	{url, origin, token}: Chosen,
): readonly SettingConflict[] {
	const otherUrl = url.source.kind === 'environment' ? otherUrls(places, env).find(({value}) => originOf(value) !== origin) : undefined;
	const used = token?.value.kind === 'secret' ? token.value.secret.reveal() : undefined;
	const otherToken =
		used === undefined
			? undefined
			: configuredTokens(places, origin, flags, env).find(other => other.belongsTo === origin && differs(other, used));
	return [
		...(otherUrl ? [{setting: 'gatewayUrl' as const, used: sourceInWords(url.source), ignored: sourceInWords(otherUrl.source)}] : []),
		...(otherToken && token
			? [{setting: 'gatewayToken' as const, used: sourceInWords(token.source), ignored: sourceInWords(otherToken.source)}]
			: []),
	];
}

function otherUrls(places: Places, env: Readonly<NodeJS.ProcessEnv>): ReadonlyArray<Setting<string>> {
	const inFile = textSetting(places.inUse, 'gatewayUrl');
	return [...environmentUrls(env), ...(inFile ? [inFile] : [])];
}

function originOf(text: string): string | undefined {
	const url = readGatewayUrl(text);
	return url.ok ? url.origin : undefined;
}

function differs({from}: TokenCandidate, used: string): boolean {
	if (from.kind !== 'text') return false;
	const read = readTokenText(from.text);
	return (read.ok ? read.token : from.text) !== used;
}
