import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');

test('docs/faults.md is what the fault matrix says', () => {
	const tsx = path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
	const { status, stderr } = spawnSync(
		process.execPath,
		[tsx, path.join(ROOT, 'scripts', 'faults-doc.ts'), '--check'],
		{ encoding: 'utf8' },
	);
	expect(stderr).toBe('');
	expect(status).toBe(0);
});
