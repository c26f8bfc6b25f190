/**
 * What a long answer looks like: prose, a list, code and a table in the proportions of real ones. Cut into pieces the size of a
 * model's tokens, it is what the benchmark streams.
 */
const article = `## Keeping a small server healthy

A server that nobody watches fails in the same few ways, and most of them announce themselves for days. The **disk** fills because a log was never rotated, the \`swap\` fills because one process leaks, and the certificate runs out on a Sunday. None of these needs a dashboard; each needs one line a day that somebody reads.

Start with what must stay true. Write it down as short sentences, for example that a backup of the last night exists and can be read, that the clock is right to a second, and that the service answers from outside within half a second. A check is then nothing but such a sentence with a command behind it, and an alarm is a sentence that has become false.

- **Disk:** warn at 80 %, and say which directory grew since yesterday.
- **Memory:** look at the trend of a week, never at a single value.
- **Certificates:** count the days that are left and begin to worry at fourteen.

The commands are old and everywhere. Put them into one script, run it from cron, and let it print nothing when all is well:

\`\`\`sh
#!/bin/sh
# Prints what is wrong, and nothing else.
df -P / | awk 'NR == 2 && $5 + 0 > 80 { print "disk: " $5 " used" }'
uptime | awk -F'load average: ' '{ split($2, load, ", "); if (load[1] > 4) print "load: " load[1] }'
find /var/backups -name '*.tar' -mtime -1 | grep -q . || echo "no backup of last night"
\`\`\`

What the script finds is worth more with a memory. Keep its output for a year and compare, because a value that was always strange is not the cause of today's trouble, and one that changed last Tuesday may well be.

| Sign | Usual cause | First thing to do |
| --- | --- | --- |
| slow at the same hour | a backup or an index run | move it, or give it less priority |
| slow after a deployment | a missing index | look at the slowest query |
| slow for one user only | their data, or their line | measure from the server itself |

Finally, practise. Take a machine that does not matter, restore last night's backup on it, and write down how long it took and what was missing. The second time it takes a quarter of the time, and the list of what was missing is the list of what to do next.

`;

const pieces = article.match(/\s*\S{1,7}|\s+$/g) ?? [];

/** The piece at an index; after the last one the article begins again. */
export function articlePiece(index: number): string {
	return pieces[index % pieces.length] ?? '';
}
