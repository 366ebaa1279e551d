import fc from 'fast-check';

import type { Contact } from '../../../../nodes/Maileon/maileon/contact/contact';
import {
	emailKey,
	identityKeys,
	missingIdentifier,
	type IdentifyBy,
} from '../../../../nodes/Maileon/maileon/contact/identity';
import { matchRefused, refusedContacts } from '../../../../nodes/Maileon/maileon/contact/matching';
import type { InvalidContact } from '../../../../nodes/Maileon/maileon/contact/report';

const contact = (parts: Partial<Contact>): Contact => ({
	standardFields: [],
	customFields: [],
	preferences: [],
	...parts,
});
const refused = (parts: Partial<InvalidContact>): InvalidContact => ({
	error: { message: 'no' },
	...parts,
});
const match = (
	entries: Array<Partial<InvalidContact>>,
	sent: Array<Partial<Contact>>,
	identifyBy: IdentifyBy = 'email',
) => matchRefused(entries.map(refused), sent.map(contact), identifyBy);

describe('which contact a report means', () => {
	test('by email, in any case', () => {
		expect(
			match([{ email: 'B@Example.com' }], [{ email: 'a@x.de' }, { email: 'b@example.com' }]),
		).toEqual([1]);
	});

	test('by external ID, exactly', () => {
		const sent = [{ externalId: '123' }, { externalId: '00123' }];
		expect(match([{ external_id: '00123', email: null }], sent, 'externalId')).toEqual([1]);
		expect(match([{ external_id: '0123' }], sent, 'externalId')).toEqual([undefined]);
	});

	test('by Maileon ID, else by email', () => {
		const sent = [{ id: '7', email: 'a@x.de' }, { email: 'b@x.de' }];
		expect(match([{ id: 7 }, { email: 'b@x.de' }], sent, 'maileonId')).toEqual([0, 1]);
	});

	test('by another identifier where the first is missing', () => {
		const sent = [{ email: 'a@x.de', externalId: '1' }, { externalId: '2' }];
		expect(match([{ email: null, external_id: '2' }], sent)).toEqual([1]);
	});

	test('not by an identifier that two contacts share', () => {
		const sent = [
			{ externalId: '1', email: 'a@x.de' },
			{ externalId: '1', email: 'b@x.de' },
		];
		expect(match([{ external_id: '1' }], sent)).toEqual([undefined]);
		expect(match([{ external_id: '1', email: 'b@x.de' }], sent, 'externalId')).toEqual([1]);
	});

	test('not where the entry names something that speaks against it', () => {
		const sent = [{ email: 'a@x.de', externalId: '1' }];
		expect(match([{ email: 'other@x.de', external_id: '1' }], sent)).toEqual([undefined]);
	});

	test('first by the identifier of the run, then by the others in turn', () => {
		const sent = [
			{ id: '1', email: 'a@x.de', externalId: 'A' },
			{ id: '2', email: 'b@x.de', externalId: 'B' },
		];
		const entry = { id: 2, email: null, external_id: null };
		for (const identifyBy of ['email', 'externalId', 'maileonId'] as const) {
			expect(match([entry], sent, identifyBy)).toEqual([1]);
			expect(match([{ email: 'b@x.de' }], sent, identifyBy)).toEqual([1]);
			expect(match([{ external_id: 'B' }], sent, identifyBy)).toEqual([1]);
		}
	});

	test('by the identifier of the run, whatever else the entry names', () => {
		const sent = [
			{ id: '1', email: 'a@x.de', externalId: 'A' },
			{ id: '2', email: 'b@x.de', externalId: 'B' },
		];
		const mixed = { id: 1, email: 'b@x.de', external_id: 'A' };
		expect(match([mixed], sent, 'email')).toEqual([1]);
		expect(match([mixed], sent, 'externalId')).toEqual([0]);
		expect(match([{ ...mixed, id: 2 }], sent, 'maileonId')).toEqual([1]);
	});

	test('by another identifier only where both sides have what could speak against it', () => {
		const sent = [{ email: 'a@x.de', externalId: 'A' }, { externalId: 'B' }];
		expect(match([{ email: 'new@x.de', external_id: 'B' }], sent)).toEqual([1]);
		expect(match([{ email: null, external_id: 'A' }], sent)).toEqual([0]);
		expect(match([{ id: null, external_id: 'A' }], sent, 'maileonId')).toEqual([0]);
	});

	test('a named entry that fits nobody never means a nameless contact', () => {
		expect(match([{ email: 'z@x.de' }], [{ email: 'a@x.de' }, {}])).toEqual([undefined]);
	});

	test('a nameless entry means the only nameless contact', () => {
		expect(match([{ email: null }], [{ email: 'a@x.de' }, {}])).toEqual([1]);
		expect(match([{ email: null }], [{}, {}])).toEqual([undefined]);
		expect(match([{ email: null }], [{ email: 'a@x.de' }])).toEqual([undefined]);
	});

	test('nameless entries mean the nameless contacts where all are refused for the same reason', () => {
		const sent = [{}, { email: 'a@x.de' }, {}];
		expect(match([{ email: null }, { email: 'a@x.de' }, { email: null }], sent)).toEqual([0, 1, 2]);
		const others = [
			{ email: null, error: { message: 'one' } },
			{ email: null, error: { message: 'other' } },
		];
		expect(match(others, sent)).toEqual([undefined, undefined]);
	});

	test('a contact that is named twice is one, with each reason once', () => {
		const entry = (email: string, message: string) => ({ email, error: { message } });
		const refused = [entry('a@x.de', 'one'), entry('b@x.de', 'two'), entry('A@x.de', 'three')];
		const sent = ['a@x.de', 'b@x.de'].map((email) => contact({ email }));
		expect(refusedContacts([...refused, entry('a@x.de', 'one')], sent, 'email')).toEqual([
			{
				index: 0,
				entry: { ...refused[0], errors: [{ message: 'one' }, { message: 'three' }] },
			},
			{ index: 1, entry: refused[1] },
		]);
	});

	test('entries that mean nobody stay apart', () => {
		const entry = { email: 'z@x.de', error: { message: 'one' } };
		expect(refusedContacts([entry, entry], [contact({ email: 'a@x.de' })], 'email')).toEqual([
			{ entry, index: undefined },
			{ entry, index: undefined },
		]);
	});

	test('nothing refused, nothing matched', () => {
		expect(match([], [{ email: 'a@x.de' }])).toEqual([]);
	});

	test('contacts with different emails are always found by them', () => {
		const emails = fc.uniqueArray(fc.emailAddress(), {
			maxLength: 12,
			selector: (email) => email.toLowerCase(),
		});
		fc.assert(
			fc.property(emails, fc.infiniteStream(fc.boolean()), (list, invalid) => {
				const sent = list.map((email) => ({ email }));
				const wanted = list.flatMap((_email, index) => (invalid.next().value ? [index] : []));
				const entries = wanted.map((index) => ({ email: list[index]?.toUpperCase() }));
				expect(match(entries, sent)).toEqual(wanted);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('what makes two entries the same contact', () => {
	test('emails without regard to case and blanks', () => {
		expect(emailKey(' Ada@Example.COM ')).toBe('ada@example.com');
	});

	const shares = (identifyBy: IdentifyBy, one: Partial<Contact>, other: Partial<Contact>) => {
		const keys = new Set(identityKeys(contact(one), identifyBy));
		return identityKeys(contact(other), identifyBy).some((key) => keys.has(key));
	};
	test.each<[IdentifyBy, Partial<Contact>, Partial<Contact>, boolean]>([
		['email', { email: 'A@x.de' }, { email: ' a@X.de' }, true],
		['email', { email: 'a@x.de', externalId: '1' }, { email: 'b@x.de', externalId: '1' }, false],
		['email', {}, {}, false],
		['email', { email: ' ' }, { email: ' ' }, false],
		['externalId', { externalId: ' ' }, { externalId: ' ' }, false],
		['externalId', {}, {}, false],
		['maileonId', {}, {}, false],
		['maileonId', { email: ' ' }, { email: ' ' }, false],
		['maileonId', { id: '7' }, { id: '8' }, false],
		['externalId', { externalId: '00123' }, { externalId: '00123' }, true],
		['externalId', { externalId: '00123' }, { externalId: '123' }, false],
		['externalId', { email: 'a@x.de' }, { email: 'a@x.de' }, false],
		['maileonId', { id: '7', email: 'a@x.de' }, { id: '7', email: 'b@x.de' }, true],
		['maileonId', { id: '7', email: 'a@x.de' }, { email: 'a@x.de' }, true],
		['maileonId', { id: '7' }, { externalId: '7', email: '7' }, false],
	])('%s: %p and %p: %p', (identifyBy, one, other, same) => {
		expect(shares(identifyBy, one, other)).toBe(same);
	});

	test.each<[IdentifyBy, Partial<Contact>, string | undefined]>([
		['email', {}, 'email'],
		['email', { email: '' }, 'email'],
		['email', { email: null }, 'email'],
		['email', { email: ' \t' }, 'email'],
		['externalId', { externalId: '  ' }, 'external ID'],
		['externalId', { email: 'a@x.de' }, 'external ID'],
		['maileonId', { externalId: '1' }, 'Maileon ID or email'],
		['maileonId', { email: 'a@x.de' }, undefined],
		['maileonId', { email: ' ' }, 'Maileon ID or email'],
		['maileonId', { id: '7' }, undefined],
		['email', { email: 'a@x.de' }, undefined],
	])('%s of %p lacks %p', (identifyBy, parts, missing) => {
		expect(missingIdentifier(contact(parts), identifyBy)).toBe(missing);
	});
});
