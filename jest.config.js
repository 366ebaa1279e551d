const transform = {
	'^.+\\.ts$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};

/** Copies of the project that mutation testing makes. */
const modulePathIgnorePatterns = ['<rootDir>/.stryker-tmp/'];

/** Folders whose tests run the packed package in n8n's engine. */
const ENGINE_FOLDERS = ['shape', 'integration', 'examples'];
const inFolders = (folders) => folders.map((folder) => `<rootDir>/test/${folder}/`);

/** @type {import('jest').Config} */
module.exports = {
	testTimeout: 60_000,
	projects: [
		{
			displayName: 'unit',
			transform,
			modulePathIgnorePatterns,
			testEnvironment: 'node',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', ...inFolders(['e2e', ...ENGINE_FOLDERS])],
		},
		{
			displayName: 'engine',
			transform,
			modulePathIgnorePatterns,
			testEnvironment: '<rootDir>/test/support/environment.ts',
			testMatch: inFolders(ENGINE_FOLDERS).map((folder) => `${folder}**/*.test.ts`),
			globalSetup: '<rootDir>/test/support/globalSetup.ts',
			globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
		},
	],
};
