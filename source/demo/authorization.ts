/** What an `Authorization` header proves. The scheme may be written in any case; only Bearer counts: observed on 2026.9.6. */
export function authorizationOf(header: string | undefined, token: string): 'right' | 'wrong' | 'absent' {
	if (header === undefined) {
		return 'absent';
	}

	return /^bearer\s+(.*)$/i.exec(header)?.[1]?.trim() === token ? 'right' : 'wrong';
}
