import { build } from 'esbuild';
import * as workflowOf1 from 'n8n-workflow';
import * as workflowOf2 from 'n8n-workflow-2';

import { namesMissingIn, namesTakenFrom } from '../../../scripts/hostNames';

const taken = (code: string) => namesTakenFrom('n8n-workflow', code);

test.each<[string, string, string[]]>([
	['properties', 'var h = require("n8n-workflow"); h.b(); new h.a("x");', ['a', 'b']],
	['calls without a receiver', 'var h = require("n8n-workflow"); (0, h.sleep)(1);', ['sleep']],
	['properties in brackets', 'const h = require("n8n-workflow"); h["a"]; h[`b`];', ['a', 'b']],
	['the call itself', 'require("n8n-workflow").a; (require("n8n-workflow")).b;', ['a', 'b']],
	['destructuring', 'const { a, b: c, "d": e } = require("n8n-workflow");', ['a', 'b', 'd']],
	['later destructuring', 'var h = require("n8n-workflow"); const { a } = h;', ['a']],
	['another name for it', 'var i = h2, h2 = h, h = require("n8n-workflow"); i.a;', ['a']],
	['a namespace', 'var h = __toESM(require("n8n-workflow"), 1); h.a;', ['a']],
	[
		'several',
		'var h = require("n8n-workflow"), h2 = require("n8n-workflow"); h.a; h2.b; h2.a;',
		['a', 'b'],
	],
	['a base class', 'var h = require("n8n-workflow"); class X extends h.Y {}', ['Y']],
	['nothing', 'require("n8n-workflow"); require("n8n-workflow-2").a; other.host.b;', []],
	['no words in texts', 'var t = "h.a"; var h = require("n8n-workflow"); x.h.b; ({ h: 1 });', []],
])('%s', (_what, code, names) => {
	expect(taken(code)).toEqual(names);
});

test.each([
	['a name that is made', 'var h = require("n8n-workflow"); h[x];'],
	['all the rest', 'const { a, ...rest } = require("n8n-workflow");'],
	['a name that is made, destructured', 'const { [x]: a } = require("n8n-workflow");'],
	['the whole module as an argument', 'var h = require("n8n-workflow"); use(h);'],
	['the whole module in an object', 'var h = require("n8n-workflow"); ({ h });'],
	['the whole module as a value', 'var h = require("n8n-workflow"); ({ x: h });'],
	['the whole module spread', 'var h = require("n8n-workflow"); ({ ...h });'],
	['the whole module handed on', 'module.exports = require("n8n-workflow");'],
	['a later assignment', 'var h; h = require("n8n-workflow");'],
	['a part of the module', 'require("n8n-workflow/dist/utils");'],
	['a later import', 'import("n8n-workflow");'],
	['where the module lies', 'require.resolve("n8n-workflow");'],
])('%s is refused', (_what, code) => {
	expect(() => taken(code)).toThrow('in a way that is not understood');
});

test('every way to import is found in what esbuild writes', async () => {
	const { outputFiles } = await build({
		stdin: {
			contents: `
				import { a, b as c } from 'n8n-workflow';
				import * as all from 'n8n-workflow';
				import standard from 'n8n-workflow';
				import { used } from './part';
				export const values = [a, c(), all.d, standard, used];
				export { e } from 'n8n-workflow';
			`,
		},
		plugins: [
			{
				name: 'part',
				setup({ onResolve, onLoad }) {
					onResolve({ filter: /part$/ }, () => ({ path: 'part', namespace: 'part' }));
					onLoad({ filter: /./, namespace: 'part' }, () => ({
						contents: `import { a, f } from 'n8n-workflow'; export const used = new f(a);`,
					}));
				},
			},
		],
		bundle: true,
		write: false,
		platform: 'node',
		format: 'cjs',
		external: ['n8n-workflow'],
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
