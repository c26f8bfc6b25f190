import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

/** Name, version and license text of every package of which at least one byte is in the bundle, as plain text. */
export function thirdPartyLicenses({outputs}) {
	const files = Object.values(outputs).flatMap(({inputs}) => Object.entries(inputs).filter(([, {bytesInOutput}]) => bytesInOutput > 0));
	const folders = new Set(files.flatMap(([file]) => packageFolder(file) ?? []));
	const sections = [...new Set([...folders].map(describePackage))].toSorted();
	return `This program contains the following packages.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** `node_modules/a/node_modules/@b/c/x.js` → `node_modules/a/node_modules/@b/c`; nothing for files of our own. */
function packageFolder(file) {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function describePackage(folder) {
	const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return `${name} ${version} (${license})\n\n${licenseText(folder, name, license).trim()}\n`;
}

/** Who owns the packages that come without a license file, as their source files say. */
const owners = {'yoga-layout': 'Meta Platforms, Inc. and affiliates.'};

function licenseText(folder, name, license) {
	const files = readdirSync(folder, {recursive: true}).filter(isLicense);
	if (files.length > 0) return files.map(file => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
	if (license !== 'MIT' || owners[name] === undefined) throw new Error(`${folder} has no license file for the bundle to carry.`);
	// Our own license is the same text with another owner.
	return readFileSync('license', 'utf8').replace(/^(Copyright \(c\)).*$/m, `$1 ${owners[name]}`);
}

/** The package's own license, or one for code that it carries, such as meow's build/licenses.md; packages within are listed by themselves. */
function isLicense(file) {
	return /^(?:third-party-)?(?:licen[sc]es?|copying)(?:[.-][\w.]+)?$/i.test(basename(file)) && !file.includes('node_modules/');
}
