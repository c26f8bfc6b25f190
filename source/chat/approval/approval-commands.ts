import type {SlashCommand} from '../slash.js';

export type ApprovalCommand =
	| {readonly kind: 'approvals'}
	| {readonly kind: 'approve'; readonly words?: string}
	| {readonly kind: 'deny'; readonly words?: string};

/** The slash commands of approvals. On a screen they show a request; line by line they answer it. */
export const approvalCommands: readonly SlashCommand[] = [
	{
		name: 'approvals',
		description: 'show the commands that wait for your approval, also those put aside',
		request: () => ({kind: 'approvals'}),
	},
	{
		name: 'approve',
		argument: 'CODE',
		description: 'line by line: allow a command that waits, CODE once or CODE always; on a screen: show it',
		takesLine: true,
		request: words => ({kind: 'approve', ...(words !== undefined && {words})}),
	},
	{
		name: 'deny',
		argument: 'CODE',
		description: 'line by line: deny a command that waits; on a screen: show it',
		takesLine: true,
		request: words => ({kind: 'deny', ...(words !== undefined && {words})}),
	},
];
