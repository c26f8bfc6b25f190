import type {ControlPlane} from '../../gateway/control-plane.js';
import {pauseAfter} from '../../perform/backoff.js';

/** For commands without a watch: brings a connection back that was lost, so that its run can be looked up. @returns How to stop. */
export function redialWhenLost(control: ControlPlane, signal: AbortSignal): () => void {
	let timer: NodeJS.Timeout | undefined;
	let stopped = false;
	const dial = async (since: number) => {
		if (stopped || signal.aborted) return;
		const {value} = await control.connect(signal);
		if (value.kind !== 'open') again(since);
	};
	const again = (since: number) => {
		if (!stopped) timer = setTimeout(() => void dial(since), pauseAfter(performance.now() - since, Math.random()));
	};
	const stopHearing = control.hear(news => {
		if (news.kind === 'closed') again(performance.now());
	});
	return () => {
		stopped = true;
		clearTimeout(timer);
		stopHearing();
	};
}
