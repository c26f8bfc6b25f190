import {catchCrashes} from '../../source/commands/chat/crash-report.js';
import {rememberSecret} from '../../source/diagnosis/redact.js';

/** A program with a bug, guarded as the command line is. Run with `throw` or `reject`. */
catchCrashes();
const secret = process.env['SECRET_OF_TEST'] ?? '';
rememberSecret(secret);
const error = new Error(`boom ${secret}`, {cause: new Error(`the reason ${secret}`)});
if (process.argv[2] === 'reject') Promise.reject(error);
else throw error;
