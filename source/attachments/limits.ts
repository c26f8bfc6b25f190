/** One image; OpenClaw 2026.9.6 takes 6 MiB each over its control plane and 20 MB for a whole HTTP request. */
export const maxImageBytes = 6 * 1024 * 1024;
/** All of a request, images in base64; a margin is left for JSON around it. */
export const maxRequestBytes = 19 * 1000 * 1000;
/** One text file of a chat; a longer one is more than a model reads with care, and is better pointed at. */
export const maxTextFileBytes = 256 * 1024;
