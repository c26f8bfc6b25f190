/**
 * A random UUID (RFC 9562, version 4) that names a conversation. Not from `node:crypto`, which takes 8 ms to load before the first paint:
 * V8 seeds `Math.random` from the system's randomness in each process, and the id guards nothing; it only has to differ.
 */
export function newConversationId(): string {
	return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, place => {
		const digit = Math.floor(Math.random() * 16);
		return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
	});
}
