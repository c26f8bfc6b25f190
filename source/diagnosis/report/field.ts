/** What a field of evidence may hold. Only what a field says leaves in a report; only what fits it is taken from a file. */
export type Field =
	| {readonly type: Plain}
	| {readonly type: 'word'; readonly values: readonly string[]}
	| {readonly type: 'list'; readonly of: Field}
	| {readonly type: 'object'; readonly fields: Fields};

/**
 * `text` is free text of others. `name` is a host name, `address` an address or a name; `path` the path of a request; `source` where a
 * setting came from; `code` an error code; `flags` the name of a variable or flag.
 */
type Plain =
	| 'number'
	| 'boolean'
	| 'time'
	| 'origin'
	| 'address'
	| 'text'
	| 'code'
	| 'path'
	| 'content-type'
	| 'headers'
	| 'fingerprint'
	| 'version'
	| 'source'
	| 'row'
	| 'flags';

export type Fields = Readonly<Record<string, Field & {readonly optional?: boolean}>>;

/** The fields of an interface, all of them: one that is added to the evidence and not here does not compile. */
export type FieldsOf<T> = {
	readonly [K in keyof T]-?: Field & (Partial<Pick<T, K>> extends Pick<T, K> ? {readonly optional: true} : {readonly optional?: never});
};

export const number = {type: 'number'} as const;
export const boolean = {type: 'boolean'} as const;
export const time = {type: 'time'} as const;
export const origin = {type: 'origin'} as const;
export const address = {type: 'address'} as const;
export const text = {type: 'text'} as const;
export const code = {type: 'code'} as const;
export const source = {type: 'source'} as const;
export const version = {type: 'version'} as const;
export const fingerprint = {type: 'fingerprint'} as const;

/** One of these words, which are ours. */
export function word<const T extends readonly string[]>(...values: T): {readonly type: 'word'; readonly values: T} {
	return {type: 'word', values};
}

export function list<const T extends Field>(of: T): {readonly type: 'list'; readonly of: T} {
	return {type: 'list', of};
}

export function object<T>(fields: FieldsOf<T>): {readonly type: 'object'; readonly fields: Fields} {
	return {type: 'object', fields: fields as unknown as Fields};
}

export function optional<const T extends Field>(field: T): T & {readonly optional: true} {
	return {...field, optional: true};
}
