import type { IDataObject } from 'n8n-workflow';

import { answerOf, failureOf, type Answering } from '../../../support/fakeRun';
import { runItems } from '../../../support/runItems';

const chosen = (value: string, mode: string): IDataObject => ({ __rl: true, mode, value });
const NO_FIELDS = { standardFields: [], customFields: [] };
const contact = (id: number | string) =>
	`<contact><id>${id}</id><email>${id}@x.de</email></contact>`;
const contacts = (...ids: Array<number | string>) =>
	`<contacts>${ids.map(contact).join('')}</contacts>`;

describe('a list of contacts', () => {
	const list = async (parameters: IDataObject, answering: Answering, items = [{}]) =>
		await runItems('contact.getMany', { ...NO_FIELDS, ...parameters }, answering, items);
	const pageOf = (request: Parameters<Answering>[0]) =>
		Number(request.query?.find(([name]) => name === 'page_index')?.[1]);
	/** Pages that are told in a header. */
	const pages =
		(...given: string[]): Answering =>
		(request) => ({
			...answerOf(given[pageOf(request) - 1] ?? contacts()),
			headers: { 'x-pages': String(given.length) },
		});
	const ALL = { returnAll: true };

	it('tells once a run that a page was repeated', async () => {
		const { hints } = await list(ALL, pages(contacts(1), contacts(1)), [{}, {}]);
		expect(hints).toEqual([expect.stringMatching(/^Maileon repeated contacts/)]);
	});

	it('tells nothing where no page was', async () => {
		const { output, hints } = await list(ALL, pages(contacts(1), contacts(2)));
		expect(output.map(({ id }) => id)).toEqual([1, 2]);
		expect(hints).toEqual([]);
	});

	it('does not take contacts without an ID for repeated ones', async () => {
		const nameless = (email: string) =>
			`<contacts><contact><email>${email}</email></contact></contacts>`;
		const { output, hints } = await list(ALL, pages(nameless('a@x.de'), nameless('b@x.de')));
		expect(output).toHaveLength(2);
		expect(hints).toEqual([]);
	});

	it('is empty where the answer has no body', async () => {
		const { output } = await list(ALL, () => answerOf(''));
		expect(output).toEqual([]);
	});

	it.each(['<mailings/>', 'text', '{"id":1}'])('is not %j', async (answer) => {
		const { errors } = await list(ALL, () => answerOf(answer));
		expect(errors).toMatchObject([{ message: 'Unexpected response from Maileon.' }]);
	});

	it('says what it holds instead', async () => {
		const { errors } = await list(ALL, () => answerOf('<mailings/>'));
		expect(errors).toMatchObject([
			{
				description: expect.stringContaining(
					'It contains <mailings> instead of contacts.',
				) as string,
			},
		]);
	});

	const BY_EMAIL = { selection: 'email', email: 'a@x.de' };

	it('by email is cut where there are more than wanted, and may be empty', async () => {
		const some = await list({ ...BY_EMAIL, limit: 2 }, () => answerOf(contacts(1, 2, 3)));
		expect(some.output.map(({ id }) => id)).toEqual([1, 2]);
		expect(some.hints).toEqual([]);
		for (const answer of [contacts(), ''])
			expect((await list(BY_EMAIL, () => answerOf(answer))).output).toEqual([]);
	});

	it('by email asks again for no page', async () => {
		const { sent } = await list({ ...BY_EMAIL, returnAll: true }, () => answerOf(contacts(1)));
		expect(sent).toHaveLength(1);
	});
});

it.each<[string, IDataObject, object]>([
	['contact.count', {}, { count: 5 }],
	[
		'contact.count',
		{ selection: 'contactFilter', contactFilter: chosen(' 3 ', 'id') },
		{ count: 5, contact_filter_id: 3 },
	],
	[
		'contact.count',
		{ selection: 'activeOfContactFilter', contactFilter: chosen('3', 'id') },
		{ count: 5, contact_filter_id: 3 },
	],
])('%s %j says what was counted', async (name, parameters, row) => {
	const { output } = await runItems(name, parameters, () => answerOf('<count>5</count>'));
	expect(output).toEqual([row]);
});

describe('an error names the contact', () => {
	const REASONS = { reasons: { reason: [{ type: 'other', message: 'moved' }] } };
	it.each<[string, IDataObject, object]>([
		['contact.addUnsubscriptionReason', { contactId: '7', ...REASONS }, { id: 7 }],
		[
			'contact.createByEmail',
			{ email: 'a@x.de', externalId: '1' },
			{ email: 'a@x.de', external_id: '1' },
		],
		['contact.createByExternalId', { externalId: '1' }, { external_id: '1' }],
		['contact.updateById', { contactId: '7' }, { id: 7 }],
		['contact.delete', { contact: chosen('a@x.de', 'email') }, { email: 'a@x.de' }],
		['contact.unsubscribe', { contact: chosen('1', 'externalId') }, { external_id: '1' }],
		['contact.get', { ...NO_FIELDS, contact: chosen('7', 'maileonId') }, { id: 7 }],
		['contact.setUnsubscriptionMarker', { email: 'a@x.de' }, { email: 'a@x.de' }],
		['contact.getUnsubscriptionMarker', { email: 'a@x.de' }, { email: 'a@x.de' }],
		['contact.deleteUnsubscriptionMarker', { email: 'a@x.de' }, { email: 'a@x.de' }],
	])('%s', async (name, parameters, named) => {
		const { errors } = await runItems(name, parameters, (request) => {
			throw failureOf(request, 400);
		});
		expect(errors).toMatchObject([{ http_status: 400, contact: named }]);
	});
});

describe('reasons of an unsubscription', () => {
	const add = async (...reason: IDataObject[]) =>
		await runItems('contact.addUnsubscriptionReason', { contactId: '7', reasons: { reason } });

	it('may have spaces around them, and no message', async () => {
		const { output, sent } = await add({ type: ' other ', message: ' moved ' }, { message: null });
		expect(output).toEqual([{ success: true, id: 7 }]);
		expect(sent[0]?.query?.filter(([name]) => name === 'reason')).toEqual(
			(await add({ type: 'other', message: 'moved' }, {})).sent[0]?.query?.filter(
				([name]) => name === 'reason',
			),
		);
	});

	it('that are not known are told, with those that are', async () => {
		expect((await add({ type: 'other' }, { type: 'boredom' })).errors).toEqual([
			{
				message: 'Reason 2 has the unknown type "boredom".',
				description: expect.stringMatching(/^Use one of (\w+, )+\w+\.$/) as string,
				field: 'reasons',
			},
		]);
	});

	it('that are no text are told', async () => {
		expect((await add({ message: {} })).errors).toEqual([
			{ message: expect.stringMatching(/^Reason 1: message /) as string, field: 'reasons' },
		]);
	});
});

describe('unsubscribe', () => {
	const CONTACT = { contact: chosen('a@x.de', 'email') };

	it('takes the ID of a mailing without the spaces around it', async () => {
		const { sent } = await runItems('contact.unsubscribe', { ...CONTACT, mailingId: ' 21 ' });
		expect(sent[0]?.query).toContainEqual(['mailingId', '21']);
	});

	it.each(['21', ''])('speaks of the mailing only where one was given: %j', async (mailingId) => {
		const { errors } = await runItems(
			'contact.unsubscribe',
			{ ...CONTACT, mailingId },
			(request) => {
				throw failureOf(request, 400);
			},
		);
		expect(errors[0]?.message).toBe('Maileon refused the request (status 400).');
		expect(/mailing/i.test(String(errors[0]?.description))).toBe(mailingId !== '');
	});
});
