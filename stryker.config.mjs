/**
 * Mutation testing of Maileon's rules and of the transport: does a test fail when the code is changed?
 * The survivors are named in docs/mutation.md.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: ['nodes/Maileon/maileon/**/*.ts', 'nodes/Maileon/transport/**/*.ts'],
	testRunner: 'jest',
	jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: true },
	coverageAnalysis: 'perTest',
	// A changed regular expression is told apart by what it accepts; texts for people are not behaviour.
	mutator: { excludedMutations: ['StringLiteral'] },
	concurrency: 2,
	timeoutMS: 5_000,
	ignorePatterns: ['dist', 'artifacts', 'coverage', 'bench', 'sandbox/live'],
	reporters: ['clear-text', 'json', 'html', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	thresholds: { high: 95, low: 90, break: 85 },
	tempDirName: '.stryker-tmp',
};
