import type {Evidence} from '../../diagnosis/evidence.js';
import {exitCodes} from '../../exit-codes.js';
import {canConverse} from '../../gateway/chosen-transport.js';
import type {Gateway} from '../../gateway/gateway.js';
import type {AskOptions} from './ask-options.js';
import type {AskResult} from './ask-result.js';

/**
 * Tools can be seen over the control plane alone: where they are asked for, it is dialled first, and the question takes it.
 *
 * @returns Why nothing is to be sent; undefined when all is well, or when tools were only wished to be seen.
 */
export async function seeTools(
	{transport, control, target}: Pick<Gateway, 'transport' | 'control' | 'target'>,
	{requireTools, showTools}: Pick<AskOptions, 'requireTools' | 'showTools'>,
	signal: AbortSignal,
): Promise<{readonly result: AskResult; readonly evidence?: Evidence} | undefined> {
	if (!requireTools && !showTools) return undefined;
	if (target.transport === 'http') return requireTools ? refused(overHttp) : undefined;
	const {value, evidence} = await control.connect(signal);
	if (!requireTools || signal.aborted || transport.capabilities.tools) return undefined;
	if (canConverse(value)) return refused('--require-tools: this gateway does not show tools (OpenClaw 2026.2.9), so nothing was sent.');
	const {judgeEvidence} = await import('./ask-result.js');
	return {result: judgeEvidence(evidence, '--require-tools needs the control plane, which cannot be used.'), evidence};
}

const overHttp = '--require-tools: chat completions over HTTP do not show whether tools failed, so nothing was sent.';

function refused(error: string): {readonly result: AskResult} {
	return {result: {exitCode: exitCodes.usage, error, notes: [], diagnoses: []}};
}
