import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Line } from './engine/n8n';
import { openEngine } from './engine/open';
import FileEnvironment from './fileEnvironment';

interface EngineOptions {
	/** The line of n8n whose engine the tests run in. */
	line: Line;
	/** Endings of the test files whose expressions are evaluated apart from the node. */
	isolated?: string[];
}

/**
 * An environment whose tests reach n8n's engine outside jest's module registry: the engine is
 * loaded by Node itself, once for each worker instead of once for each test file, and the package
 * is found and loaded by the same means as inside n8n.
 */
export default class EngineEnvironment extends FileEnvironment {
	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		const { line, isolated = [] } = config.projectConfig
			.testEnvironmentOptions as unknown as EngineOptions;
		const isolates = isolated.some((ending) => context.testPath.endsWith(ending));
		this.global.openMaileonEngine = async () => await openEngine(line, isolates);
		this.global.n8nLine = line;
	}
}
