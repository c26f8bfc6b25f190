import {type ExitCode, exitCodes} from '../../exit-codes.js';
import type {Checked} from './status-check.js';

/**
 * What `clawtalk status` ends with, the same in every form: the signal that ended it, else the primary diagnosis.
 *
 * @param otherwise Counts where nothing is wrong with the connection.
 */
export function statusExitCode({endedBy, findings}: Pick<Checked, 'endedBy' | 'findings'>, otherwise: ExitCode = exitCodes.ok): ExitCode {
	return endedBy ?? findings.primary?.exitCode ?? otherwise;
}
