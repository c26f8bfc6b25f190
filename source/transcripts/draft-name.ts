/**
 * Drafts are `<conversation>.<process>.draft.json`: each process writes a file of its own, so that two that have the same conversation open
 * leave each other's alone, and taking over the draft of a process that is no more is a renaming, which one of several wins.
 */
export interface DraftName {
	readonly name: string;
	readonly conversationId: string;
	/** The owner; absent in files of the first format, which have it inside. */
	readonly pid?: number;
}

export function parseDraftName(name: string): DraftName | undefined {
	const [whole, conversationId, pid] = /^([\w-]{1,128})(?:\.(\d{1,10}))?\.draft\.json$/.exec(name) ?? [];
	if (whole === undefined || conversationId === undefined) return undefined;
	return {name, conversationId, ...(pid !== undefined && {pid: Number(pid)})};
}

/** The drafts of one conversation among the names of a folder. */
export function draftsAmong(names: readonly string[], conversationId: string): readonly DraftName[] {
	return names.flatMap(name => parseDraftName(name) ?? []).filter(draft => draft.conversationId === conversationId);
}

export function isAlive(pid: number): boolean {
	if (pid === process.pid) return true;
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
