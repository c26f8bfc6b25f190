import {isTransportName, type TransportName, transportNames} from '../transport-names.js';
import {type Place, textSetting} from './places.js';
import {configProblem} from './problem-line.js';
import type {ConfigProblem, Setting} from './settings.js';
import {quoted} from './shown.js';

/** Which way questions go: flag, environment, file. Undefined where nobody says. */
export function chooseTransport(
	places: readonly Place[],
	flag: string | undefined,
	env: Readonly<NodeJS.ProcessEnv>,
): Setting<TransportName> | {readonly problem: ConfigProblem} | undefined {
	const name = 'CLAWTALK_TRANSPORT';
	const fromEnvironment = env[name] || undefined;
	if (flag !== undefined && isTransportName(flag)) return {value: flag, source: {kind: 'flag', name: '--transport'}};
	if (fromEnvironment !== undefined) {
		if (isTransportName(fromEnvironment)) return {value: fromEnvironment, source: {kind: 'environment', name}};
		return {problem: configProblem(name, `is ${quoted(fromEnvironment)}; one of ${transportNames.join(', ')} is needed.`)};
	}
	const inFile = textSetting(places, 'transport');
	return inFile !== undefined && isTransportName(inFile.value) ? {value: inFile.value, source: inFile.source} : undefined;
}
