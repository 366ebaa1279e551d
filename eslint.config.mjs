import { config } from '@n8n/node-cli/eslint';

export default [
	...config,
	{ ignores: ['coverage/**', 'reports/**', 'artifacts/**', '.stryker-tmp/**'] },
	{
		rules: { '@typescript-eslint/no-explicit-any': 'error' },
		files: ['**/*.ts'],
	},
	{
		// Programs and tests around the package run in plain Node, not inside n8n.
		files: ['sandbox/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
		},
	},
];
