import { createRequire } from 'node:module';
import path from 'node:path';
import { mockableModules, transpileTypeScript } from './transpile.mjs';

const require = createRequire(import.meta.url);
const circus = require('jest-circus');
const { jestExpect } = require('@jest/expect');
const { ModuleMocker } = require('jest-mock');
const { ModernFakeTimers } = require('@jest/fake-timers');

/** How long a test may take while code is changed; none takes a tenth of it otherwise. */
const TEST_TIMEOUT = 3_000;

const FRESH = { errors: [], status: null, duration: null, startedAt: null, invocations: 0 };

/** All tests below a block, in the order in which they run. */
function testsBelow(block) {
	return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsBelow(child)));
}

function nameOf(test) {
	const names = [test.name];
	for (let block = test.parent; block.parent; block = block.parent) names.unshift(block.name);
	return names.join(' ');
}

/** Errors that nobody waits for, which would end the process. */
function collectStrays() {
	const strays = [];
	for (const event of ['uncaughtException', 'unhandledRejection'])
		process.on(event, (error) => strays.push(error));
	return strays;
}

/** What tests find as globals. Gives back the timers that they can hold. */
function provideGlobals(modules) {
	const timers = new ModernFakeTimers({
		config: { fakeTimers: {}, rootDir: process.cwd() },
		global: globalThis,
	});
	const mocker = new ModuleMocker(globalThis);
	const jest = {
		mock: modules.mock,
		requireActual: modules.requireActual,
		fn: (implementation) => mocker.fn(implementation),
		spyOn: (...parameters) => mocker.spyOn(...parameters),
		useFakeTimers: (settings) => timers.useFakeTimers(settings),
		useRealTimers: () => timers.useRealTimers(),
		setSystemTime: (now) => timers.setSystemTime(now),
		runAllTimers: () => timers.runAllTimers(),
	};
	const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
	const hooks = { beforeAll, beforeEach, afterAll, afterEach };
	Object.assign(globalThis, { describe, it, test, ...hooks, expect: jestExpect, jest });
	return timers;
}

/**
 * Test files that are loaded once into this process and whose tests can be run any number of times,
 * with jest's own `describe`, `it` and `expect`.
 *
 * @param {string} root the folder of the project
 * @param {(name: string | undefined) => void} onTest told which test runs, or that none does
 */
export function openTestFiles(root, onTest) {
	transpileTypeScript();
	const modules = mockableModules(root);
	const timers = provideGlobals(modules);

	const byId = new Map();
	let strays;
	let afterFailure;
	circus.addEventHandler(({ name, test, hook }) => {
		if (name === 'test_started') onTest(test.id);
		if (name === 'test_done') {
			onTest(undefined);
			if (test.errors.length > 0) afterFailure?.();
		}
		if (hook?.type !== 'beforeAll') return;
		if (name === 'hook_start') onTest(hook.parent.id);
		if (name === 'hook_success' || name === 'hook_failure') onTest(undefined);
	});

	/** Gives each block of a file an id that tells its tests, as each of them needs what its hooks made. */
	function identify(block, file, blocks) {
		block.id = `block ${blocks.size} of ${file}`;
		blocks.set(
			block.id,
			testsBelow(block).map(({ id }) => id),
		);
		for (const child of block.children)
			if (child.type === 'describeBlock') identify(child, file, blocks);
	}

	return {
		/** By the id of a block with hooks, the ids of the tests that need them. */
		blocks: new Map(),
		ids: () => [...byId.keys()],
		fileOf: (id) => byId.get(id)?.file,
		load(file) {
			circus.resetState();
			modules.load(file);
			const state = circus.getState();
			const short = path.relative(root, file);
			const tests = testsBelow(state.rootDescribeBlock);
			for (const [index, test] of tests.entries()) {
				const name = `${short} ${nameOf(test)}`;
				test.id = byId.has(name) ? `${name} (${index})` : name;
				byId.set(test.id, { file, state, test, tests });
			}
			identify(state.rootDescribeBlock, short, this.blocks);
		},
		/**
		 * Runs some tests of one file. Gives back what became of each, and errors that belong to none.
		 *
		 * @param {string[]} ids
		 * @param {{ bail?: boolean, timeout?: number }} [options]
		 */
		async run(ids, { bail = false, timeout = TEST_TIMEOUT } = {}) {
			const [first] = ids;
			const { state, tests } = byId.get(first);
			const chosen = new Set(ids);
			for (const test of tests)
				Object.assign(test, FRESH, { errors: [], mode: chosen.has(test.id) ? undefined : 'skip' });
			Object.assign(state, { unhandledErrors: [], currentlyRunningTest: null, hasStarted: false });
			state.unhandledRejectionErrorByPromise.clear();
			circus.setState(state);
			state.testTimeout = timeout;
			afterFailure = bail ? () => tests.forEach((test) => (test.mode = 'skip')) : undefined;
			strays ??= collectStrays();
			strays.length = 0;
			const { unhandledErrors } = await circus.run();
			timers.useRealTimers();
			return {
				results: tests
					.filter(({ status }) => status === 'done')
					.map(({ id, duration, errors }) => ({ id, duration, errors: errors.map(String) })),
				outside: [...unhandledErrors, ...strays].map(String),
			};
		},
	};
}
