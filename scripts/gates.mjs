/**
 * n8n's own gate for community packages, as n8n runs it on a release: the scanner's ESLint rules
 * over the sources and over the packed tarball. Errors and warnings both fail. Besides, every name that the
 * built files take from n8n-workflow has to exist in the oldest and in the newest n8n.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { missingNames } from './hostNames.mjs';
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

function checkHostNames() {
	const { taken, missing } = missingNames();
	const clean = missing.length === 0 && taken > 0;
	console.log(`${clean ? 'passed' : 'FAILED'}  names of n8n-workflow: ${taken} taken`);
	for (const name of missing) console.log(`  missing in ${name}`);
	return clean;
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
		return checkHostNames() && sources && tarball;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

process.exitCode = (await main()) ? 0 : 1;
