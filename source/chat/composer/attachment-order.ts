/** Orders about files that are to travel with a question. The desk holds what it read, until it is wanted. */
export type AttachmentOrder =
	/** Reads a file once. Answered by `file-read`, `file-doubted` or `file-refused`. */
	| {readonly type: 'read-file'; readonly orderId: number; readonly path: string}
	/** The user said yes to a file that was doubted: answered by `file-read`. */
	| {readonly type: 'release-file'; readonly orderId: number; readonly path: string}
	/** The user said no: what was read is forgotten. */
	| {readonly type: 'forget-file'; readonly orderId: number}
	/** Nothing needs these images any more. */
	| {readonly type: 'release-images'; readonly ids: readonly string[]};

export type AttachmentEvent =
	| {readonly type: 'file-read'; readonly orderId: number; readonly path: string; readonly file: FileRead}
	| {readonly type: 'file-doubted'; readonly orderId: number; readonly path: string; readonly doubted: DoubtedFile}
	/** `problem` is a phrase that follows the path. */
	| {readonly type: 'file-refused'; readonly orderId: number; readonly path: string; readonly problem: string};

export type FileRead =
	| {readonly kind: 'text-file'; readonly bytes: number; readonly text: string}
	/** `id` names the content, which the desk holds. `isUnseen`: this gateway takes images, and its agents do not get to see them. */
	| {readonly kind: 'image'; readonly bytes: number; readonly mediaType: string; readonly id: string; readonly isUnseen?: true};

/** A file that may be a secret; of its content nothing is told but size and kind. */
export interface DoubtedFile {
	/** Each a phrase, `git ignores it`. */
	readonly doubts: readonly string[];
	readonly bytes: number;
	/** `text`, or the media type of an image. */
	readonly what: string;
	/** Where a link leads. */
	readonly leadsTo?: string;
}

/** A file that is being read. */
export interface Attaching {
	readonly orderId: number;
	readonly path: string;
	/** The words in the draft that its label is to stand for; absent: it goes to the caret. */
	readonly mention?: string;
}
