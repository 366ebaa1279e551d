import type { Explanation } from './words';

/** Maileon itself says that it did not do what it was asked for, whatever the status of its answer. */
export class MaileonRefusal extends Error {}

/** A refusal with its words already found, for example from a report. */
export class ExplainedRefusal extends MaileonRefusal {
	constructor(readonly explanation: Explanation) {
		super(explanation.message);
		this.name = 'ExplainedRefusal';
	}
}
