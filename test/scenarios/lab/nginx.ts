import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ProgramService} from './plan.js';
import {find} from './support.js';
import type {World} from './world.js';

/** A real nginx of this world, with directives of our own in its one server. */
export function nginx({folder}: World, listen: readonly [host: string, port: number, option?: string], directives: string): ProgramService {
	const [host, port, option = ''] = listen;
	const own = path.join(folder, 'nginx');
	mkdirSync(path.join(own, 'logs'), {recursive: true});
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${own}/${name};`).join(' ');
	writeFileSync(
		path.join(own, 'nginx.conf'),
		`user root; daemon off; master_process off; worker_processes 1; pid ${own}/pid; error_log ${own}/logs/error.log;
events { worker_connections 64; }
http {
	access_log off; ${temporary}
	server { listen ${host}:${port} ${option}; ${directives} }
}
`,
	);
	const command = [find('nginx') ?? 'nginx', '-e', `${own}/logs/error.log`, '-p', own, '-c', `${own}/nginx.conf`];
	return {kind: 'program', command, ready: [host, port]};
}

/** Hands everything to a port of the same machine. */
export const passTo = (port: number, more = '') => `location / { proxy_pass http://127.0.0.1:${port}; proxy_http_version 1.1; ${more} }`;
