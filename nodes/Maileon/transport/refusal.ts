import type { Explanation } from './words';

/** A failure with its words already found, of which Maileon may have done a part. */
export class ExplainedFailure extends Error {
	constructor(
		readonly explanation: Explanation,
		cause?: unknown,
	) {
		super(explanation.message, { cause });
		this.name = 'ExplainedFailure';
	}
}

/** Maileon itself says that it did not do what it was asked for, whatever the status of its answer. */
export class MaileonRefusal extends Error {}

/** A refusal with its words already found, for example from a report. */
export class ExplainedRefusal extends MaileonRefusal {
	constructor(
		readonly explanation: Explanation,
		cause?: unknown,
	) {
		super(explanation.message, { cause });
		this.name = 'ExplainedRefusal';
	}
}
