import {configScenarios} from './config-scenarios.js';
import type {Scenario} from './scenario.js';
import {transcriptScenarios} from './transcript-scenarios.js';

export const scenarios: readonly Scenario[] = [...transcriptScenarios, ...configScenarios];
