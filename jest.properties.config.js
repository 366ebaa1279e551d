const { projects } = require('./jest.config.js');

const unit = projects.find(({ displayName }) => displayName === 'unit');

process.env.PROPERTY_RUNS ??= '10000';

/**
 * The properties with 10,000 cases each, ten times as many as `npm test` takes; less where a test says so.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...unit,
	testTimeout: 600_000,
	testMatch: ['<rootDir>/test/unit/properties/**/*.test.ts'],
};
