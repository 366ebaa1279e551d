const { projects } = require('./jest.config.js');

const unit = projects.find(({ displayName }) => displayName === 'unit');

/**
 * The unit tests of the rules and the transport, without those that read millions of characters.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...unit,
	// Stryker wraps an environment of its own around it.
	testEnvironment: 'node',
	setupFiles: ['<rootDir>/test/support/firstFailure.ts'],
	testMatch: ['maileon', 'transport'].map((folder) => `<rootDir>/test/unit/${folder}/**/*.test.ts`),
};
