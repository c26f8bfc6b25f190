/** Something that clawtalk keeps on disk, played on a disk that fails at every place in turn. */
export interface Scenario {
	readonly name: string;
	/** `false`: what is done cannot be done twice, so that a second run after a failure may fail. */
	readonly canRepeat?: false;
	/** What is there before; the disk is well. */
	prepare(home: string): Promise<void>;
	/** The work, in steps. */
	run(home: string, step: Step): Promise<void>;
	/**
	 * After a failure, on a disk that is well again: throws when something is missing that a step said was saved.
	 * @param isAlive The process went on after the failure.
	 */
	check(home: string, saved: readonly string[], isAlive: boolean): Promise<void>;
}

/** One thing that the user is told of as saved when it resolves. Answers with whether it was; a failure is told, and the scenario goes on. */
export type Step = (name: string, work: () => Promise<unknown>) => Promise<boolean>;
