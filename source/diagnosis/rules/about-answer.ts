import type {Diagnosis} from '../diagnosis.js';
import type {HttpAnswer} from '../evidence.js';
import type {Found} from '../find.js';

type Part = Pick<Diagnosis, 'id' | 'slug' | 'title' | 'explanation' | 'fixes'> & Partial<Diagnosis>;

/** Makes diagnoses that rest on one HTTP answer: certain errors of this layer and exit code, unless the part says otherwise. */
export function aboutAnswer(common: Pick<Diagnosis, 'layer' | 'exitCode'>): (found: Found<HttpAnswer>, part: Part) => Diagnosis {
	return ({index, observation: {retryAfterMs}}, part) => ({
		...common,
		severity: 'error',
		confidence: 'certain',
		evidence: [index],
		transient: false,
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
		...part,
	});
}
