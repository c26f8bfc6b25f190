/** What stands in a command for a value of the network, and the value itself where a command must not carry it. */
export interface Filled {
	readonly word: string;
	readonly shownApart?: string;
}

/**
 * Fills an id into a command when it is one: letters, digits and hyphens, at most 64, not beginning like a flag. Anything else leaves
 * the placeholder and is shown beside the command. Without a value there is only the placeholder.
 */
export function fillId(placeholder: string, value: string | undefined): Filled {
	if (value !== undefined && /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value)) return {word: value};
	return value === undefined || value.trim() === '' ? {word: placeholder} : {word: placeholder, shownApart: value};
}
