import { readAnswer } from '../../../nodes/Maileon/maileon/answer';
import { listRoot } from '../../../nodes/Maileon/transport/answers';
import type { MaileonAnswer, MaileonClient } from '../../../nodes/Maileon/transport/client';
import {
	readManyDefinitions,
	readOneDefinition,
} from '../../../nodes/Maileon/transport/definitions';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { fetchPreferenceCategories } from '../../../nodes/Maileon/transport/lookups';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import {
	fetchTransactionType,
	fetchTransactionTypes,
} from '../../../nodes/Maileon/transport/transactionTypes';

const REQUEST: MaileonRequest = { method: 'GET', path: ['somewhere'] };
const answered = (body: string, headers = {}): MaileonAnswer => ({
	status: 200,
	headers,
	answer: readAnswer(body),
});

/** A client that gives one answer after the other. */
function clientOf(...answers: Array<MaileonAnswer | MaileonFailure>) {
	const sent: Array<{ request: MaileonRequest; retries?: number }> = [];
	const client: MaileonClient = {
		async send(request, options) {
			sent.push({ request, retries: options?.retries });
			const answer = answers[sent.length - 1];
			if (!answer || answer instanceof MaileonFailure) throw answer ?? new Error('asked too often');
			return answer;
		},
	};
	return { client, sent };
}

const failure = (status: number) =>
	new MaileonFailure({ kind: 'status', outcome: 'refused', method: 'GET', status });

describe('the root of a list', () => {
	const THINGS = { ...REQUEST, root: 'things' };

	test('is missing where the answer is empty', () => {
		expect(listRoot(answered(''), THINGS)).toBeUndefined();
	});

	test('has to have its name', () => {
		expect(listRoot(answered('<things/>'), THINGS)?.name).toBe('things');
		expect(() => listRoot(answered('<other/>'), THINGS)).toThrow(MaileonFailure);
		expect(() => listRoot(answered('{}'), THINGS)).toThrow(MaileonFailure);
	});
});

describe('definitions', () => {
	const preference = '<preference><name>Shoes</name></preference>';

	test('one is read, and refused without a name', () => {
		const one = readOneDefinition(answered(preference), REQUEST, 'preference');
		expect(one.name).toBe('Shoes');
		expect(() =>
			readOneDefinition(answered('<preference></preference>'), REQUEST, 'preference'),
		).toThrow(MaileonFailure);
	});

	test('many are read from their list, and none from an empty answer', () => {
		const list = answered(`<preferences>${preference}</preferences>`);
		expect(readManyDefinitions(list, REQUEST, 'preference').map(({ name }) => name)).toEqual([
			'Shoes',
		]);
		expect(readManyDefinitions(answered(''), REQUEST, 'preference')).toEqual([]);
		expect(() =>
			readManyDefinitions(
				list,
				{ ...REQUEST, root: 'preference_categories' },
				'preference_category',
			),
		).toThrow(MaileonFailure);
	});

	test('the names of all categories; none where the key may not read', async () => {
		const list =
			'<preference_categories><preference_category><name>Clothes</name></preference_category></preference_categories>';
		const { client, sent } = clientOf(answered(list));
		await expect(fetchPreferenceCategories(client)).resolves.toEqual(['Clothes']);
		expect(sent[0]?.request).toMatchObject({
			method: 'GET',
			path: ['contacts', 'preference_categories'],
		});
		await expect(fetchPreferenceCategories(clientOf(failure(403)).client)).resolves.toEqual([]);
		await expect(fetchPreferenceCategories(clientOf(failure(401)).client)).rejects.toBeInstanceOf(
			MaileonFailure,
		);
	});
});

describe('transaction types', () => {
	const typeXml = (id: number) =>
		`<transaction_type><id>${id}</id><name>type_${id}</name><attributes/></transaction_type>`;
	const page = (ids: number[], headers = {}) =>
		answered(`<transaction_types>${ids.map(typeXml).join('')}</transaction_types>`, headers);

	test('are read page after page, until one brings nothing new', async () => {
		const { client, sent } = clientOf(page([1, 2]), page([2, 3]), page([2, 3]));
		const types = await fetchTransactionTypes(client, undefined, { timeout: 5_000, retries: 2 });
		expect(types.map(({ id }) => id)).toEqual([1, 2, 3]);
		expect(sent).toMatchObject(
			[1, 2, 3].map((index) => ({
				request: {
					method: 'GET',
					path: ['transactions', 'types'],
					timeout: 5_000,
					query: [
						['page_index', index],
						['page_size', 100],
					],
				},
				retries: 2,
			})),
		);
	});

	test('are no more than the limit, which also is the size of a page', async () => {
		const { client, sent } = clientOf(page([1, 2, 3]));
		await expect(fetchTransactionTypes(client, 2)).resolves.toHaveLength(2);
		expect(sent[0]?.request.query).toContainEqual(['page_size', 2]);
	});

	test('are none in an empty answer', async () => {
		await expect(fetchTransactionTypes(clientOf(answered('')).client)).resolves.toEqual([]);
	});

	test.each([
		[{ id: 7 }, '7'],
		[{ name: 'order' }, 'order'],
	])('one is asked for by %j', async (reference, segment) => {
		const { client, sent } = clientOf(answered(typeXml(7)));
		const type = await fetchTransactionType(client, reference, { timeout: 9, retries: 1 });
		expect(type.name).toBe('type_7');
		expect(sent).toMatchObject([
			{
				request: { method: 'GET', path: ['transactions', 'types', segment], timeout: 9 },
				retries: 1,
			},
		]);
	});

	test('one of another name is refused', async () => {
		const { client } = clientOf(answered('<transaction_types/>'));
		await expect(fetchTransactionType(client, { id: 7 })).rejects.toBeInstanceOf(MaileonFailure);
	});
});
