/*
 * Preloaded into a program (`node --import`): at SIGUSR2 its wall clock is three hours further, as after a suspended night on Linux, where timers
 * and the monotonic clock stand still meanwhile. Nothing else of the program is changed.
 */

/** Three hours. */
export const jumpMs = 3 * 3_600_000;

const RealDate = Date;
let aheadMs = 0;
const now = () => RealDate.now() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
	construct: (target, given: unknown[]) => Reflect.construct(target, given.length === 0 ? [now()] : given),
	apply: () => new RealDate(now()).toString(),
	get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
process.on('SIGUSR2', () => {
	aheadMs += jumpMs;
});
