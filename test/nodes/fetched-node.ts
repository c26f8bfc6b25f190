import {createRequire} from 'node:module';
import {resolve} from 'node:path';

interface FetchNode {
	installNode(spec: string, folder: string): Promise<string>;
}

/** The program of a release of Node, from npm, kept below node_modules/.cache. */
export function fetchedNode(version: string): Promise<string> {
	const {installNode} = createRequire(import.meta.url)(resolve('.dev/fetch-node.cjs')) as FetchNode;
	return installNode(`node-${process.platform}-${process.arch}@${version}`, `node-${version}`);
}
