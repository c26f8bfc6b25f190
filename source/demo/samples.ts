/** What the demo agent says about clawtalk. Markdown, so that the texts show how markdown looks. */
export const introduction = `Hello! I am the demo agent of clawtalk. I live in this process, need no network, and know a few things.

Ask me:

- **what can you do** – what clawtalk is for
- **how do I connect** – use your own OpenClaw gateway
- **show me markdown** – headings, lists, code, a table
- **which keys are there** – the keyboard
- **use a tool**, **ask for approval**, **think**, **retry**, **restart** – what an agent and its gateway do, shown over the control plane
- **how can it fail** – the faults you can try
- *my name is …* and later *what is my name* – I remember this conversation

Anything else I repeat to you.
`;

export const capabilities = `## What clawtalk does

1. **Chat** with the agents of an OpenClaw gateway: run \`clawtalk\`.
2. **Ask** from scripts: \`git diff | clawtalk ask "review this"\`. The answer goes to stdout, everything else to stderr, and the
   exit code says what happened.
3. **Explain** why a connection does not work, from what was observed and nothing else.

Your token stays on this machine and goes only to the gateway it was configured for.
`;

export const connecting = `## Connect a real gateway

On the machine of the gateway, switch the chat endpoint on and look up the token:

\`\`\`sh
openclaw config set gateway.http.endpoints.chatCompletions.enabled true
openclaw config get gateway.auth.token
\`\`\`

Then here:

\`\`\`sh
clawtalk config set gatewayUrl http://127.0.0.1:18789
clawtalk config set gatewayToken      # asks, hidden
clawtalk ask "Are you there?"
\`\`\`

A gateway on another machine is best reached through an SSH tunnel or Tailscale:

\`\`\`sh
ssh -N -L 18789:127.0.0.1:18789 you@gateway-host
\`\`\`
`;

export const keyboard = `## Keys

| Key | What it does |
|---|---|
| Enter | send |
| Ctrl+J, Shift+Enter, Alt+Enter | new line |
| Esc, Ctrl+C | stop the answer, keep what came |
| Ctrl+C again, Ctrl+D | quit |
| Up | earlier questions |

Type \`/help\` for the commands.
`;

export const failures = `## Ways to fail

This gateway fails on request, so that you can see what clawtalk says:

\`\`\`sh
clawtalk demo --fault list
clawtalk demo --fault cut
\`\`\`

One word in a prompt works too: \`[[n=50 rate=20 fault=stall at=10]]\`.
`;

export const markdownSample = `# A heading

Some **bold**, some *italic*, some \`code\`, and a [link](https://docs.openclaw.ai/).

## Lists

- one
- two
  - two and a half
1. first
2. second

## Code

\`\`\`ts
const greeting: string = 'hello';
console.log(greeting);
\`\`\`

## A table

| Column | Meaning |
|---|---|
| left | the first |
| right | the second |

> And a quotation, to end with. 你好 👋
`;
