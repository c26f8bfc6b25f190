import type {PathNews} from '../../perform/gateway-link.js';

/** Carries what happens to tunnels to the chat that uses them. */
export interface PathNewsWire {
	readonly tell: (news: PathNews) => void;
	/** One listener. Returns how to stop. */
	readonly hear: (onNews: (news: PathNews) => void) => () => void;
}

export function createPathNews(): PathNewsWire {
	let listener: ((news: PathNews) => void) | undefined;
	return {
		tell: news => listener?.(news),
		hear(onNews) {
			listener = onNews;
			return () => {
				listener = undefined;
			};
		},
	};
}
