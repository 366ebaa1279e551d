/**
 * What error rows and thrown errors say of transactions.
 */
import { clause } from '../../../maileon/phrases';
import { describeContact, factsOf, type ErrorFacts } from '../../../run/failures';
import { MaileonFailure } from '../../../transport/failure';
import type { Sent } from '../../../run/perBatch';
import type { PlannedTransaction } from './plan';

type Batch = ReadonlyArray<Sent<PlannedTransaction>>;

interface Refusal {
	/** Missing where the report could not be linked. */
	item?: number;
	facts: ErrorFacts;
	/** Whether no report could be linked to it, so that it may be queued. */
	isUnclear?: boolean;
}

/** Maileon answered, and did not queue these transactions. */
export class NotQueued extends Error {
	constructor(
		readonly refused: readonly Refusal[],
		readonly queued: number,
	) {
		super('Maileon did not queue every transaction');
		this.name = 'NotQueued';
	}
}

const SUBJECT = {
	things: 'transactions',
	unclearMail:
		'Maileon may have accepted this transaction; check before sending it again, since a second mail could go out.',
};

/** What the error row of each transaction of a failed batch says. */
export function explainEach(batch: Batch, error: unknown): ErrorFacts[] {
	const isUnclear = error instanceof MaileonFailure && error.facts.outcome === 'unclear';
	return batch.map(({ payload }) => {
		const facts = factsOf(error, SUBJECT, payload.transaction.contact);
		return isUnclear ? withFilledId(facts, payload) : facts;
	});
}

/** Names the ID by which Maileon may know the transaction, where one was made for it. */
export function withFilledId(facts: ErrorFacts, { filledId }: PlannedTransaction): ErrorFacts {
	if (filledId === undefined) return facts;
	const words = [facts.description, `Its transaction ID is ${filledId}.`];
	return { ...facts, description: words.filter(Boolean).join(' ') };
}

/** What the error that stops the run says. */
export function explainAll(batch: Batch, error: unknown, done: number): ErrorFacts {
	if (error instanceof NotQueued) return explainRefused(batch, error, done);
	const facts = factsOf(error, SUBJECT);
	const before =
		done === 0
			? 'No transaction was sent before this request.'
			: `Before this request, ${queued(done)}`;
	return { ...facts, description: [facts.description, before].filter(Boolean).join(' ') };
}

function explainRefused(batch: Batch, error: NotQueued, done: number): ErrorFacts {
	const { refused } = error;
	const count = done + error.queued;
	const progress =
		count === 0
			? 'Maileon reports no transaction of this run as queued.'
			: `In this run, ${queued(count)}`;
	const [first] = refused;
	if (first && refused.length === 1)
		return {
			...first.facts,
			description: [first.facts.description, progress].filter(Boolean).join(' '),
		};
	return {
		message: messageOf(refused, batch.length),
		description: [listed(refused), commonAdvice(refused), progress].filter(Boolean).join(' '),
		...(first?.facts.http_status !== undefined && { http_status: first.facts.http_status }),
	};
}

/** What to do next, where it is the same for all. */
function commonAdvice(refused: readonly Refusal[]): string | undefined {
	const advice = new Set(refused.map(({ facts }) => facts.description));
	return advice.size === 1 ? refused[0]?.facts.description : undefined;
}

function messageOf(refused: readonly Refusal[], sent: number): string {
	const unclear = refused.filter(({ isUnclear }) => isUnclear).length;
	const notQueued = refused.length - unclear;
	if (unclear === 0) return `Maileon did not queue ${notQueued} of ${sent} transactions.`;
	const doubt = `Maileon does not say what became of ${unclear} of ${sent} transactions`;
	return notQueued === 0 ? `${doubt}.` : `${doubt}, and did not queue ${notQueued}.`;
}

function queued(count: number): string {
	return count === 1
		? '1 other transaction was queued: do not send it again.'
		: `${count} other transactions were queued: do not send them again.`;
}

const MOST_LISTED = 10;

function listed(refused: readonly Refusal[]): string {
	const lines = refused.slice(0, MOST_LISTED).map(({ item, facts }) => {
		const who = describeContact(facts.contact ?? {});
		return `${item === undefined ? 'unknown item' : `item ${item + 1}`} (${who}): ${clause(facts.message)}`;
	});
	const more = refused.length - lines.length;
	return `${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
