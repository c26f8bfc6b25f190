import {torture} from './torture.js';

// Loaded when the disk can fail: see `failingDisk`.
const {transcriptScenarios} = await import('./transcript-scenarios.js');
torture(transcriptScenarios);
