/**
 * `npm run check:publish`: what n8n's verification of community nodes asks for, point by point, before a
 * release is published.
 *
 *   --tag VERSION  the tag that is published: it must be the version of package.json, and have its part of
 *                  the changelog
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies, packPackage, projectFolder, run } from './prepare.mjs';

const { values: wanted } = parseArgs({ options: { tag: { type: 'string' } } });

const read = (...parts) => readFileSync(path.join(projectFolder, ...parts), 'utf8');
const exists = (...parts) => existsSync(path.join(projectFolder, ...parts));
const manifest = JSON.parse(read('package.json'));

/** Builds and packs; gives the file and its hash. */
async function builtTarball() {
	await run('npm', ['run', 'build']);
	const file = await packPackage();
	return { file, hash: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

function unpacked(tarball, folder) {
	execFileSync('tar', ['-xzf', tarball], { cwd: folder });
	const root = path.join(folder, 'package');
	const files = readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
	const textOf = (file) => readFileSync(path.join(root, file), 'utf8');
	return { files, textOf };
}

/** The points about what is written in package.json. */
function manifestPoints() {
	const { name, keywords = [], license, author = {}, repository = {}, n8n = {} } = manifest;
	const listed = [...(n8n.nodes ?? []), ...(n8n.credentials ?? [])];
	const forbidden = [
		'dependencies',
		'optionalDependencies',
		'bundledDependencies',
		'bundleDependencies',
	];
	return [
		['the name begins with n8n-nodes-', name.startsWith('n8n-nodes-')],
		[
			'it has the keyword n8n-community-node-package',
			keywords.includes('n8n-community-node-package'),
		],
		['the licence is MIT, and its text is there', license === 'MIT' && exists('LICENSE')],
		['an author with a mail address', Boolean(author.name && author.email)],
		[
			'a public repository on GitHub',
			/^git\+https:\/\/github\.com\/[^/]+\/[^/]+\.git$/.test(repository.url),
		],
		['a home page and a place for issues', Boolean(manifest.homepage && manifest.bugs?.url)],
		[
			'no runtime dependencies',
			forbidden.every((kind) => Object.keys(manifest[kind] ?? {}).length === 0),
		],
		[
			'n8n-workflow as the only peer dependency',
			Object.keys(manifest.peerDependencies ?? {}).join() === 'n8n-workflow',
		],
		[
			'n8n lists nodes and credentials, and all of them were built',
			listed.length > 0 && listed.every((file) => exists(file)),
		],
		['n8nNodesApiVersion is 1', n8n.n8nNodesApiVersion === 1],
		[
			'it installs nothing by scripts of its own',
			!['preinstall', 'install', 'postinstall'].some((script) => script in manifest.scripts),
		],
	];
}

/** The points about what a person reads. */
function documentPoints() {
	const readme = read('README.md');
	const hasHeading = (word) => new RegExp(`^#+ .*${word}`, 'im').test(readme);
	const examples = readdirSync(path.join(projectFolder, 'examples')).filter((file) =>
		file.endsWith('.json'),
	);
	const pictures = readdirSync(path.join(projectFolder, 'docs', 'images'));
	return [
		['the README says how to install it', hasHeading('install')],
		['the README says how to sign in', hasHeading('credential') || hasHeading('first contact')],
		['the README has a picture', /!\[[^\]]*\]\(/.test(readme)],
		['example workflows', examples.length >= 3],
		['pictures of the panels', pictures.length >= 3],
		['a changelog with a part for what comes next, or for this version', changelogIsReady()],
		['a page on security', exists('SECURITY.md')],
	];
}

function changelogIsReady() {
	const heading = wanted.tag ?? 'Unreleased';
	return read('CHANGELOG.md').includes(`## [${heading}]`);
}

/** The points about how it gets to npm. */
function releasePoints() {
	const workflow = exists('.github', 'workflows', 'publish.yml')
		? read('.github', 'workflows', 'publish.yml')
		: '';
	return [
		[
			'it is published by GitHub Actions with provenance',
			workflow.includes('id-token: write') && workflow.includes('npm run release'),
		],
		['npm publishes nothing that was not tested', manifest.scripts.prepublishOnly === 'npm test'],
		...(wanted.tag === undefined
			? []
			: [[`the tag ${wanted.tag} is the version`, wanted.tag === manifest.version]]),
	];
}

/** The points about the packed package. */
function packagePoints({ files, textOf }) {
	const code = files.filter((file) => file.endsWith('.js'));
	const none = (pattern) => code.every((file) => !pattern.test(textOf(file)));
	const allowed = /^(dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$|index\.js$)/;
	const icons = files.filter((file) => file.endsWith('.svg'));
	return [
		['it holds what is needed, and nothing else', files.every((file) => allowed.test(file))],
		['no source maps and no tests', !files.some((file) => /\.(map|test\.js)$/.test(file))],
		['it reads no environment variables', none(/\bprocess\.env\b/)],
		['it touches no files', none(/require\(["'](?:node:)?fs(?:\/promises)?["']\)/)],
		[
			'it starts no programs and opens no connections of its own',
			none(/require\(["'](?:node:)?(?:child_process|net|tls|http|https|dgram)["']\)/),
		],
		['no code made of text', none(/\beval\(|new Function\(/)],
		[
			'icons as SVG, for light and for dark',
			icons.some((file) => file.endsWith('.dark.svg')) &&
				icons.some((file) => !file.endsWith('.dark.svg')),
		],
		['the licences of what is bundled', files.includes('dist/THIRD-PARTY-LICENSES.txt')],
	];
}

/** n8n's own scanner, over the sources and over the tarball. */
async function scannerPoint() {
	const passed = await run('npm', ['run', '--silent', 'gates']).then(
		() => true,
		(error) => {
			console.error(error.message);
			return false;
		},
	);
	return ["n8n's scanner finds nothing, neither errors nor warnings", passed];
}

async function main() {
	await ensureDependencies();
	const folder = mkdtempSync(path.join(tmpdir(), 'maileon-publish-'));
	try {
		const first = await builtTarball();
		const second = await builtTarball();
		const points = [
			...manifestPoints(),
			...packagePoints(unpacked(second.file, folder)),
			['two builds give the same bytes', first.hash === second.hash],
			...documentPoints(),
			...releasePoints(),
			await scannerPoint(),
		];
		for (const [point, passed] of points) console.log(`${passed ? '✔' : '✖'} ${point}`);
		console.log(
			'\nTo be shown by a person: the video (install, test of the credential, two operations, a trigger).',
		);
		const failed = points.filter(([, passed]) => !passed).length;
		console.log(`${points.length - failed} passed, ${failed} failed`);
		return failed === 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

process.exitCode = (await main()) ? 0 : 1;
