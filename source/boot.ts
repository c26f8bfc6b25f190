import {setDefaultResultOrder} from 'node:dns';

/**
 * Imported before anything else. Names that have both kinds of address are tried on IPv4 first: OpenClaw listens on IPv4 and a
 * broken IPv6 route would otherwise cost the first attempt. The HTTP dispatcher is installed later, before the first packet, so that
 * commands which send none do not pay for loading it.
 */
setDefaultResultOrder('ipv4first');
