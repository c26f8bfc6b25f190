import type {RecordedRun} from './recorded-run.js';

/** Event frames of OpenClaw 2026.2.9 (protocol 3) as they came. */

/** Three words. */
export const oldPlainRun: RecordedRun = {
	runId: '5b56ee65-9378-4e08-a086-a1a882879e8f',
	sessionKey: 'agent:main:clawtalk:1795284545440gegw',
	frames: `["agent",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","stream":"lifecycle","seq":1,"ts":1795284546120,"data":{"phase":"start","startedAt":1795284546120}}]
["agent",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","stream":"assistant","seq":2,"ts":1795284546140,"data":{"text":"tok0","delta":"tok0"}}]
["chat",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","seq":2,"state":"delta","message":{"role":"assistant","content":[{"type":"text","text":"tok0"}],"timestamp":1795284546141}}]
["agent",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","stream":"assistant","seq":3,"ts":1795284546240,"data":{"text":"tok0 tok1","delta":" tok1"}}]
["agent",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","stream":"assistant","seq":4,"ts":1795284546352,"data":{"text":"tok0 tok1 tok2","delta":" tok2"}}]
["chat",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","seq":4,"state":"delta","message":{"role":"assistant","content":[{"type":"text","text":"tok0 tok1 tok2"}],"timestamp":1795284546353}}]
["agent",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","stream":"lifecycle","seq":5,"ts":1795284546443,"data":{"phase":"end","endedAt":1795284546443}}]
["chat",{"runId":"5b56ee65-9378-4e08-a086-a1a882879e8f","sessionKey":"agent:main:clawtalk:1795284545440gegw","seq":5,"state":"final","message":{"role":"assistant","content":[{"type":"text","text":"tok0 tok1 tok2"}],"timestamp":1795284546444}}]`,
};

/** Stopped in the middle: the end has no text. */
export const oldStoppedRun: RecordedRun = {
	runId: 'd6992ff4-e328-4b10-a083-2d51456dc7ea',
	sessionKey: 'agent:main:clawtalk:1795285193689pjkz',
	frames: `["agent",{"runId":"d6992ff4-e328-4b10-a083-2d51456dc7ea","sessionKey":"agent:main:clawtalk:1795285193689pjkz","stream":"lifecycle","seq":1,"ts":1795285194009,"data":{"phase":"start","startedAt":1795285194009}}]
["agent",{"runId":"d6992ff4-e328-4b10-a083-2d51456dc7ea","sessionKey":"agent:main:clawtalk:1795285193689pjkz","stream":"assistant","seq":2,"ts":1795285194017,"data":{"text":"tok0","delta":"tok0"}}]
["chat",{"runId":"d6992ff4-e328-4b10-a083-2d51456dc7ea","sessionKey":"agent:main:clawtalk:1795285193689pjkz","seq":2,"state":"delta","message":{"role":"assistant","content":[{"type":"text","text":"tok0"}],"timestamp":1795285194017}}]
["chat",{"runId":"d6992ff4-e328-4b10-a083-2d51456dc7ea","sessionKey":"agent:main:clawtalk:1795285193689pjkz","seq":3,"state":"aborted","stopReason":"rpc"}]`,
};

/** The provider fails, and the gateway does not say so. */
export const oldEmptyRun: RecordedRun = {
	runId: '5e7468fa-0a20-4e0d-8b42-5276b5a1dc26',
	sessionKey: 'agent:main:clawtalk:17952851881291awt',
	frames: `["agent",{"runId":"5e7468fa-0a20-4e0d-8b42-5276b5a1dc26","sessionKey":"agent:main:clawtalk:17952851881291awt","stream":"lifecycle","seq":1,"ts":1795285189358,"data":{"phase":"start","startedAt":1795285189358}}]
["agent",{"runId":"5e7468fa-0a20-4e0d-8b42-5276b5a1dc26","sessionKey":"agent:main:clawtalk:17952851881291awt","stream":"lifecycle","seq":2,"ts":1795285190845,"data":{"phase":"end","endedAt":1795285190845}}]
["chat",{"runId":"5e7468fa-0a20-4e0d-8b42-5276b5a1dc26","sessionKey":"agent:main:clawtalk:17952851881291awt","seq":2,"state":"final"}]`,
};
