import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import NodeEnvironment from 'jest-environment-node';
import type { Line } from './engine/n8n';
import { openEngine } from './engine/open';

/**
 * A Node environment whose tests reach n8n's engine outside jest's module registry: the engine is
 * loaded by Node itself, once for each worker instead of once for each test file, and the package
 * is found and loaded by the same means as inside n8n. The option `line` of the project says which
 * line of n8n it is.
 */
export default class EngineEnvironment extends NodeEnvironment {
	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		const line = config.projectConfig.testEnvironmentOptions.line as Line;
		this.global.openMaileonEngine = async () => await openEngine(line);
	}
}
