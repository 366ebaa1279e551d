import { mailingName } from '../../../maileon/mailing/mailings';
import { factsOf } from '../../../run/failures';
import { isNotFound } from '../../../run/notFound';
import type { StepFailure } from '../../../run/steps';
import type { Explanation } from '../../../transport/words';

/** What is said around a step that failed. */
export interface Surroundings {
	mailing: { id: number; name?: string };
	/** The message. @param trouble what could not be done, and why */
	message(trouble: string): string;
	/** What to do next. */
	advice: ReadonlyArray<string | undefined>;
}

/** A step that failed, in words: what was done, what was not, and what to do next. */
export function explainStep(
	{ step: { what, deed }, cause, done, notDone }: StepFailure,
	{ mailing, message, advice }: Surroundings,
): Explanation {
	const subject = isNotFound(cause)
		? { what: `mailing or its ${what}` }
		: { what: mailingName({ id: String(mailing.id) }) };
	const facts = factsOf(cause, { ...subject, things: 'mailings' });
	return {
		...facts,
		message: message(`its ${what} could not be ${deed}: ${facts.message}`),
		description: [facts.description, ...advice].filter(Boolean).join(' '),
		mailing,
		done,
		not_done: notDone,
	};
}
