import {
	Box,
	type DOMElement,
	Static,
	type SuspendTerminal,
	Text,
	useApp,
	useCursor,
	useInput,
	usePaste,
	useStdout,
	useWindowSize,
} from 'ink';
import {useEffect, useInsertionEffect, useLayoutEffect, useRef, useSyncExternalStore} from 'react';
import type {Entry, State} from '../chat/state.js';
import {createInputBurst} from '../terminal/input-burst.js';
import type {KeyAction, KeyReader} from '../terminal/keys.js';
import type {Drawing} from './drawing.js';
import {EntriesView} from './entries-view.js';
import {liveRows} from './layout.js';
import {type LiveArea, liveArea} from './live-area.js';

export interface ChatScreenProps {
	/** The state, from outside of React: commands must run exactly once. */
	readonly source: {getState(): State; subscribe(listener: () => void): () => void};
	readonly drawing: Drawing;
	readonly keys: KeyReader;
	/** Every key but Ctrl+Z, as meaning. */
	onAction(action: Exclude<KeyAction, {type: 'suspend-requested'}>): void;
	/** Ctrl+Z. */
	onSuspend(): void;
	/** How another program gets the terminal for a while. */
	onMount(suspendTerminal: SuspendTerminal): void;
	/** What the next frame shows in the live area. */
	onDraw(area: LiveArea): void;
	/** So many rows of an unfinished answer may be drawn; without it, all that fit. */
	mostTail?(): number | undefined;
	/** So many entries are in the scrollback; told when many are kept that need not be. */
	onPrinted?(count: number): void;
}

/** The whole chat: finished entries go to the scrollback once, a small live area below them is drawn again. */
export function ChatScreen(props: ChatScreenProps) {
	const {source, drawing, keys, onAction, onSuspend, onMount, onDraw, onPrinted, mostTail} = props;
	const state = useSyncExternalStore(source.subscribe, source.getState);
	const {columns, rows} = useWindowSize();
	const {exit, suspendTerminal} = useApp();
	const act = (actions: readonly KeyAction[]) => {
		for (const action of actions) {
			if (action.type === 'suspend-requested') onSuspend();
			else onAction(action);
		}
	};
	const burst = useRef(createInputBurst()).current;
	useInput((input, key) => act(burst.read(keys.read(input, key), Date.now())));
	usePaste(text => act(keys.paste(text)));
	useLayoutEffect(() => onMount(suspendTerminal));
	const {entries, forgotten} = state;
	useLayoutEffect(() => {
		if (entries.length >= mostEntries) onPrinted?.(forgotten + entries.length);
	}, [entries, forgotten, onPrinted]);
	const isQuitting = state.phase === 'quitting';
	useEffect(() => {
		if (isQuitting) exit();
	}, [isQuitting, exit]);
	return (
		<>
			<Static items={useBatches(state)}>
				{([first, ...more]) => (
					<EntriesView key={first.id} entries={[first, ...more]} width={columns} drawing={drawing} raw={state.raw === true} />
				)}
			</Static>
			{isQuitting ? null : <Live {...{state, columns, rows, drawing, onDraw}} mostTail={mostTail?.()} />}
		</>
	);
}

/** From so many on, those that are printed are let go. */
const mostEntries = 400;

type Batch = [Entry, ...Entry[]];

/**
 * Entries that came with one change of state, together: a fast answer finishes many blocks a frame, and each node costs a layout. Ink asks
 * for what stands behind the number of those it has printed: the places of those before are kept, and nothing else of them.
 */
function useBatches({entries, forgotten}: State): Batch[] {
	const printed = useRef<{readonly count: number; readonly batches: Batch[]}>({count: 0, batches: []});
	const [first, ...more] = entries.slice(Math.max(0, printed.current.count - forgotten));
	if (first) {
		const batches = new Array<Batch>(printed.current.batches.length + 1);
		batches[batches.length - 1] = [first, ...more];
		printed.current = {count: forgotten + entries.length, batches};
	}
	return printed.current.batches;
}

interface LiveProps extends Pick<ChatScreenProps, 'drawing' | 'onDraw'> {
	readonly state: State;
	readonly columns: number;
	readonly rows: number;
	readonly mostTail: number | undefined;
}

function Live({state, columns, rows, drawing, onDraw, mostTail}: LiveProps) {
	const area = liveArea(state, columns, rows, drawing, mostTail);
	// The terminal's own cursor stands at the caret: input methods open their windows there.
	const {setCursorPosition} = useCursor();
	setCursorPosition(area.caret);
	// Ahead of the frame that shows it: Ink draws before layout effects run.
	useInsertionEffect(() => onDraw(area));
	// All fits; cutting matters only for the frame that Ink draws by itself on a change of size, before the lines are new.
	return (
		<Box ref={useLowerAtOnce()} maxHeight={liveRows(rows)} overflowY="hidden">
			<Text wrap="truncate">{area.lines.map(line => line || ' ').join('\n')}</Text>
		</Box>
	);
}

/** A box that is lower than the terminal ahead of the frame that Ink draws by itself: a higher one would scroll away and stay. */
function useLowerAtOnce() {
	const stdout = useStdout().stdout as NodeJS.WriteStream;
	const box = useRef<DOMElement>(null);
	useLayoutEffect(() => {
		const lower = () => box.current?.yogaNode?.setMaxHeight(liveRows(stdout.rows));
		stdout.prependListener('resize', lower);
		return () => void stdout.off('resize', lower);
	}, [stdout]);
	return box;
}
