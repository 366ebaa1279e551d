import { readdirSync } from 'node:fs';

import { EXAMPLES } from '../support/examples';

const camelCase = (name: string) =>
	name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());

it('each example is run by a test of its name', () => {
	const tests = readdirSync(__dirname);
	const examples = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
	const wanted = examples.map((file) => `${camelCase(file.slice(0, -'.json'.length))}.test.ts`);
	expect(tests).toEqual(expect.arrayContaining(wanted));
	expect(wanted.length).toBeGreaterThan(0);
});
