import {locate} from '../../config/location.js';
import {readConfigFile} from '../../config/read.js';
import {promptsFor} from '../prompts.js';
import type {SetupContext} from '../setup.js';

/** True when nothing says which gateway to use (no file, flag or environment) and there is a terminal to ask on. */
export async function needsSetup(context: Pick<SetupContext, 'flags' | 'env' | 'stdin' | 'stderr' | 'signal'>): Promise<boolean> {
	const {flags, env} = context;
	if (promptsFor(context) === undefined || flags.gateway !== undefined || flags.profile !== undefined) return false;
	const families = ['CLAWTALK_GATEWAY_URL', 'CLAWTALK_GATEWAY_TOKEN', 'CLAWTALK_PROFILE', 'OPENCLAW_GATEWAY_URL', 'OPENCLAW_GATEWAY_TOKEN'];
	if ([...families, 'OPENCLAW_GATEWAY_PASSWORD'].some(name => env[name])) return false;
	return (await readConfigFile(locate(env).configFile)).kind === 'absent';
}
