import {configProblem} from '../../config/problem-line.js';
import type {ConfigProblem} from '../../config/settings.js';
import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {OpenedTunnel, TunnelOptions} from '../../ssh-tunnel/ssh-tunnel.js';
import type {CommandContext} from '../command.js';
import type {TunnelPlan} from './tunnel-plan.js';
import {endInWords, exitCodeOf} from './tunnel-words.js';

type TunnelForCommand =
	| Extract<OpenedTunnel, {ok: true}>
	| {
			readonly ok: false;
			readonly problem: Omit<ConfigProblem, 'exitCode'>;
			readonly exitCode: ExitCode;
			/** Had ssh been able to ask, it might have been let in. */
			readonly mayNeedAnswer: boolean;
	  };

const usualPlaces = ['/usr/bin/ssh', '/usr/local/bin/ssh', '/opt/homebrew/bin/ssh'];

/** Opens the tunnel of a plan, or says in one line why there is none. */
export async function openTunnelFor(
	plan: TunnelPlan,
	{env, signal}: Pick<CommandContext, 'env' | 'signal'>,
	asking: Pick<TunnelOptions, 'mayAsk' | 'mayAskAgain' | 'onLine'>,
): Promise<TunnelForCommand> {
	if (process.platform === 'win32') {
		// The ssh of Windows forwards no Unix sockets, and a port that is not ours all the time is not safe for a token.
		const message = `is not possible on Windows yet. By hand: ssh -N -o ExitOnForwardFailure=yes -L 127.0.0.1:28789:127.0.0.1:${plan.gatewayPort} ${plan.host}, then clawtalk --gateway http://127.0.0.1:28789 --token-from ${plan.profile ?? 'default'}`;
		return failed(configProblem('tunnel', message), exitCodes.configuration);
	}
	const [{firstExecutable, placesInPath}, {openSshTunnel}] = await Promise.all([
		import('../../network/find-program.js'),
		import('../../ssh-tunnel/ssh-tunnel.js'),
	]);
	const program = firstExecutable([...placesInPath('ssh', env['PATH']), ...usualPlaces]);
	if (program === undefined) {
		const message = 'was not found: not in PATH, and not as /usr/bin/ssh. Install an OpenSSH client.';
		return failed(configProblem('ssh', message), exitCodes.configuration);
	}
	const opened = await openSshTunnel({...asking, program, host: plan.host, gatewayPort: plan.gatewayPort, env, signal});
	if (opened.ok) return opened;
	const mayNeedAnswer = opened.end.kind === 'authentication' || opened.end.kind === 'host-key';
	return failed({where: 'tunnel', message: endInWords(plan, opened.end)}, exitCodeOf(opened.end), mayNeedAnswer);
}

function failed(problem: Omit<ConfigProblem, 'exitCode'>, exitCode: ExitCode, mayNeedAnswer = false): TunnelForCommand {
	return {ok: false, problem, exitCode, mayNeedAnswer};
}
