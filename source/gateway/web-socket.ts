/** `ws`, loaded with `import()` only where a WebSocket is needed. The built-in WebSocket hides status, code and cause of a failure. */
export {WebSocket} from 'ws';
