/**
 * Mutation testing: does a test fail when the code is changed? Run by `npm run test:mutation`, see docs/mutation.md.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	plugins: ['./scripts/mutation/runner.mjs'],
	testRunner: 'same-process',
	coverageAnalysis: 'perTest',
	// What is evaluated once, as descriptions of parameters are, is checked by tests of its shape.
	ignoreStatic: true,
	// Texts for people are not behaviour.
	mutator: { excludedMutations: ['StringLiteral'] },
	// The copy lies inside the project, whose packages Node finds anyway.
	symlinkNodeModules: false,
	buildCommand: 'tsx scripts/mutation/install.ts',
	concurrency: 2,
	timeoutMS: 10_000,
	timeoutFactor: 0.1,
	dryRunTimeoutMinutes: 10,
	ignorePatterns: ['dist', 'artifacts', 'coverage', 'bench', 'docs'],
	reporters: ['json', 'progress-append-only'],
	allowConsoleColors: false,
	tempDirName: '.stryker-tmp',
};
