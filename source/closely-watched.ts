/**
 * So long after its beginning somebody may well be waiting for an outage to end, in milliseconds: until then it is looked at and counted by
 * the second. Nothing ticks on the screen of somebody who has gone away.
 */
export const closelyWatchedMs = 120_000;
