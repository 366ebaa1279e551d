/**
 * What errors and hints say of contacts that were not taken.
 */
import { identifiersOf, type Contact } from '../../../maileon/contact/contact';
import { refusedContacts, type RefusedContact } from '../../../maileon/contact/matching';
import {
	reasonsOf,
	type ContactError,
	type InvalidContact,
	type SynchronizationReport,
} from '../../../maileon/contact/report';
import { clause, counted, sentence } from '../../../maileon/phrases';
import { ExplainedRefusal, MaileonRefusal } from '../../../transport/refusal';
import { factsOf, itemName, type ErrorFacts } from '../../../run/failures';
import type { Sent } from '../../../run/perBatch';
import type { Tally } from '../../../run/rows';
import type { Output } from './parameters';
import type { Sendable } from './plan';

export type Batch = ReadonlyArray<Sent<Sendable>>;

/** Maileon refused a list of contacts as a whole, and named the ones that are invalid. */
export class RefusedBatch extends MaileonRefusal {
	constructor(
		readonly report: SynchronizationReport,
		readonly status: number,
	) {
		super('Maileon refused the request');
		this.name = 'RefusedBatch';
	}
}

/** The contacts of a batch that its report refuses. */
export function refusedOf(batch: Batch, report: SynchronizationReport): RefusedContact[] {
	return refusedContacts(
		report.invalid_contacts,
		batch.map(({ payload }) => payload.contact),
		batch[0]?.payload.group.settings.identifyBy ?? 'email',
	);
}

/** What an error row says of a contact that Maileon refused. */
export function refusedFacts(
	entry: InvalidContact,
	contact?: Contact,
	status?: number,
): ErrorFacts {
	const named = contact
		? identifiersOf(contact)
		: identifiersOf({ email: entry.email, externalId: entry.external_id });
	const [first, ...others] = reasonsOf(entry);
	const { message, description, code, field } = first ?? entry.error;
	const more = others.map((reason) => `Also: ${reasonText(reason)}`);
	return factsOf(
		new ExplainedRefusal({
			message,
			description: [description, ...more].filter(Boolean).join(' '),
			http_status: status,
			code,
			field: field ?? undefined,
		}),
		{},
		named,
	);
}

function reasonText({ message, description, field }: ContactError): string {
	const where = field ? ` (field ${field})` : '';
	return [sentence(`${clause(message)}${where}`), description].filter(Boolean).join(' ');
}

const TURN_ON = 'Turn on "Ignore Invalid Contacts" to store the valid ones.';

/** What the error row of each contact of a failed batch says. */
export function explainContacts(batch: Batch, error: unknown): ErrorFacts[] {
	if (!(error instanceof RefusedBatch))
		return batch.map(({ payload }) => factsOf(error, {}, identifiersOf(payload.contact)));
	const { report, status } = error;
	const refused = refusedOf(batch, report);
	const entryOf = new Map(refused.map(({ entry, index }) => [index, entry]));
	return batch.map(({ payload }, index) => {
		const entry = entryOf.get(index);
		if (entry) return refusedFacts(entry, payload.contact, status);
		return {
			message: 'Maileon refused the request because of other contacts in it.',
			description: `${listed(refused)} Maileon does not say whether this contact was stored. ${TURN_ON}`,
			http_status: status,
			contact: identifiersOf(payload.contact),
		};
	});
}

/** The input item of the first contact that was refused, where the batch failed for that. */
export function itemOfRefusal(error: unknown, batch: Batch): number | undefined {
	if (!(error instanceof RefusedBatch)) return undefined;
	const items = refusedOf(batch, error.report).flatMap(
		({ index = -1 }) => batch[index]?.item ?? [],
	);
	return items.length === 0 ? undefined : items.reduce((least, item) => Math.min(least, item));
}

/**
 * What the error that stops the run says.
 * @param done how many contacts were sent before
 * @param itemCount how many input items there are
 */
export function explainBatch(
	batch: Batch,
	error: unknown,
	done: number,
	itemCount: number,
): ErrorFacts {
	const before =
		done === 0
			? 'No contact was synchronized before.'
			: `${counted(done, 'contact')} ${done === 1 ? 'was' : 'were'} synchronized before.`;
	if (error instanceof RefusedBatch) {
		const { report, status } = error;
		const refused = refusedOf(batch, report);
		const count = refused.length;
		const only = count === 1 ? refused[0]?.entry.error : undefined;
		return {
			message:
				count === 0
					? 'Maileon reports that the synchronization did not work.'
					: `Maileon refused ${count} of ${counted(batch.length, 'contact')}.`,
			description: `${listed(refused, (index) => itemOfContact(batch, index, itemCount))} ${before} ${TURN_ON}`,
			http_status: status,
			...(only?.code !== undefined && { code: only.code }),
			...(only?.field && { field: only.field }),
		};
	}
	const facts = factsOf(error);
	return { ...facts, description: [facts.description, before].filter(Boolean).join(' ') };
}

function itemOfContact(batch: Batch, index: number, itemCount: number): string | undefined {
	const item = batch[index]?.item;
	return item === undefined || itemCount < 2 ? undefined : itemName(item, itemCount);
}

const MOST_LISTED = 10;

function listed(
	refused: readonly RefusedContact[],
	nameOf: (index: number) => string | undefined = () => undefined,
): string {
	if (refused.length === 0) return 'The report names no contact.';
	const lines = refused.slice(0, MOST_LISTED).map(({ entry, index = -1 }) => {
		const who = entry.email ?? entry.external_id ?? 'a contact without identifier';
		const reasons = reasonsOf(entry).map((reason) => shortReason(reason, who));
		const item = nameOf(index);
		return `${item ? `${item}, ` : ''}${who}: ${reasons.join(', ')}`;
	});
	const more = refused.length - lines.length;
	return `Refused: ${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

/** A reason in few words. For an invalid email, Maileon names the address itself as the field. */
function shortReason({ message, code, field }: ContactError, who: string): string {
	const details = [
		code === undefined ? undefined : `code ${code}`,
		field && field !== who ? `field ${field}` : undefined,
	].filter(Boolean);
	return `${clause(message)}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

const WHERE_REFUSED: Readonly<Record<Output, (isOne: boolean) => string>> = {
	report: (isOne) => `The report names ${isOne ? 'it' : 'them'} under "invalid_contacts".`,
	contacts: (isOne) => `${isOne ? 'Its' : 'Their'} status in the output is "invalid".`,
	invalidContacts: (isOne) => `${isOne ? 'It stands' : 'They stand'} in the output.`,
};

/**
 * What a person should know of a run that worked.
 * @param tally how many contacts Maileon refused while it took others of their request (`refused`), left as
 *   they were since they existed already (`unchanged`), or did not take in again (`unsubscribed`)
 * @param outputs the outputs that the items chose
 * @param hasErrorBranch whether refused contacts leave by the error branch, where nobody can miss them
 */
export function hintsOf(
	{ refused = 0, unchanged = 0, unsubscribed = 0 }: Tally,
	outputs: readonly Output[],
	hasErrorBranch: boolean,
): string[] {
	const hints: string[] = [];
	if (refused > 0 && !hasErrorBranch) {
		const where = outputs.map((output) => WHERE_REFUSED[output](refused === 1)).join(' ');
		hints.push(
			`${counted(refused, 'contact')} ${wasOrWere(refused)} refused. ${where} To handle refused contacts on a branch of their own, set "On Error" in the settings of this node to "Continue (using error output)".`,
		);
	}
	if (unchanged > 0)
		hints.push(
			`${counted(unchanged, 'contact')} existed already and ${wasOrWere(unchanged)} left unchanged.`,
		);
	if (unsubscribed > 0)
		hints.push(
			`${counted(unsubscribed, 'contact')} ${wasOrWere(unsubscribed)} skipped because the ${unsubscribed === 1 ? 'person has' : 'people have'} unsubscribed.`,
		);
	return hints;
}

function wasOrWere(count: number): string {
	return count === 1 ? 'was' : 'were';
}
