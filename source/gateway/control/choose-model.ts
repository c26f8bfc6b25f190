import type {ControlPlane} from '../control-plane.js';

/** The models that were set from here, by session. */
export type SessionModels = Map<string, string>;

/**
 * Over the control plane the model is a setting of the session (`sessions.patch`; on 2026.2.9 for administrators alone). One that was set
 * from here is given back when a question names none; what others set stays.
 *
 * @returns Why it could not be set.
 */
export async function chooseModel(
	control: ControlPlane,
	models: SessionModels,
	key: string,
	model: string | undefined,
): Promise<{readonly message: string; readonly code: string} | undefined> {
	if (models.get(key) === model) return undefined;
	const answer = await control.call('sessions.patch', {key, model: model ?? null});
	if (!answer.ok) return {message: answer.error.message, code: answer.error.code};
	if (model === undefined) models.delete(key);
	else models.set(key, model);
	return undefined;
}
