const { spawnSync } = require('node:child_process');
const {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { series } = require('gulp');

const DIST = 'dist';
/** Where the compiler writes to, so that dist is never seen half built. */
const COMPILED = `node_modules/.cache/n8n-nodes-maileon-api-${process.pid}`;
/** The file that holds all code of the package. */
const BUNDLE = 'maileon.js';
const SOURCE_FOLDERS = ['credentials', 'nodes'];
const ASSET = /\.(svg|node\.json)$/;
/** What n8n shows of an operation's output before the node ran; it looks for it beside the node. */
const OUTPUT_SCHEMA = /__schema__\/.*\.json$/;
const LICENCE_FILE = /^(licen[cs]e|copying)(\.|$)/i;

/** The files n8n loads, as package.json names them (`dist/nodes/…/X.node.js`). */
function entries() {
	const { n8n } = JSON.parse(readFileSync('package.json', 'utf8'));
	return [...n8n.credentials, ...n8n.nodes];
}

/** All files below a folder, as paths that start with it; none when it does not exist. */
function filesBelow(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name));
}

const remove = (folder) => rmSync(folder, { recursive: true, force: true });

function write(file, text) {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
}

async function clean() {
	remove(DIST);
}

/** Checks the types and writes JavaScript modules, one for each source file. */
async function compile() {
	const compiler = require.resolve('typescript/bin/tsc');
	const { status } = spawnSync(
		process.execPath,
		[compiler, '-p', 'tsconfig.build.json', '--noEmitOnError', '--outDir', COMPILED],
		{ stdio: 'inherit' },
	);
	if (status !== 0) throw new Error('TypeScript found errors; nothing was built');
}

/** The folder of the package that a bundled file belongs to, or undefined for our own files. */
function packageFolderOf(file) {
	const marker = 'node_modules/';
	const start = file.lastIndexOf(marker);
	if (start < 0) return undefined;
	const nameStart = start + marker.length;
	const [first, second] = file.slice(nameStart).split('/');
	return file.slice(0, nameStart) + (first.startsWith('@') ? `${first}/${second}` : first);
}

/** One licence entry, as the licences of bundled libraries ask for. */
function licenceOf(folder) {
	const { name, version, license } = JSON.parse(
		readFileSync(path.join(folder, 'package.json'), 'utf8'),
	);
	const file = readdirSync(folder).find((entry) => LICENCE_FILE.test(entry));
	const text = file
		? readFileSync(path.join(folder, file), 'utf8').trim()
		: `Licensed under the terms of the ${license} licence.`;
	return `${name} ${version} (${license})\n\n${text}\n`;
}

function thirdPartyLicences(bundledFiles) {
	const folders = new Set(bundledFiles.map(packageFolderOf).filter(Boolean));
	const separator = `\n${'-'.repeat(80)}\n\n`;
	const head = 'Parts of the following libraries are contained in the files of this folder.\n';
	return [head, ...[...folders].sort().map(licenceOf)].join(separator);
}

/** The class of an entry, which n8n asks its file for: `X` of `X.node.js` and of `X.credentials.js`. */
const classOf = (entry) => path.basename(entry).split('.')[0];

/** A module that gives out the classes of all entries. */
function allEntries() {
	const lines = entries().map((entry) => {
		const file = path.join(COMPILED, path.relative(DIST, entry));
		if (!existsSync(file))
			throw new Error(`package.json lists ${entry}, which no source file makes`);
		return `export { ${classOf(entry)} } from './${path.relative(COMPILED, file)}';`;
	});
	return lines.join('\n');
}

/** What n8n loads for an entry: its class, out of the one bundle. */
function thinEntry(entry) {
	const bundle = path.relative(path.dirname(entry), path.join(DIST, BUNDLE));
	return `"use strict";\nexports.${classOf(entry)} = require("${bundle}").${classOf(entry)};\n`;
}

/**
 * Folds all entries with all that they import into one CommonJS file, so that the published package
 * needs nothing but n8n-workflow, which n8n itself provides, and holds each library once. Replaces dist
 * in one go.
 */
async function bundle() {
	const { metafile, outputFiles } = await esbuild.build({
		stdin: { contents: allEntries(), resolveDir: COMPILED },
		outfile: path.join(DIST, BUNDLE),
		bundle: true,
		write: false,
		metafile: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		mainFields: ['module', 'main'],
		external: ['n8n-workflow'],
		legalComments: 'none',
		// Names stay readable for whoever reviews the published package.
		minifyWhitespace: true,
		minifySyntax: true,
		logLevel: 'warning',
	});

	await clean();
	for (const { path: file, text } of outputFiles)
		write(file, text.replaceAll(`// ${COMPILED}/`, '// '));
	for (const entry of entries()) write(entry, thinEntry(entry));
	const bundled = Object.keys(metafile.inputs).filter((file) => !file.startsWith(COMPILED));
	const licences = thirdPartyLicences(bundled);
	writeFileSync(path.join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences);
}

/** Copies icons and the node's catalogue entries beside the code that names them, and schemas without their spaces. */
async function copyAssets() {
	const files = SOURCE_FOLDERS.flatMap(filesBelow);
	for (const file of files.filter((each) => ASSET.test(each))) cpSync(file, path.join(DIST, file));
	for (const file of files.filter((each) => OUTPUT_SCHEMA.test(each.replaceAll(path.sep, '/'))))
		write(path.join(DIST, file), JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
}

exports.clean = clean;
exports.build = series(compile, bundle, copyAssets);
process.once('exit', () => remove(COMPILED));
