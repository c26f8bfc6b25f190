import {setDefaultResultOrder} from 'node:dns';
import {setFlagsFromString} from 'node:v8';

/**
 * Imported before anything else. Names that have both kinds of address are tried on IPv4 first: OpenClaw listens on IPv4 and a
 * broken IPv6 route would otherwise cost the first attempt. The HTTP dispatcher is installed later, before the first packet, so that
 * commands which send none do not pay for loading it.
 */
setDefaultResultOrder('ipv4first');

/**
 * WebAssembly stays with what its fast compiler made of it. undici's HTTP parser would otherwise be optimised after the first answer,
 * which takes 20 MB and more CPU time than it can ever save here (98 → 77 MB for one question, Node 24).
 */
setFlagsFromString('--wasm-tiering-budget=2000000000');
