/** The media type by magic bytes, of the four that OpenClaw takes; names of files prove nothing. */
export function imageType(bytes: Uint8Array): string | undefined {
	const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
	if (start.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png';
	if (start.startsWith('\xFF\xD8\xFF')) return 'image/jpeg';
	if (/^GIF8[79]a/.test(start)) return 'image/gif';
	if (/^RIFF....WEBP/s.test(start)) return 'image/webp';
	return undefined;
}
