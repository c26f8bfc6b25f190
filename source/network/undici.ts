/**
 * The parts of npm undici that clawtalk uses. Modules that may run before undici is needed load this file with `import()`:
 * bundled with code splitting, `import('undici')` itself would give only a default export.
 */
export {
	Agent,
	buildConnector,
	Client,
	type Dispatcher,
	fetch,
	getGlobalDispatcher,
	type RequestInit,
	type Response,
	setGlobalDispatcher,
} from 'undici';
export {undiciVersion} from './undici-version.js';
