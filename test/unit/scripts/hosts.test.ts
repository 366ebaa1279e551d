import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const hosts = pathToFileURL(path.resolve(__dirname, '../../../scripts/hosts.mjs')).href;

/** What `newestOf` gives for each list, asked of plain Node, which is what runs these scripts. */
function newestOfEach(lists: readonly string[][]): unknown {
	const code = `
		import { newestOf } from ${JSON.stringify(hosts)};
		const newest = ${JSON.stringify(lists)}.map((list) => newestOf(list) ?? null);
		console.log(JSON.stringify(newest));`;
	const args = ['--input-type=module', '--eval', code];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

test('the newest version is the highest release, whatever was published last', () => {
	expect(
		newestOfEach([
			['2.41.0', '2.41.3', '2.40.7'],
			['2.9.10', '2.10.0', '2.9.9'],
			['2.41.10', '2.41.9'],
			['2.41.3', '2.42.0-beta.1', '2.42.0-exp.0'],
			['2.42.0-rc.1'],
			[],
		]),
	).toEqual(['2.41.3', '2.10.0', '2.41.10', '2.41.3', null, null]);
});
