import type {GatewayAgent, GatewayCommand, GatewayModel} from '../session.js';
import {type Fields, fieldsOf, lineIn, nameIn, objectsIn} from './fields.js';

const descriptionLength = 160;

/** The answer to `agents.list` (2026.9.6; 2026.2.9 gives ids alone). */
export function readAgents(payload: unknown): readonly GatewayAgent[] {
	const fields = fieldsOf(payload);
	const chosen = nameIn(fields, 'defaultId');
	return objectsIn(fields['agents'], 500).flatMap(agent => {
		const id = nameIn(agent, 'id');
		if (id === undefined) return [];
		const name = lineIn(agent, 'name', 60);
		const model = nameIn(fieldsOf(agent['model']), 'primary');
		return [
			{id, ...(name !== undefined && {name}), ...(model !== undefined && {model}), isDefault: id === chosen, thinking: levelsIn(agent)},
		];
	});
}

/** The answer to `models.list`. */
export function readModels(payload: unknown): readonly GatewayModel[] {
	return objectsIn(fieldsOf(payload)['models']).flatMap(model => {
		const id = nameIn(model, 'id');
		const provider = nameIn(model, 'provider');
		if (id === undefined) return [];
		const whole = provider === undefined ? id : `${provider}/${id}`;
		return [{id: whole, name: lineIn(model, 'name', 60) ?? id, isAvailable: model['available'] !== false, thinking: levelsIn(model)}];
	});
}

function levelsIn(fields: Fields): readonly string[] {
	return objectsIn(fields['thinkingLevels'], 20).flatMap(level => nameIn(level, 'id') ?? []);
}

/** The answer to `commands.list` (2026.9.6): those that can be typed. */
export function readCommands(payload: unknown): readonly GatewayCommand[] {
	return objectsIn(fieldsOf(payload)['commands'], 500).flatMap(command => {
		const aliases = typedNames(command['textAliases']);
		const [name = nameIn(command, 'name'), ...others] = aliases;
		if (name === undefined || !isTyped(name) || command['scope'] === 'native') return [];
		const argument = command['acceptsArgs'] === true ? argumentOf(command) : undefined;
		const description = lineIn(command, 'description', descriptionLength) ?? '';
		return [{name, aliases: others, description, ...(argument !== undefined && {argument})}];
	});
}

/** `["/btw", "/side"]` → `btw`, `side`. */
function typedNames(value: unknown): readonly string[] {
	if (!Array.isArray(value)) return [];
	return value.slice(0, 20).flatMap(alias => (typeof alias === 'string' && isTyped(alias.slice(1)) ? [alias.slice(1)] : []));
}

function isTyped(name: string): boolean {
	return /^[\w-]{1,64}$/.test(name);
}

function argumentOf(command: Fields): string {
	const [first] = objectsIn(command['args'], 1);
	return ((first && nameIn(first, 'name')) ?? 'TEXT').toUpperCase();
}
