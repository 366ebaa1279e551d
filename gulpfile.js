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
const SOURCE_FOLDERS = ['credentials', 'nodes'];
const ASSET = /\.(svg|node\.json)$/;
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

/**
 * Folds every entry with all that it imports into one CommonJS file, so that the published package
 * needs nothing but n8n-workflow, which n8n itself provides. Replaces dist in one go.
 */
async function bundle() {
	const files = entries().map((file) => path.join(COMPILED, path.relative(DIST, file)));
	const missing = files.filter((file) => !existsSync(file));
	if (missing.length > 0) {
		const names = missing.map((file) => path.join(DIST, path.relative(COMPILED, file)));
		throw new Error(`package.json lists entries that no source file makes: ${names.join(', ')}`);
	}

	const { metafile, outputFiles } = await esbuild.build({
		entryPoints: files,
		outdir: DIST,
		outbase: COMPILED,
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
	for (const { path: file, text } of outputFiles) {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, text.replaceAll(`// ${COMPILED}/`, '// '));
	}
	const bundled = Object.keys(metafile.inputs).filter((file) => !file.startsWith(COMPILED));
	const licences = thirdPartyLicences(bundled);
	writeFileSync(path.join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences);
}

/** Copies icons and the node's catalogue entries beside the code that names them. */
async function copyAssets() {
	SOURCE_FOLDERS.flatMap(filesBelow)
		.filter((file) => ASSET.test(file))
		.forEach((file) => cpSync(file, path.join(DIST, file)));
}

exports.clean = clean;
exports.build = series(compile, bundle, copyAssets);
process.once('exit', () => remove(COMPILED));
