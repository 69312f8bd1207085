/**
 * Loaded before every test: ENGINE_TUNING=off runs them on bpmn-engine as it comes, as the product
 * does that is told so.
 */
import { tune, TUNING_NAMES } from '../../src/engine/tuning/tune.js';
import { readConfig } from '../../src/kernel/config.js';

tune(readConfig({ ENGINE_TUNING: process.env['ENGINE_TUNING'] }).engineTuned ? TUNING_NAMES : []);
