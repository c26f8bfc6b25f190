import {Component, type ReactNode} from 'react';

export interface CrashBoundaryProps {
	readonly children: ReactNode;
	/** Called once, after nothing is drawn any more. */
	onCrash(error: Error): void;
}

/**
 * Draws nothing when a view has thrown, and tells it. Ink's own boundary would print the code around the error: in a bundle that is a screen
 * full of it, in the user's scrollback.
 */
export class CrashBoundary extends Component<CrashBoundaryProps, {readonly hasCrashed: boolean}> {
	static getDerivedStateFromError() {
		return {hasCrashed: true};
	}

	override state = {hasCrashed: false};

	override componentDidCatch(error: unknown) {
		this.props.onCrash(error instanceof Error ? error : new Error(String(error)));
	}

	override render() {
		return this.state.hasCrashed ? null : this.props.children;
	}
}
