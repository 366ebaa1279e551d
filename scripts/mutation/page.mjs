import { readFileSync, writeFileSync } from 'node:fs';

/** What a folder and all of them together have to reach, in percent. */
const LEAST_OF_FOLDER = 80;
const LEAST_TOGETHER = 85;

const START = '<!-- Written by npm run test:mutation from here -->';
const END = '<!-- to here -->';
const ROOT = /^nodes\/Maileon\//;
const FOUND = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

/** Where a file counts: its folder below nodes/Maileon, with the resource for actions. */
function folderOf(file) {
	const [first, second, third] = file.replace(ROOT, '').split('/');
	if (second === undefined) return 'node files';
	return first === 'actions' && third !== undefined ? `${first}/${second}` : first;
}

const isOneOf =
	(statuses) =>
	({ status }) =>
		statuses.includes(status);

function count(name, mutants) {
	const found = mutants.filter(isOneOf(FOUND)).length;
	const missed = mutants.filter(isOneOf(MISSED)).length;
	const unreached = mutants.filter(isOneOf(['NoCoverage'])).length;
	const ignored = mutants.filter(isOneOf(['Ignored'])).length;
	const other = mutants.length - found - missed - ignored;
	const score = found + missed === 0 ? 100 : (100 * found) / (found + missed);
	return { name, mutants: found + missed, found, missed, unreached, ignored, other, score };
}

/** The counts of each folder with anything to change, and of all together, by Stryker's report. */
export function counts({ files }) {
	const folders = new Map();
	for (const [file, { mutants }] of Object.entries(files))
		folders.set(folderOf(file), [...(folders.get(folderOf(file)) ?? []), ...mutants]);
	const sorted = [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		folders: sorted
			.map(([name, mutants]) => count(name, mutants))
			.filter(({ mutants }) => mutants > 0),
		together: count('together', [...folders.values()].flat()),
	};
}

export function breaksThreshold(report) {
	const { folders, together } = counts(report);
	return together.score < LEAST_TOGETHER || folders.some(({ score }) => score < LEAST_OF_FOLDER);
}

function table(rows, together) {
	const cells = ({ name, mutants, found, missed, unreached, score }) => [
		name,
		mutants,
		found,
		missed,
		unreached,
		`${score.toFixed(1)} %`,
	];
	const lines = [
		['folder', 'changes', 'found', 'not found', 'of these, not reached', 'score'],
		...rows.map(cells),
		cells({ ...together, name: '**together**' }),
	].map((line) => line.map(String));
	const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	const written = lines.map(
		(line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
	);
	written.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
	return written.join('\n');
}

/** The table of a report, and what it leaves out. */
export function summary(report) {
	const { folders, together } = counts(report);
	const { ignored, other } = together;
	return [
		table(folders, together),
		'',
		`Left out: ${ignored} changes of what is evaluated once, when the file is loaded${
			other > 0 ? `, and ${other} with which no test could run` : ''
		}.`,
	].join('\n');
}

/**
 * Writes the table into the page, between its marks.
 *
 * @param {string} file
 * @param {object} report Stryker's report
 * @param {string} commit what was measured
 */
export function writePage(file, report, commit) {
	const page = readFileSync(file, 'utf8');
	const start = page.indexOf(START);
	const end = page.indexOf(END);
	if (start < 0 || end < start) throw new Error(`${file} has no place for the table`);
	const text = [START, '', `Measured at commit ${commit}.`, '', summary(report), '', ''].join('\n');
	writeFileSync(file, page.slice(0, start) + text + page.slice(end));
}
