// Stands for npm, see npmStandIn.ts: hands out packages that no registry has, and asks the real npm, which may
// not leave this machine, for everything else.

const { spawnSync } = require('node:child_process');
const { copyFileSync, existsSync, readFileSync } = require('node:fs');
const { basename, delimiter, join, resolve } = require('node:path');

const [programs, command, ...args] = process.argv.slice(2);

/** What there is, each with `name`, `version` and `tarball`, the oldest first. */
const offers = JSON.parse(readFileSync(join(programs, 'offers.json'), 'utf8'));
const answers = { pack, view, outdated };
process.exitCode = answers[command]?.() ?? askNpm();

/** Downloads a package and prints the name of the file; undefined when another npm has to. */
function pack() {
	return answer(({ tarball }) => {
		copyFileSync(tarball, basename(tarball));
		return basename(tarball);
	});
}

/** Prints the version of a package; undefined when another npm has to. */
function view() {
	return answer(({ version }) => JSON.stringify(version));
}

/** Prints the installed packages of which there is something newer. */
function outdated() {
	const { dependencies = {} } = readManifest('.') ?? {};
	const found = Object.keys(dependencies).flatMap((name) => {
		const current = readManifest(join('node_modules', name))?.version;
		const latest = offers.filter((offer) => offer.name === name).at(-1)?.version;
		const isNewer = current !== undefined && latest !== undefined && current !== latest;
		return isNewer ? [[name, { current, wanted: current, latest }]] : [];
	});
	console.log(JSON.stringify(Object.fromEntries(found)));
	return found.length > 0 ? 1 : 0;
}

function readManifest(folder) {
	const file = join(folder, 'package.json');
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Answers about the package that is asked for, as `name@version`. */
function answer(tell) {
	const [name, version = 'latest'] = args[0].split('@');
	const versions = offers.filter((offer) => offer.name === name);
	if (versions.length === 0) return undefined;
	const found =
		version === 'latest' ? versions.at(-1) : versions.find((each) => each.version === version);
	if (!found) {
		console.error(`npm error code ETARGET\nnpm error No matching version found for ${args[0]}.`);
		return 1;
	}
	console.log(tell(found));
	return 0;
}

function askNpm() {
	const others = process.env.PATH.split(delimiter).filter(
		(folder) => resolve(folder) !== resolve(programs),
	);
	const env = { ...process.env, PATH: others.join(delimiter) };
	return spawnSync('npm', [command, ...args, '--offline'], { stdio: 'inherit', env }).status ?? 1;
}
