/**
 * Does what takes several steps, one after the other, and tells how far it came.
 */
import { translatingRejections } from '../maileon/translate';

/** One step. */
export interface Step {
	/** What it does, by the names under which it comes out. */
	names: readonly string[];
	/** What it is about, for messages: `subject`. */
	what: string;
	/** What is done with that, as in "could not be set". */
	deed: string;
	/**
	 * Does it. Where it shows only now what it consists of, it does nothing and returns the steps that take its
	 * place.
	 */
	run(): Promise<readonly Step[] | undefined>;
}

/** A step that failed. Its cause is what it failed with. */
export class StepFailure extends Error {
	constructor(
		readonly step: Step,
		cause: unknown,
		/** Names of the steps before it. */
		readonly done: readonly string[],
		/** Its own names, and those of the steps after it. */
		readonly notDone: readonly string[],
	) {
		super(`The ${step.what} could not be ${step.deed}`, { cause });
		this.name = 'StepFailure';
	}
}

/** The names under which steps come out. */
export function namesOf(steps: ReadonlyArray<Pick<Step, 'names'>>): string[] {
	return steps.flatMap(({ names }) => names);
}

/**
 * Does steps in their order. None follows one that failed.
 * @returns the names of all that was done
 * @throws StepFailure
 */
export async function doSteps(steps: readonly Step[]): Promise<string[]> {
	const done: string[] = [];
	let left = steps;
	for (let [step] = left; step; [step] = left) {
		const parts = await translatingRejections(step.run, failureOf(step, done, left));
		if (!parts) for (const name of step.names) done.push(name);
		left = [...(parts ?? []), ...left.slice(1)];
	}
	return done;
}

function failureOf(
	step: Step,
	done: readonly string[],
	left: readonly Step[],
): (cause: unknown) => StepFailure {
	return (cause) => new StepFailure(step, cause, done, namesOf(left));
}
