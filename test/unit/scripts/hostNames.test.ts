import { build } from 'esbuild';
import * as workflowOf1 from 'n8n-workflow';
import * as workflowOf2 from 'n8n-workflow-2';

import { namesMissingIn, namesTakenFrom } from '../../../scripts/hostNames';

const taken = (code: string) => namesTakenFrom('host', code);

test.each<[string, string, string[]]>([
	['properties', 'var h = require("host"); h.b(); new h.a("x");', ['a', 'b']],
	['calls without a receiver', 'var h = require("host"); (0, h.sleep)(1);', ['sleep']],
	['properties in brackets', 'const h = require("host"); h["a"]; h[`b`];', ['a', 'b']],
	['the call itself', 'require("host").a; (require("host")).b;', ['a', 'b']],
	['destructuring', 'const { a, b: c, "d": e } = require("host");', ['a', 'b', 'd']],
	['later destructuring', 'var h = require("host"); const { a } = h;', ['a']],
	['another name for it', 'var i = h2, h2 = h, h = require("host"); i.a;', ['a']],
	['a namespace', 'var h = __toESM(require("host"), 1); h.a;', ['a']],
	['several', 'var h = require("host"), h2 = require("host"); h.a; h2.b; h2.a;', ['a', 'b']],
	['a base class', 'var h = require("host"); class X extends h.Y {}', ['Y']],
	['nothing', 'require("host"); require("hostess").a; other.host.b;', []],
	['no words in texts', 'var t = "h.a"; var h = require("host"); x.h.b; ({ h: 1 });', []],
])('%s', (_what, code, names) => {
	expect(taken(code)).toEqual(names);
});

test.each([
	['a name that is made', 'var h = require("host"); h[x];'],
	['all the rest', 'const { a, ...rest } = require("host");'],
	['a name that is made, destructured', 'const { [x]: a } = require("host");'],
	['the whole module as an argument', 'var h = require("host"); use(h);'],
	['the whole module in an object', 'var h = require("host"); ({ h });'],
	['the whole module as a value', 'var h = require("host"); ({ x: h });'],
	['the whole module spread', 'var h = require("host"); ({ ...h });'],
	['the whole module handed on', 'module.exports = require("host");'],
	['a later assignment', 'var h; h = require("host");'],
	['a part of the module', 'require("host/dist/utils");'],
	['a later import', 'import("host");'],
	['where the module lies', 'require.resolve("host");'],
])('%s is refused', (_what, code) => {
	expect(() => taken(code)).toThrow('in a way that is not understood');
});

test('every way to import is found in what esbuild writes', async () => {
	const { outputFiles } = await build({
		stdin: {
			contents: `
				import { a, b as c } from 'host';
				import * as all from 'host';
				import standard from 'host';
				import { used } from './part';
				export const values = [a, c(), all.d, standard, used];
				export { e } from 'host';
			`,
		},
		plugins: [
			{
				name: 'part',
				setup({ onResolve, onLoad }) {
					onResolve({ filter: /part$/ }, () => ({ path: 'part', namespace: 'part' }));
					onLoad({ filter: /./, namespace: 'part' }, () => ({
						contents: `import { a, f } from 'host'; export const used = new f(a);`,
					}));
				},
			},
		],
		bundle: true,
		write: false,
		platform: 'node',
		format: 'cjs',
		external: ['host'],
		minifyWhitespace: true,
		minifySyntax: true,
	});
	expect(taken(outputFiles[0]?.text ?? '')).toEqual(['a', 'b', 'd', 'default', 'e', 'f']);
});

test('names that a line of n8n lacks are found', () => {
	const names = ['NodeApiError', 'sleep', 'sleepWithAbort', 'nobodyHasThis'];
	expect(namesMissingIn(workflowOf1, names)).toEqual(['nobodyHasThis']);
	expect(namesMissingIn(workflowOf2, names)).toEqual(['sleepWithAbort', 'nobodyHasThis']);
});
