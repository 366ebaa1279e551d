/**
 * What errors say of contacts and batches that were not taken.
 */
import { identifiersOf, type Contact } from '../../../maileon/contact/contact';
import { matchRefused } from '../../../maileon/contact/matching';
import type { InvalidContact, SynchronizationReport } from '../../../maileon/contact/report';
import { ExplainedRefusal, MaileonRefusal } from '../../../transport/refusal';
import { factsOf, type ErrorFacts } from '../../../run/failures';
import type { Sent } from '../../../run/perBatch';
import type { Sendable } from './plan';

type Batch = ReadonlyArray<Sent<Sendable>>;

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

/** What an error row says of a contact that Maileon refused. */
export function refusedFacts(
	entry: InvalidContact,
	contact?: Contact,
	status?: number,
): ErrorFacts {
	const { message, description, code, field } = entry.error;
	const named = contact
		? identifiersOf(contact)
		: identifiersOf({ email: entry.email, externalId: entry.external_id });
	return factsOf(
		new ExplainedRefusal({
			message,
			description,
			http_status: status,
			code,
			field: field ?? undefined,
		}),
		{},
		named,
	);
}

/** What the error row of each contact of a failed batch says. */
export function explainContacts(batch: Batch, error: unknown): ErrorFacts[] {
	if (!(error instanceof RefusedBatch))
		return batch.map(({ payload }) => factsOf(error, {}, identifiersOf(payload.contact)));
	const { report, status } = error;
	const found = matchRefused(
		report.invalid_contacts,
		batch.map(({ payload }) => payload.contact),
		batch[0]?.payload.group.settings.identifyBy ?? 'email',
	);
	const entryOf = new Map(found.map((index, entry) => [index, report.invalid_contacts[entry]]));
	return batch.map(({ payload }, index) => {
		const entry = entryOf.get(index);
		if (entry) return refusedFacts(entry, payload.contact, status);
		return {
			message: 'Maileon refused the request because of other contacts in it',
			description: `${listed(report)} Whether this contact was stored is not documented. Turn on "Ignore Invalid Contacts" to synchronize the valid ones.`,
			http_status: status,
			contact: identifiersOf(payload.contact),
		};
	});
}

/** What the error that stops the run says. */
export function explainBatch(batch: Batch, error: unknown, done: number): ErrorFacts {
	const before =
		done === 0
			? 'No contact was synchronized before.'
			: `${done} ${done === 1 ? 'contact was' : 'contacts were'} synchronized before.`;
	if (error instanceof RefusedBatch) {
		const { report, status } = error;
		const count = report.invalid_contacts.length;
		const [only] = report.invalid_contacts;
		return {
			message:
				count === 0
					? 'Maileon reports that the synchronization did not work'
					: `Maileon refused ${count} of ${batch.length} ${batch.length === 1 ? 'contact' : 'contacts'}`,
			description: `${listed(report)} ${before} Turn on "Ignore Invalid Contacts" to synchronize the valid ones.`,
			http_status: status,
			...(count === 1 && only?.error.code !== undefined && { code: only.error.code }),
			...(count === 1 && only?.error.field && { field: only.error.field }),
		};
	}
	const facts = factsOf(error);
	return { ...facts, description: [facts.description, before].filter(Boolean).join(' ') };
}

const MOST_LISTED = 10;

function listed(report: SynchronizationReport): string {
	const lines = report.invalid_contacts
		.slice(0, MOST_LISTED)
		.map(({ email, external_id, error }) => {
			const who = email ?? external_id ?? 'a contact without identifier';
			const code = error.code === undefined ? '' : `, code ${error.code}`;
			const field = error.field ? `, field ${error.field}` : '';
			return `${who}: ${error.message} (${[code, field].join('').replace(/^, /, '')})`.replace(
				' ()',
				'',
			);
		});
	const more = report.invalid_contacts.length - lines.length;
	if (lines.length === 0) return 'The report names no contact.';
	return `Refused: ${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
