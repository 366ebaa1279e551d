import {
	explainBatch,
	explainContacts,
	itemOfRefusal,
	RefusedBatch,
	type Batch,
} from '../../../../../nodes/Maileon/actions/contact/synchronize/explain';
import type { Sendable } from '../../../../../nodes/Maileon/actions/contact/synchronize/plan';
import type {
	ContactError,
	InvalidContact,
	SynchronizationReport,
} from '../../../../../nodes/Maileon/maileon/contact/report';

const emails = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@x.de`);

/** Contacts of one request, each of an item of its own that has the same number unless told otherwise. */
function batchOf(sent: readonly string[], itemOf = (index: number) => index): Batch {
	const group = { settings: { identifyBy: 'email' } } as unknown as Sendable['group'];
	return sent.map((email, index) => ({
		payload: {
			contact: { email, standardFields: [], customFields: [], preferences: [] },
			group,
		},
		item: itemOf(index),
		sequence: index,
	}));
}

const entry = (email: string | null, error: Partial<ContactError> = {}): InvalidContact => ({
	email,
	error: { message: 'Not valid.', ...error },
});

function refusing(...entries: InvalidContact[]): RefusedBatch {
	const report: SynchronizationReport = {
		success: false,
		count_contacts: null,
		count_existing_contacts: null,
		count_new_contacts: null,
		count_invalid_contacts: null,
		count_unsubscribed_contacts: null,
		invalid_contacts: entries,
	};
	return new RefusedBatch(report, 400);
}

const TURN_ON = 'Turn on "Ignore Invalid Contacts" to store the valid ones.';

describe('the error that stops the run', () => {
	it('names the one contact that was refused, with its item, code and field', () => {
		const error = refusing(entry('p1@x.de', { code: 2, field: 'LOCALE' }));
		expect(explainBatch(batchOf(emails(2)), error, 0, 2)).toEqual({
			message: 'Maileon refused 1 of 2 contacts.',
			description: `Refused: item 2 of 2, p1@x.de: Not valid (code 2, field LOCALE). No contact was synchronized before. ${TURN_ON}`,
			http_status: 400,
			code: 2,
			field: 'LOCALE',
		});
	});

	it('has no code and no field where several were refused, and no items where there is one', () => {
		const error = refusing(entry('p0@x.de', { code: 2 }), entry('p1@x.de', { field: 'ZIP' }));
		const oneItem = batchOf(emails(3), () => 0);
		expect(explainBatch(oneItem, error, 1, 1)).toEqual({
			message: 'Maileon refused 2 of 3 contacts.',
			description: `Refused: p0@x.de: Not valid (code 2); p1@x.de: Not valid (field ZIP). 1 contact was synchronized before. ${TURN_ON}`,
			http_status: 400,
		});
	});

	it('has no code and no field where Maileon gave none', () => {
		expect(explainBatch(batchOf(emails(1)), refusing(entry('p0@x.de')), 2, 1)).toEqual({
			message: 'Maileon refused 1 of 1 contact.',
			description: `Refused: p0@x.de: Not valid. 2 contacts were synchronized before. ${TURN_ON}`,
			http_status: 400,
		});
	});

	it('lists ten contacts, and counts the others', () => {
		const listed = (count: number) =>
			explainBatch(
				batchOf(emails(count)),
				refusing(...emails(count).map((email) => entry(email))),
				0,
				count,
			).description ?? '';
		expect(listed(10)).toMatch(/; item 10 of 10, p9@x\.de: Not valid\. No contact/);
		expect(listed(12)).toMatch(/; item 10 of 12, p9@x\.de: Not valid; and 2 more\. No contact/);
	});

	it('says that the report names no contact', () => {
		expect(explainBatch(batchOf(emails(2)), refusing(), 0, 2)).toMatchObject({
			message: 'Maileon reports that the synchronization did not work.',
			description: `The report names no contact. No contact was synchronized before. ${TURN_ON}`,
		});
	});

	it('names a contact that was not sent as the report does, without an item', () => {
		const error = refusing(
			{ ...entry(null), external_id: 'crm-7' },
			entry(null, { message: 'Broken' }),
			entry('strange@x.de', { field: 'strange@x.de' }),
		);
		expect(explainBatch(batchOf(emails(2)), error, 0, 2).description).toContain(
			'Refused: crm-7: Not valid; a contact without identifier: Broken; strange@x.de: Not valid. No',
		);
	});

	it('of another kind says what was done before, and nothing else that is empty', () => {
		const said = explainBatch(batchOf(emails(1)), new Error('Odd.'), 0, 1);
		expect(said.message).toBe('Odd.');
		expect(said.description).toBe('No contact was synchronized before.');
	});
});

describe('the error row of each contact', () => {
	it('gives the reasons of a contact that was refused, each of them once', () => {
		const error = refusing(
			entry('p0@x.de', { code: 2, field: 'LOCALE', description: 'Use de or de_DE.' }),
			entry('p0@x.de', { message: 'Too long', field: 'ZIP' }),
			entry('p0@x.de', { message: 'Too long', field: 'ZIP' }),
		);
		expect(explainContacts(batchOf(emails(1)), error)).toMatchObject([
			{
				message: 'Not valid.',
				description: 'Use de or de_DE. Also: Too long (field ZIP).',
				http_status: 400,
				code: 2,
				field: 'LOCALE',
				contact: { email: 'p0@x.de' },
			},
		]);
	});

	it('tells the others of the request whom Maileon refused', () => {
		const [, other] = explainContacts(batchOf(emails(2)), refusing(entry('p0@x.de')));
		expect(other).toEqual({
			message: 'Maileon refused the request because of other contacts in it.',
			description: `Refused: p0@x.de: Not valid. Maileon does not say whether this contact was stored. ${TURN_ON}`,
			http_status: 400,
			contact: { email: 'p1@x.de' },
		});
	});
});

describe('the item that a failed batch is told of', () => {
	it('is the first whose contact was refused', () => {
		const batch = batchOf(emails(3), (index) => 7 - index);
		const error = refusing(entry('p0@x.de'), entry('p2@x.de'), entry('p1@x.de'));
		expect(itemOfRefusal(error, batch)).toBe(5);
	});

	it('is none where no contact was recognised, or something else went wrong', () => {
		expect(itemOfRefusal(refusing(), batchOf(emails(1)))).toBeUndefined();
		expect(itemOfRefusal(refusing(entry('other@x.de')), batchOf(emails(2)))).toBeUndefined();
		expect(itemOfRefusal(new Error('Odd.'), batchOf(emails(1)))).toBeUndefined();
	});
});
