const transform = {
	'^.+\\.ts$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};

/** Copies of the project that mutation testing makes. */
const modulePathIgnorePatterns = ['<rootDir>/.stryker-tmp/'];

/** Folders whose tests run the packed package in n8n's engine. */
const ENGINE_FOLDERS = ['shape', 'integration', 'examples', 'stored'];
const inFolders = (folders) => folders.map((folder) => `<rootDir>/test/${folder}/`);

/** On n8n 2.x these would only take time: they read the files of the project, or send large numbers of items. */
const ON_LINE_1_ONLY = [
	'shape/docs.test.ts',
	'shape/imports.test.ts',
	'shape/names.test.ts',
	'integration/transactionMany.test.ts',
];
/** On n8n 2.x these have their expressions evaluated apart from the node, as n8n 2.x does by default. */
const ISOLATED = ['contactWrite.test.ts', 'createByExternalId.test.ts', 'secrets.test.ts'];

/** Tests that run the packed package in the engine of a line of n8n. */
const engine = {
	transform,
	modulePathIgnorePatterns,
	testEnvironment: '<rootDir>/test/support/environment.ts',
	testMatch: inFolders(ENGINE_FOLDERS).map((folder) => `${folder}**/*.test.ts`),
	globalSetup: '<rootDir>/test/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
};

/** @type {import('jest').Config} */
module.exports = {
	testTimeout: 60_000,
	// Jest itself has little to do, so that a worker for each core pays, even where there are only two.
	maxWorkers: '100%',
	projects: [
		{
			displayName: 'unit',
			transform,
			modulePathIgnorePatterns,
			testEnvironment: '<rootDir>/test/support/fileEnvironment.ts',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', ...inFolders(['e2e', ...ENGINE_FOLDERS])],
		},
		{ ...engine, displayName: 'engine', testEnvironmentOptions: { line: 1 } },
		{
			...engine,
			displayName: 'engine-2',
			testEnvironmentOptions: { line: 2, isolated: ISOLATED.map((name) => `/${name}`) },
			testPathIgnorePatterns: ['/node_modules/', ...ON_LINE_1_ONLY.map((name) => `/${name}$`)],
		},
	],
};
