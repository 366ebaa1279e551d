import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');

/** Everything of the project that imports packages; what a real n8n brings along is not declared. */
const SOURCES = ['nodes', 'credentials', 'sandbox', 'scripts', 'bench', 'test'];
const OF_N8N_ITSELF = new Set(['sqlite3']);

interface Manifest {
	scripts: Record<string, string>;
	files: string[];
	main: string;
	devDependencies: Record<string, string>;
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as {
	packages: Record<string, { version?: string; devDependencies?: Record<string, string> }>;
};

function sourceFiles(): string[] {
	const below = SOURCES.flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			path.join(folder, file),
		),
	);
	return [...readdirSync(ROOT), ...below].filter(
		(file) => /\.(ts|mjs|js)$/.test(file) && statSync(path.join(ROOT, file)).isFile(),
	);
}

/** The packages that a text imports, by name. */
function packagesIn(text: string): string[] {
	const imports = text.matchAll(/(?:^import | from |\b(?:import|require)\()'([^'.\n][^'\n]*)'/gm);
	return [...imports]
		.map(([, name = '']) => name)
		.filter((name) => /^(@[\w-]+\/)?[\w.-]+(\/[\w./-]+)?$/.test(name) && !isBuiltin(name))
		.map((name) =>
			name
				.split('/')
				.slice(0, name.startsWith('@') ? 2 : 1)
				.join('/'),
		);
}

it('declares every package that is imported', () => {
	const imported = new Set(sourceFiles().flatMap((file) => packagesIn(read(file))));
	expect(imported.has('n8n-workflow')).toBe(true);
	const undeclared = [...imported].filter(
		(name) => !(name in manifest.devDependencies) && !OF_N8N_ITSELF.has(name),
	);
	expect(undeclared).toEqual([]);
});

it('agrees with the lock file', () => {
	expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
	const missing = Object.keys(manifest.devDependencies).filter(
		(name) => lock.packages[`node_modules/${name}`] === undefined,
	);
	expect(missing).toEqual([]);
});

it('lists scripts and dependencies in alphabetical order', () => {
	for (const names of [Object.keys(manifest.scripts), Object.keys(manifest.devDependencies)])
		expect(names).toEqual([...names].sort());
});

it('publishes what exists, the changelog too', () => {
	expect(manifest.files).toContain('CHANGELOG.md');
	const sources = [...manifest.files.filter((file) => file !== 'dist'), manifest.main];
	expect(sources.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
