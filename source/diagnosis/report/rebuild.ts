import type {Field, Fields} from './field.js';

/** How the values of fields are made into new ones; `undefined` leaves the value out. */
export interface Maker {
	/** Any field that is text, by its type. */
	text(type: string, value: string): string | undefined;
	headers(value: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
}

/** A value that is not what its field says. */
export class FieldError extends Error {
	constructor(
		readonly where: string,
		readonly wanted: string,
	) {
		super(`${where} is not ${wanted}`);
		this.name = 'FieldError';
	}
}

const mostItems = 1000;

/**
 * A new object with the known fields of a value, and nothing else of it.
 *
 * @throws FieldError when a field is missing or of another type.
 */
export function rebuild(value: unknown, fields: Fields, maker: Maker, where: string): Record<string, unknown> {
	if (!isRecord(value)) throw new FieldError(where, 'an object');
	const made: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		const given = Object.hasOwn(value, name) ? value[name] : undefined;
		if (given === undefined && field.optional) continue;
		const one = rebuildField(given, field, maker, `${where}.${name}`);
		if (one !== undefined) made[name] = one;
		else if (!field.optional) throw new FieldError(`${where}.${name}`, 'known');
	}
	return made;
}

function rebuildField(value: unknown, field: Field, maker: Maker, where: string): unknown {
	switch (field.type) {
		case 'number':
			if (typeof value !== 'number' || !Number.isFinite(value)) throw new FieldError(where, 'a number');
			return value;
		case 'boolean':
			if (typeof value !== 'boolean') throw new FieldError(where, 'true or false');
			return value;
		case 'word':
			if (typeof value !== 'string' || !field.values.includes(value)) throw new FieldError(where, `one of ${field.values.join(', ')}`);
			return value;
		case 'list':
			if (!Array.isArray(value) || value.length > mostItems) throw new FieldError(where, `a list of at most ${mostItems}`);
			return value.map((item, index) => rebuildField(item, field.of, maker, `${where}[${index}]`)).filter(item => item !== undefined);
		case 'object':
			return rebuild(value, field.fields, maker, where);
		case 'headers':
			if (!isRecord(value) || !Object.values(value).every(one => typeof one === 'string')) throw new FieldError(where, 'headers');
			return maker.headers(value as Readonly<Record<string, string>>);
		default:
			if (typeof value !== 'string') throw new FieldError(where, 'text');
			return maker.text(field.type, value);
	}
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
