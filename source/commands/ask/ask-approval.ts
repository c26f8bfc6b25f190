import type {ToolRun} from '../../transcripts/record.js';

/**
 * `ask` answers no request for approval: nobody sits there who reads what they allow, and it does not ask for the right. 2026.9.6 then does
 * not run the tool and says so in its error; the answer goes on without it, and only `--require-tools` makes that a failure (80). 2026.2.9
 * lets the request wait for others, and the answer says so.
 */
const neededApproval =
	/cannot wait for interactive exec approval|approval registration failed|approval required|approval[- ]timed?[- ]?out/i;

/** Says once that a tool was not run for want of an approval, and what would change that. */
export function createApprovalNotice(say: (line: string) => void): (run: ToolRun) => void {
	let isSaid = false;
	return ({ended, error = '', output = ''}) => {
		if (isSaid || ended !== 'failed' || !neededApproval.test(`${error}\n${output}`)) return;
		isSaid = true;
		say('A command needed an approval and was not run: ask answers none. In a chat it can be answered: clawtalk config set approvals on');
	};
}
