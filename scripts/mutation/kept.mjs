import { createHash } from 'node:crypto';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The environment variable with the folder that keeps what a run found, so that it can go on later. */
export const KEPT_VARIABLE = 'MUTATION_KEPT';
/** The environment variable with what tells the tests of this run from all others, see `hashOf`. */
export const TESTS_VARIABLE = 'MUTATION_TESTS';
/** The environment variable with the files of this run, as it was asked for. */
export const FILES_VARIABLE = 'MUTATION_FILES';

/** One short text for what stands in files, and in all files of folders. */
export function hashOf(places) {
	const hash = createHash('sha256');
	for (const place of places)
		for (const file of filesOf(place)) hash.update(file).update(readFileSync(file));
	return hash.digest('hex').slice(0, 12);
}

function filesOf(place) {
	if (path.extname(place) !== '') return [place];
	return readdirSync(place, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/** What tells a change from all others of the same sources. */
export const keyOf = (fileName, { location, mutatorName, replacement }) => {
	const { start, end } = location;
	const place = [start.line, start.column, end.line, end.column].join(':');
	return `${fileName} ${place} ${mutatorName} ${replacement}`;
};

/**
 * What runs with the same code have found, in files that grow while they run. A change that a test noticed
 * counts as long as the file of that test is the same; one that none noticed, as long as all tests are.
 *
 * @param {string} folder
 * @param {string} tests what tells these tests from all others
 * @param {string} files what is changed in this run; the run without any change numbers the places in them
 */
export function keptIn(folder, tests, files) {
	mkdirSync(folder, { recursive: true });
	const named = createHash('sha256').update(`${tests} ${files}`).digest('hex').slice(0, 12);
	const dryRun = path.join(folder, `dry-run-${named}.json`);
	const results = path.join(folder, 'results.jsonl');
	const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
	const hashes = new Map();
	const hashOfFile = (file) => {
		if (!hashes.has(file)) hashes.set(file, existsSync(file) ? hashOf([file]) : 'gone');
		return hashes.get(file);
	};
	/** What must still be the same for a result to hold. */
	const basisOf = ({ killedBy: [test] = [] }) =>
		test === undefined ? tests : hashOfFile(test.slice(0, test.indexOf(' ')));
	return {
		/** What the run without any change has found; undefined when there was none. */
		dryRun() {
			const text = read(dryRun);
			return text === undefined ? undefined : JSON.parse(text);
		},
		keepDryRun: (found) => writeFileSync(dryRun, JSON.stringify(found)),
		/** What is known of each change, by its key. A line that was cut off is left out. */
		results() {
			const lines = (read(results) ?? '').split('\n').filter((line) => line.endsWith(']'));
			const all = lines.map((line) => JSON.parse(line));
			const holds = all.filter(([, result, basis]) => basis === basisOf(result));
			return new Map(holds.map(([key, result]) => [key, result]));
		},
		keepResult: (key, result) =>
			appendFileSync(results, `${JSON.stringify([key, result, basisOf(result)])}\n`),
	};
}
