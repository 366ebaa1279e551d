import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
	determineHitLimitReached,
	DryRunStatus,
	MutantRunStatus,
	TestStatus,
} from '@stryker-mutator/api/test-runner';
import { FILES_VARIABLE, KEPT_VARIABLE, keptIn, keyOf, TESTS_VARIABLE } from './kept.mjs';
import { openTestFiles } from './testFiles.mjs';
import { filesToRun, isRun } from './tests.mjs';

/** A change that so many tests do not notice is taken for one that none notices. */
const MOST_TESTS = 200;
/** Tests that take longer, in milliseconds, are only asked about changes that no other test reaches. */
const SLOW = 400;
/** How long to wait before a test is run again without the change, the first time and whenever that fails. */
const PAUSES = [0, 100, 500, 2_000];
/** How long a test may take that runs without any change. */
const PATIENCE = 60_000;

const groupBy = (list, keyOf) => {
	const groups = new Map();
	for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
	return [...groups.values()];
};

/** What Stryker's changed code and Stryker tell each other. */
const told = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

/**
 * Runs tests in the process of the worker. They and n8n's engine are loaded once, so that a change costs no more
 * than the tests that reach it.
 */
class SameProcessRunner {
	#root = process.cwd();
	#files = openTestFiles(this.#root, (id) => {
		told.currentTestId = id;
	});
	#kept = keptIn(
		process.env[KEPT_VARIABLE],
		process.env[TESTS_VARIABLE],
		process.env[FILES_VARIABLE],
	);
	#measured;
	#known;
	/** Whether no test has run with changed code yet. */
	#isFresh = true;
	/** Whether changed code has left something behind that makes tests fail without it. */
	#isSpoilt = false;

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		process.env.NODE_ENV = 'test';
		const require = createRequire(path.join(this.#root, 'package.json'));
		require('./test/support/firstFailure.ts');
		const { openEngine } = require('./test/support/engine/open.ts');
		const engine = await openEngine(1);
		Object.assign(globalThis, { openMaileonEngine: async () => engine, n8nLine: 1 });
		for (const node of Object.keys(engine.n8n.loader.known.nodes)) engine.n8n.loader.getNode(node);
		for (const file of filesToRun(this.#root)) this.#files.load(file);
	}

	async dryRun() {
		const found = this.#kept.dryRun() ?? (await this.#runAll());
		const { status, tests = [] } = found;
		if (status !== DryRunStatus.Complete) return found;
		if (tests.every((test) => test.status === TestStatus.Success)) this.#kept.keepDryRun(found);
		const inSandbox = (file) => path.join(this.#root, file);
		return {
			...found,
			tests: tests.map((test) => ({ ...test, fileName: inSandbox(test.fileName) })),
		};
	}

	async #runAll() {
		const tests = [];
		for (const ids of groupBy(this.#ids(), this.#files.fileOf)) {
			const start = performance.now();
			const { results, outside } = await this.#files.run(ids, { timeout: PATIENCE });
			if (outside.length > 0)
				return { status: DryRunStatus.Error, errorMessage: `${ids[0]}: ${outside.join('\n')}` };
			const inTests = results.reduce((sum, { duration }) => sum + duration, 0);
			const around = Math.max(0, performance.now() - start - inTests) / results.length;
			for (const { id, duration, errors } of results)
				tests.push({
					id,
					name: id,
					fileName: path.relative(this.#root, this.#files.fileOf(id)),
					timeSpentMs: duration + around,
					...(errors.length > 0
						? { status: TestStatus.Failed, failureMessage: errors.join('\n') }
						: { status: TestStatus.Success }),
				});
		}
		return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#coverage() };
	}

	#ids() {
		return this.#files.ids().filter(isRun);
	}

	/** What each test reaches, with what the hooks before it reach. */
	#coverage() {
		const { static: atLoad, perTest } = told.mutantCoverage ?? { static: {}, perTest: {} };
		const tests = Object.fromEntries(this.#ids().map((id) => [id, { ...perTest[id] }]));
		for (const [block, ids] of this.#files.blocks)
			for (const [mutant, hits] of Object.entries(perTest[block] ?? {}))
				for (const id of ids.filter(isRun)) tests[id][mutant] = (tests[id][mutant] ?? 0) + hits;
		return { static: atLoad, perTest: tests };
	}

	async mutantRun({ activeMutant, sandboxFileName, testFilter = this.#ids(), hitLimit }) {
		const key = keyOf(path.relative(this.#root, sandboxFileName), activeMutant);
		this.#known ??= this.#kept.results();
		const known = this.#known.get(key);
		if (known) return known;
		const result = await this.#tryChange(activeMutant.id, testFilter, hitLimit);
		this.#kept.keepResult(key, result);
		return result;
	}

	async #tryChange(mutant, testFilter, hitLimit) {
		if (this.#isSpoilt) throw new Error('Changed code has spoilt this process');
		let nrOfTests = 0;
		for (const ids of this.#inOrder(testFilter)) {
			const { failed, ran } = await this.#runChanged(mutant, ids, hitLimit);
			nrOfTests += ran;
			const limit = determineHitLimitReached(told.hitCount, told.hitLimit);
			if (failed || limit) await this.#checkUnchanged(failed?.id ?? ids[0]);
			if (limit) return limit;
			if (failed)
				return {
					status: MutantRunStatus.Killed,
					killedBy: [failed.id],
					failureMessage: failed.message.slice(0, 200),
					nrOfTests,
				};
		}
		this.#isFresh = false;
		return { status: MutantRunStatus.Survived, nrOfTests };
	}

	/** The tests by file, with those first that reach least, as they look closest. */
	#inOrder(ids) {
		this.#measured ??= this.#measure();
		const isQuick = (id) => this.#measured.get(id).time <= SLOW;
		const reachOf = (id) => this.#measured.get(id).reach;
		const quick = ids.filter(isQuick);
		const chosen = (quick.length > 0 ? quick : ids)
			.toSorted((a, b) => reachOf(a) - reachOf(b))
			.slice(0, MOST_TESTS);
		return groupBy(chosen, this.#files.fileOf);
	}

	/** How long each test takes without any change, and how many places of the code it reaches. */
	#measure() {
		const { tests, mutantCoverage } = this.#kept.dryRun();
		return new Map(
			tests.map(({ id, timeSpentMs: time }) => [
				id,
				{ time, reach: Object.keys(mutantCoverage.perTest[id]).length },
			]),
		);
	}

	async #runChanged(mutant, ids, hitLimit) {
		Object.assign(told, { activeMutant: mutant, hitLimit, hitCount: hitLimit ? 0 : undefined });
		const { results, outside } = await this.#files.run(ids, { bail: true });
		told.activeMutant = undefined;
		const failed = results.find(({ errors }) => errors.length > 0);
		const message = failed?.errors[0] ?? outside[0];
		return {
			ran: results.length,
			failed: message === undefined ? undefined : { id: failed?.id ?? ids[0], message },
		};
	}

	/**
	 * A failure counts only when the test passes without the change; if not, an earlier change may have spoilt
	 * the process, and Stryker repeats the run in a new one. What still runs of a test that took too long is
	 * given time to end.
	 */
	async #checkUnchanged(id) {
		const wasFresh = this.#isFresh;
		this.#isFresh = false;
		for (const pause of PAUSES) {
			await setTimeout(pause);
			const { results, outside } = await this.#files.run([id]);
			if (outside.length === 0 && results.every(({ errors }) => errors.length === 0)) return;
		}
		this.#isSpoilt = true;
		if (!wasFresh) throw new Error('An earlier change may have spoilt this process');
	}

	dispose() {
		told.activeMutant = undefined;
	}
}

export const strykerPlugins = [
	declareClassPlugin(PluginKind.TestRunner, 'same-process', SameProcessRunner),
];
