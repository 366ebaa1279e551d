import { config } from '@n8n/node-cli/eslint';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';

/** Programs and tests around the package run in plain Node and are not published. */
const AROUND_THE_PACKAGE = ['sandbox', 'test', 'bench', 'scripts'].map((name) => `${name}/**/*.ts`);

const rulesForPublishedCode = Object.keys(n8nCommunityNodesPlugin.rules).map(
	(name) => `@n8n/community-nodes/${name}`,
);

/** n8n's configuration with every warning made an error, so that `n8n-node lint` fails on both. */
function withoutWarnings(part) {
	const asError = (setting) => {
		const [severity, ...options] = [setting].flat();
		return severity === 'warn' || severity === 1 ? ['error', ...options] : setting;
	};
	const rules = Object.entries(part.rules ?? {}).map(([name, setting]) => [name, asError(setting)]);
	return part.rules ? { ...part, rules: Object.fromEntries(rules) } : part;
}

export default [
	...config.map(withoutWarnings),
	{ ignores: ['coverage/**', 'reports/**', 'artifacts/**', '.stryker-tmp/**'] },
	{
		files: ['**/*.ts'],
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
		rules: { '@typescript-eslint/no-explicit-any': 'error' },
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: ':matches(CallExpression, NewExpression) > SpreadElement.arguments',
					message:
						'A list that is spread into arguments overflows the stack when it is as long as a large input. Use a loop.',
				},
			],
		},
	},
	{
		files: AROUND_THE_PACKAGE,
		rules: {
			'no-console': 'off',
			...Object.fromEntries(rulesForPublishedCode.map((name) => [name, 'off'])),
		},
	},
];
