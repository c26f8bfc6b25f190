import {torture} from './torture.js';

// Loaded when the disk can fail: see `failingDisk`.
const {configScenarios} = await import('./config-scenarios.js');
torture(configScenarios);
