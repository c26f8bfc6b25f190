import {lookup} from 'node:dns/promises';
import {homedir, hostname, networkInterfaces} from 'node:os';

/** The machine that is looked from, passed in so that tests own it. */
export interface Machine {
	readonly interfaces: typeof networkInterfaces;
	/** `linux`, `darwin` … */
	readonly platform: NodeJS.Platform;
	readonly hostname: string;
	/** Flags of the running Node. */
	readonly execArgv: readonly string[];
	/** Where Linux tells about sockets and processes. */
	readonly procFolder: string;
	/** Home folder when HOME is not set. */
	readonly homeFolder: string;
	/** The system's resolver; addresses in its order. */
	readonly lookup: (name: string) => Promise<readonly {readonly address: string}[]>;
	/** Tailscale's resolver, as `dns.setServers` takes it. */
	readonly tailnetResolver: string;
	/** Asked with `deep` only. */
	readonly publicResolvers: readonly string[];
	/** Ports a gateway uses as a rule; the first is OpenClaw's default, the last that of the ClawTalk plugin's proxy. */
	readonly usualPorts: readonly number[];
	/** Where programs are looked for; absent = their fixed places and PATH. */
	readonly programs: {
		readonly tailscale?: readonly string[];
		readonly lsof?: readonly string[];
		readonly systemctl?: readonly string[];
	};
}

/** The machine as it is; nothing is asked yet. */
export function thisMachine(): Machine {
	return {
		interfaces: networkInterfaces,
		platform: process.platform,
		hostname: hostname(),
		execArgv: process.execArgv,
		procFolder: '/proc',
		homeFolder: homedir(),
		lookup: name => lookup(name, {all: true}),
		tailnetResolver: '100.100.100.100',
		publicResolvers: ['1.1.1.1', '9.9.9.9'],
		usualPorts: [18_789, 19_001, 18_793],
		programs: {},
	};
}
