import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The house: which room may import which, and that no files import each other in a circle. Type imports
 * count, since whoever reads a file has to read them too.
 */

const ROOT = path.resolve(__dirname, '../..');

/** From the node down; a room may import those behind it and none before it. */
const ROOMS = ['node', 'actions', 'run', 'input', 'transport', 'maileon'];
/** Rooms beside the actions, which the nodes alone import. */
const BESIDE_ACTIONS = ['methods', 'trigger'];

function filesIn(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.posix.join(folder, file.replaceAll('\\', '/')));
}

/** The files of the project that a file imports, and the packages. */
function importsOf(file: string, files: ReadonlySet<string>) {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	const names = [...text.matchAll(/\bfrom '([^']+)'/g)].map(([, name = '']) => name);
	const folder = path.posix.dirname(file);
	const own = names
		.filter((name) => name.startsWith('.'))
		.map((name) => path.posix.join(folder, name))
		.map((base) => [`${base}.ts`, `${base}/index.ts`].find((one) => files.has(one)) ?? base);
	return { own, packages: names.filter((name) => !name.startsWith('.')) };
}

const nodeFiles = new Set([...filesIn('nodes'), ...filesIn('credentials')]);
const sandboxFiles = new Set(filesIn('sandbox'));

function roomOf(file: string): string {
	const [first = '', second] = file.replace('nodes/Maileon/', '').split('/');
	return second === undefined || file.startsWith('credentials/') ? 'node' : first;
}

/** How far down the house a room lies. */
function depthOf(room: string): number {
	return ROOMS.indexOf(BESIDE_ACTIONS.includes(room) ? 'actions' : room);
}

function circlesIn(files: ReadonlySet<string>): string[] {
	const circles: string[] = [];
	const done = new Set<string>();
	const visit = (file: string, way: readonly string[]): void => {
		const start = way.indexOf(file);
		if (start >= 0) circles.push([...way.slice(start), file].join(' → '));
		if (start >= 0 || done.has(file)) return;
		for (const next of importsOf(file, files).own) visit(next, [...way, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
	return circles;
}

it('knows the room of every file', () => {
	const unknown = [...nodeFiles].filter((file) => depthOf(roomOf(file)) < 0);
	expect(unknown).toEqual([]);
});

it('has arrows that point one way', () => {
	const wrong = [...nodeFiles].flatMap((file) =>
		importsOf(file, nodeFiles)
			.own.filter((imported) => {
				const [from, to] = [roomOf(file), roomOf(imported)];
				return depthOf(to) < depthOf(from) || (to !== from && depthOf(to) === depthOf(from));
			})
			.map((imported) => `${file} → ${imported}`),
	);
	expect(wrong).toEqual([]);
});

it('has no circles', () => {
	expect(circlesIn(nodeFiles)).toEqual([]);
	expect(circlesIn(sandboxFiles)).toEqual([]);
});

it('keeps n8n out of what Maileon means, and Maileon out of the engine', () => {
	const imported = (room: string) =>
		[...nodeFiles]
			.filter((file) => roomOf(file) === room)
			.flatMap((file) => importsOf(file, nodeFiles).packages);
	const known = new Set(imported('maileon'));
	known.delete('saxes');
	expect([...known]).toEqual([]);
});

it('keeps the sandbox and the node apart', () => {
	const crossing = (from: ReadonlySet<string>, folder: string) =>
		[...from].flatMap((file) =>
			importsOf(file, from)
				.own.filter((imported) => imported.startsWith(folder))
				.map((imported) => `${file} → ${imported}`),
		);
	expect(crossing(sandboxFiles, 'nodes/')).toEqual([]);
	expect(crossing(nodeFiles, 'sandbox/')).toEqual([]);
});
