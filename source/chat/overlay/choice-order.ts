/** Orders about what a conversation talks to: the profile, and what of it is kept in the configuration. */
export type ChoiceOrder =
	/** Where a profile leads, before anybody goes there. Answered by `profile-described`, or told why not. */
	| {readonly type: 'describe-profile'; readonly orderId: number; readonly name: string}
	/** Writes one setting beside the gateway in use; `value` absent: takes it out. What came of it is told. */
	| {readonly type: 'save-choice'; readonly setting: SavedChoice; readonly value?: string; readonly profile?: string};

export type ChoiceEvent =
	/** `gateway`: its address, and the path to it in a word. */
	| {readonly type: 'profile-described'; readonly orderId: number; readonly name: string; readonly gateway: string}
	| {readonly type: 'choice-told'; readonly text: string; readonly orderId?: number};

export type SavedChoice = 'defaultAgent' | 'defaultModel' | 'theme';
