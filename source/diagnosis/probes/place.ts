import {isIP} from 'node:net';
import {type AddressClass, classifyHost} from '../../network/address-class.js';
import type {Evidence} from '../evidence.js';
import type {KnownAddress} from '../surroundings.js';
import type {Machine} from './machine.js';

/** The target as the probes need it. */
export interface Place {
	readonly origin: string;
	readonly isTls: boolean;
	/** Name or address, without brackets. */
	readonly host: string;
	readonly port: number;
	readonly isName: boolean;
	readonly addressClass: AddressClass;
	readonly proxy?: string;
}

/** Reads the target of the evidence. */
export function placeIn({target}: Evidence): Place {
	const url = new URL(target.origin);
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const isTls = url.protocol === 'https:';
	return {
		origin: target.origin,
		isTls,
		host,
		port: Number(url.port) || (isTls ? 443 : 80),
		isName: isIP(host) === 0,
		addressClass: target.addressClass,
		...(target.proxy === undefined ? {} : {proxy: target.proxy}),
	};
}

/** An address with its class, and whether an interface of this machine has it. */
export function knownAddress(address: string, machine: Machine): KnownAddress {
	const own = ownAddresses(machine).includes(address);
	return {address, addressClass: classifyHost(address), ...(own ? {own} : {})};
}

/** Addresses of this machine's interfaces that others can use: neither loopback nor link-local. */
export function ownAddresses({interfaces}: Machine): readonly string[] {
	return Object.values(interfaces())
		.flatMap(entries => entries ?? [])
		.filter(({internal, address}) => !internal && classifyHost(address) !== 'link-local')
		.map(({address}) => address);
}

/** Whether the target is this machine: by loopback, by 0.0.0.0, or by an address of its own. */
export function isThisMachine({addressClass}: Place, addresses: readonly KnownAddress[]): boolean {
	const isHere = (one: AddressClass) => one === 'loopback' || one === 'unspecified';
	return isHere(addressClass) || addresses.some(one => one.own === true || isHere(one.addressClass));
}

/** Host and port as they stand in a URL. */
export function hostAndPort(host: string, port: number): string {
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
