import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The environment variable with the folder that keeps what a run found, so that it can go on later. */
export const KEPT_VARIABLE = 'MUTATION_KEPT';

/** What tells a change from all others of the same sources. */
export const keyOf = (fileName, { location, mutatorName, replacement }) => {
	const { start, end } = location;
	const place = [start.line, start.column, end.line, end.column].join(':');
	return `${fileName} ${place} ${mutatorName} ${replacement}`;
};

/**
 * What runs with the same sources and tests have found, in files that grow while they run.
 *
 * @param {string} folder
 */
export function keptIn(folder) {
	mkdirSync(folder, { recursive: true });
	const dryRun = path.join(folder, 'dry-run.json');
	const results = path.join(folder, 'results.jsonl');
	const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
	return {
		/** What the run without any change has found; undefined when there was none. */
		dryRun() {
			const text = read(dryRun);
			return text === undefined ? undefined : JSON.parse(text);
		},
		keepDryRun: (found) => writeFileSync(dryRun, JSON.stringify(found)),
		/** What became of each change so far, by its key. A line that was cut off is left out. */
		results() {
			const lines = (read(results) ?? '').split('\n').filter((line) => line.endsWith(']'));
			return new Map(lines.map((line) => JSON.parse(line)));
		},
		keepResult: (key, result) => appendFileSync(results, `${JSON.stringify([key, result])}\n`),
	};
}
