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

/** Tests that run the packed package in the engine of one line of n8n. */
const engine = (displayName, line, testMatch) => ({
	displayName,
	transform,
	modulePathIgnorePatterns,
	testEnvironment: '<rootDir>/test/support/environment.ts',
	testEnvironmentOptions: { line },
	testMatch,
	globalSetup: '<rootDir>/test/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
});
const allTests = inFolders(ENGINE_FOLDERS).map((folder) => `${folder}**/*.test.ts`);

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
		engine('engine', 1, allTests),
		engine('engine-2', 2, allTests),
	],
};
