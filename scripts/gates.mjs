/**
 * The gates of a release. n8n's own for community packages, as n8n runs it: the scanner's ESLint rules
 * over the sources and over the packed tarball; errors and warnings both fail. Besides, both lines of
 * n8n must export what the package takes from n8n-workflow, which is always the host's own.
 */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { namesMissingIn, namesTakenFrom } from './hostNames.ts';
import { cacheFolder, packPackage, projectFolder } from './prepare.mjs';

const SCANNER = '@n8n/scan-community-package';
const SCANNER_VERSION = '0.32.0';
/** The scanner pins a TypeScript that its own parser cannot work with. */
const TYPESCRIPT_VERSION = '5.8.3';
const N8N_WORKFLOW_VERSION = '1.120.0';

const SCANNER_FOLDER = path.join(cacheFolder(), `scanner-${SCANNER_VERSION}`);

/** What of a release n8n scans: see `analyzePackageByName` in the scanner. */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

function scannerFile() {
	return path.join(SCANNER_FOLDER, 'node_modules', ...SCANNER.split('/'), 'scanner', 'scanner.mjs');
}

const requireHere = createRequire(import.meta.url);

/** The oldest and the newest n8n that the package is tested with: what n8n-core is installed as, and its n8n-workflow. */
const LINES = [
	{ core: 'n8n-core', workflow: 'n8n-workflow' },
	{ core: 'n8n-core-2', workflow: 'n8n-workflow-2' },
];

/** The scanner lives in a folder of its own, since its dependencies clash with ours. */
function installScanner() {
	const complete = path.join(SCANNER_FOLDER, 'installed.json');
	if (existsSync(complete) && existsSync(scannerFile())) return;
	console.log(`Installing ${SCANNER}@${SCANNER_VERSION} (once) …`);
	mkdirSync(SCANNER_FOLDER, { recursive: true });
	const manifest = {
		private: true,
		dependencies: {
			[SCANNER]: SCANNER_VERSION,
			'n8n-workflow': N8N_WORKFLOW_VERSION,
			typescript: TYPESCRIPT_VERSION,
		},
		overrides: { typescript: TYPESCRIPT_VERSION },
	};
	writeFileSync(path.join(SCANNER_FOLDER, 'package.json'), JSON.stringify(manifest, null, 2));
	execFileSync(
		'npm',
		['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
		{ cwd: SCANNER_FOLDER, stdio: 'inherit', shell: process.platform === 'win32' },
	);
	writeFileSync(complete, JSON.stringify(manifest.dependencies));
}

async function unpackedTarball(folder) {
	execFileSync('tar', ['-xzf', await packPackage()], { cwd: folder });
	return path.join(folder, 'package');
}

/** All findings, warnings too: the scanner itself reports none but errors. */
async function findings(config, ESLint, folder, patterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: config,
	});
	const results = await eslint.lintFiles(patterns);
	const count = (key) => results.reduce((sum, result) => sum + result[key], 0);
	const formatter = await eslint.loadFormatter('stylish');
	return {
		files: results.length,
		errors: count('errorCount'),
		warnings: count('warningCount'),
		text: await formatter.format(results),
	};
}

async function check(scanner, ESLint, name, folder, patterns) {
	const verdict = await scanner.analyzePackage(folder, patterns);
	const config = await scanner.buildScanConfig();
	const { files, errors, warnings, text } = await findings(config, ESLint, folder, patterns);
	const clean = verdict.passed && errors === 0 && warnings === 0 && files > 0;
	console.log(
		`${clean ? 'passed' : 'FAILED'}  ${name}: ${files} files, ${errors} errors, ${warnings} warnings`,
	);
	if (!clean) console.log(text || verdict.details || verdict.message);
	return clean;
}

function versionOf(require, name) {
	return require(`${name}/package.json`).version;
}

/** Whether every line exports all names that the package's files take from n8n-workflow. */
function checkHostNames(folder) {
	const codes = readdirSync(path.join(folder, 'dist'), { recursive: true })
		.filter((file) => file.endsWith('.js'))
		.map((file) => readFileSync(path.join(folder, 'dist', file), 'utf8'));
	const names = [...new Set(codes.flatMap((code) => namesTakenFrom('n8n-workflow', code)))];
	const verdicts = LINES.map(({ core, workflow }) => {
		const version = versionOf(requireHere, workflow);
		const ofEngine = versionOf(createRequire(requireHere.resolve(core)), 'n8n-workflow');
		if (ofEngine !== version) {
			console.log(`FAILED  ${core} brings n8n-workflow ${ofEngine}, but ${workflow} is ${version}`);
			return false;
		}
		const missing = namesMissingIn(requireHere(workflow), names);
		console.log(
			missing.length === 0
				? `passed  n8n-workflow ${version}: exports the ${names.length} names that the package takes`
				: `FAILED  n8n-workflow ${version} does not export ${missing.join(', ')}`,
		);
		return missing.length === 0;
	});
	return names.length > 0 && verdicts.every(Boolean);
}

async function main() {
	if (!existsSync(path.join(projectFolder, 'dist')))
		throw new Error('Nothing is built: npm run build');
	installScanner();
	const scanner = await import(pathToFileURL(scannerFile()));
	const { ESLint } = createRequire(scannerFile())('eslint');
	const folder = mkdtempSync(path.join(tmpdir(), 'maileon-gates-'));
	try {
		console.log(`${SCANNER} ${SCANNER_VERSION}`);
		const unpacked = await unpackedTarball(folder);
		const sources = await check(
			scanner,
			ESLint,
			'sources',
			projectFolder,
			scanner.SOURCE_FILE_PATTERNS,
		);
		const tarball = await check(scanner, ESLint, 'packed tarball', unpacked, TARBALL_PATTERNS);
		const hostNames = checkHostNames(unpacked);
		return sources && tarball && hostNames;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

process.exitCode = (await main()) ? 0 : 1;
