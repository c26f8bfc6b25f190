import type {Generation} from '../../source/demo/options.js';

interface Wanted {
	readonly generation: Generation;
	readonly port: number;
	readonly token: string;
	readonly providerOrigin: string;
	readonly logFile: string;
}

const cost = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0};
const model = (id: string, input: readonly string[]) => ({
	id,
	name: id,
	reasoning: false,
	input,
	cost,
	contextWindow: 131_072,
	maxTokens: 8192,
});

const provider = (origin: string) => ({
	baseUrl: `${origin}/v1`,
	apiKey: 'sk-fake',
	api: 'openai-completions',
	models: [model('fake-1', ['text', 'image']), model('fake-2', ['text'])],
});

/** Configuration of a gateway that keeps to loopback and to its own folder: no discovery, no updates, no telemetry, no heartbeat. */
export function gatewayConfig({generation, port, token, providerOrigin, logFile}: Wanted): Record<string, unknown> {
	const recent = generation !== '2026.2.9';
	return {
		gateway: {
			mode: 'local',
			port,
			// Without it a gateway in a container listens on every address.
			bind: 'loopback',
			auth: {mode: 'token', token},
			http: {endpoints: {chatCompletions: {enabled: true}, responses: {enabled: true}}},
		},
		agents: {
			defaults: {
				model: {primary: 'fake/fake-1'},
				heartbeat: {every: '0m'},
				skipBootstrap: true,
				...(recent ? {modelPolicy: {allow: ['fake/fake-1', 'fake/fake-2', 'refusing/fake-1']}} : {}),
			},
		},
		models: {
			mode: 'merge',
			// The second one is for answers after which a gateway leaves a provider alone for a minute.
			providers: {fake: provider(providerOrigin), refusing: provider(providerOrigin)},
			...(recent ? {catalogRefresh: {enabled: false}} : {}),
		},
		discovery: {mdns: {mode: 'off'}},
		update: {checkOnStart: false},
		cron: {enabled: false},
		...(recent ? {telemetry: {enabled: false}} : {}),
		logging: {file: logFile},
	};
}
