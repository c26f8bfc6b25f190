import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {CertificateFiles} from './plan.js';
import {find} from './support.js';

/** What is wrong with a certificate. */
export interface CertificateWish {
	/** Names and addresses it is for, e.g. `DNS:gateway.example,IP:192.168.77.1`. */
	readonly names: string;
	/** Validity as days from now. */
	readonly fromDays?: number;
	readonly toDays?: number;
	/** Who signs: itself, the authority, or one that the authority signed and that the server does not send. */
	readonly signedBy?: 'itself' | 'authority' | 'intermediate';
	/** Whether the server sends the authority's own certificate too. */
	readonly sendsAuthority?: boolean;
	/** Distinguished name of the authority. */
	readonly authority?: string;
}

export interface MadeCertificate extends CertificateFiles {
	/** The authority's certificate, for NODE_EXTRA_CA_CERTS. */
	readonly authority: string;
}

const dayMs = 86_400_000;
const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes a certificate with openssl, in a folder of its own under `folder`. */
export function makeCertificate(folder: string, wish: CertificateWish): MadeCertificate {
	const own = path.join(folder, 'certificates');
	mkdirSync(path.join(own, 'issued'), {recursive: true});
	const file = (name: string) => path.join(own, name);
	writeFileSync(file('index.txt'), '');
	writeFileSync(file('serial'), '1000\n');
	writeFileSync(file('openssl.cnf'), configuration(own, wish.names));
	const openssl = (...args: string[]) => execFileSync(find('openssl') ?? 'openssl', args, {cwd: own, stdio: ['ignore', 'pipe', 'pipe']});
	const request = (name: string, subject: string) =>
		openssl('req', '-config', 'openssl.cnf', ...algorithm, '-new', '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
	const sign = (name: string, by: string, extensions: string) =>
		openssl(
			...['ca', '-batch', '-notext', '-config', 'openssl.cnf', '-extensions', extensions],
			...['-startdate', stamp(wish.fromDays ?? -1), '-enddate', stamp(wish.toDays ?? 30)],
			...(by === 'itself' ? ['-selfsign', '-keyfile', `${name}.key`] : ['-cert', `${by}.pem`, '-keyfile', `${by}.key`]),
			...['-in', `${name}.csr`, '-out', `${name}.pem`],
		);
	const {signedBy = 'authority'} = wish;
	const ca = ['-x509', '-days', '30', '-extensions', 'authority', '-subj', wish.authority ?? '/O=Scenario/CN=Scenario Root'];
	openssl('req', '-config', 'openssl.cnf', ...algorithm, ...ca, '-keyout', 'authority.key', '-out', 'authority.pem');
	if (signedBy === 'intermediate') {
		request('intermediate', '/O=Scenario/CN=Scenario Intermediate');
		sign('intermediate', 'authority', 'authority');
	}
	request('server', '/CN=server');
	sign('server', signedBy, 'server');
	const sent = ['server.pem', ...(wish.sendsAuthority === true ? ['authority.pem'] : [])];
	writeFileSync(file('chain.pem'), sent.map(name => readFileSync(file(name), 'utf8')).join(''));
	return {key: file('server.key'), certificate: file('chain.pem'), authority: file('authority.pem')};
}

/** `YYYYMMDDHHMMSSZ` */
function stamp(days: number): string {
	return new Date(Date.now() + days * dayMs).toISOString().replace(/\.\d+|[-:T]/g, '');
}

function configuration(folder: string, names: string): string {
	return `[ca]
default_ca = own
[own]
dir = ${folder}
database = ${folder}/index.txt
serial = ${folder}/serial
new_certs_dir = ${folder}/issued
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[req]
distinguished_name = name
[name]
[server]
basicConstraints = CA:FALSE
subjectAltName = ${names}
[authority]
basicConstraints = critical, CA:TRUE
`;
}
