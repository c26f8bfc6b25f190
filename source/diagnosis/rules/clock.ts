import {exitCodes} from '../../exit-codes.js';
import type {Rule} from '../diagnosis.js';
import type {Evidence} from '../evidence.js';
import {findLast} from '../find.js';
import {authProblem} from './auth-part.js';
import {apart, setClock} from './clock-fixes.js';
import type {ControlPart} from './control-part.js';
import {refusalOfAnswer} from './refusal.js';

const worthSayingMs = 60_000;
/** Signed sign-ins are refused beyond this in most releases (openclaw/openclaw#24455). */
const tooFarMs = 120_000;

/** How far the clocks are apart, and where that was seen. */
function reading(evidence: Evidence): {readonly index: number; readonly skewMs: number} | undefined {
	const found = findLast(evidence, 'clock-reading');
	if (found) return {index: found.index, skewMs: found.observation.skewMs};
	const challenged = findLast(evidence, 'peer-identified', ({clockSkewMs}) => clockSkewMs !== undefined);
	const skewMs = challenged?.observation.clockSkewMs;
	return challenged && skewMs !== undefined ? {index: challenged.index, skewMs} : undefined;
}

function difference(skewMs: number): string {
	return `The clock of this machine is ${apart(skewMs)} ${skewMs > 0 ? 'ahead of' : 'behind'} the gateway's`;
}

/** A14: a token is taken at any time of day, so this stops no chat over HTTP; a signed sign-in and certificates it does. */
const clocksDiffer: Rule = evidence => {
	const seen = reading(evidence);
	if (!seen || Math.abs(seen.skewMs) < worthSayingMs) return undefined;
	const isOld = (words: string) => words.startsWith('device signature expired');
	const closed = findLast(evidence, 'websocket-closed', ({reason}) => isOld(reason));
	const refused = findLast(evidence, 'control-refused', answer => isOld(refusalOfAnswer(answer).words));
	if (closed ?? refused) return undefined;
	const tooFar = Math.abs(seen.skewMs) >= tooFarMs;
	return authProblem({
		id: 'A14',
		slug: 'auth.clock',
		severity: tooFar ? 'warning' : 'note',
		title: difference(seen.skewMs),
		explanation: `Which of the two is wrong is not known. ${
			tooFar
				? 'The token is taken all the same, but a signed sign-in is refused and certificates may look expired.'
				: 'Up to two minutes do no harm.'
		}`,
		evidence: [seen.index],
		fixes: setClock,
		exitCode: exitCodes.ok,
	});
};

/** What the gateway's refusal of an old signature means once the clocks have been compared. */
export function withReading(evidence: Evidence, part: ControlPart, refusal: number): ControlPart {
	const seen = part.id === 'A14' ? reading(evidence) : undefined;
	if (!seen || Math.abs(seen.skewMs) < tooFarMs) return part;
	return {
		...part,
		confidence: 'certain',
		title: `${difference(seen.skewMs)}, so it refuses the signature of this device`,
		evidence: [refusal, seen.index],
	};
}

export const clockRules: readonly Rule[] = [clocksDiffer];
