import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import { PathRefusal } from '../../../nodes/Maileon/maileon/request';
import {
	describeContact,
	doubtSentence,
	errorRow,
	factsOf,
	nodeError,
	type ErrorFacts,
	type FailedItem,
} from '../../../nodes/Maileon/run/failures';
import { BaseUrlRefusal } from '../../../nodes/Maileon/transport/baseUrl';
import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import { ExplainedFailure, ExplainedRefusal } from '../../../nodes/Maileon/transport/refusal';

const NODE = { id: '1', name: 'Maileon', type: 'maileon', parameters: {} } as unknown as INode;
const EXPLANATION = { message: 'It failed', description: 'Do this', http_status: 409, code: 7 };
const EXPLAINED = { ...EXPLANATION, message: 'It failed.', description: 'Do this.' };

const PATH = '".." cannot be part of a web address, since web addresses give it another meaning.';

describe('the facts of', () => {
	test.each<[string, unknown, object]>([
		['an explained refusal', new ExplainedRefusal(EXPLANATION), EXPLAINED],
		['an explained failure', new ExplainedFailure(EXPLANATION), EXPLAINED],
		[
			'an input that is refused',
			new InputRefusal('Email is empty', { description: 'Fill it in!', field: 'email' }),
			{ message: 'Email is empty.', description: 'Fill it in!', field: 'email' },
		],
		[
			'an input without advice',
			new InputRefusal('Email is empty.'),
			{ message: 'Email is empty.' },
		],
		['a path that cannot be', new PathRefusal('..'), { message: PATH }],
		[
			'a base URL that cannot be',
			new BaseUrlRefusal('No such URL'),
			{ message: 'No such URL.', description: 'Change the Base URL in the credential.' },
		],
		[
			'an error of n8n with a description',
			Object.assign(new Error('Broken'), { description: 'Look there' }),
			{ message: 'Broken.', description: 'Look there.' },
		],
		[
			'an error with a description that is no text',
			Object.assign(new Error('Broken'), { description: 5 }),
			{ message: 'Broken.' },
		],
		[
			'an error with an empty description',
			Object.assign(new Error('a'), { description: '' }),
			{ message: 'a.' },
		],
		['what is no error', 'broken', { message: 'broken.' }],
	])('%s', (_, error, facts) => {
		expect(factsOf(error)).toStrictEqual(facts);
	});

	test('a request that failed name what it was about', () => {
		const failure = new MaileonFailure({
			kind: 'status',
			outcome: 'refused',
			method: 'GET',
			status: 404,
		});
		expect(factsOf(failure, { what: 'purple thing' })).toMatchObject({ http_status: 404 });
		expect(JSON.stringify(factsOf(failure, { what: 'purple thing' }))).toContain('purple thing');
	});

	test('a contact tell who it was, where that is known', () => {
		expect(factsOf('a', {}, { email: 'ada@example.com' })).toStrictEqual({
			message: 'a.',
			contact: { email: 'ada@example.com' },
		});
		expect(factsOf('a', {}, {})).toStrictEqual({ message: 'a.' });
	});
});

test('an error row holds nothing beside the error, and belongs to its item', () => {
	expect(errorRow({ message: 'a.', http_status: 400 }, 3)).toStrictEqual({
		json: { error: { message: 'a.', http_status: 400 } },
		pairedItem: { item: 3 },
	});
});

test.each<[number[], string | undefined]>([
	[[], undefined],
	[[2, 0, 2], 'Maileon may have acted on item 1, item 3 too, but did not confirm it.'],
	[
		[10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
		'Maileon may have acted on item 2, item 3, item 4, item 5, item 6, item 7, item 8, item 9, item 10, item 11 too, but did not confirm it.',
	],
	[
		[...Array(12).keys()],
		'Maileon may have acted on item 1, item 2, item 3, item 4, item 5, item 6, item 7, item 8, item 9, item 10 and 2 more too, but did not confirm it.',
	],
])('doubt about the items %j is told', (items, sentence) => {
	expect(doubtSentence(items)).toBe(sentence);
});

test.each([
	[{}, ''],
	[{ email: 'a@b.de' }, 'email a@b.de'],
	[{ id: 0, external_id: 'x', email: 'a@b.de' }, 'email a@b.de, external ID x, Maileon ID 0'],
])('the contact %j is %j', (contact, text) => {
	expect(describeContact(contact)).toBe(text);
});

describe('the error that n8n shows', () => {
	const shown = (facts: ErrorFacts, item?: FailedItem) =>
		nodeError(NODE, facts, item) as NodeApiError;

	test.each<[ErrorFacts, FailedItem | undefined, string | null | undefined]>([
		[{ message: 'a.' }, undefined, undefined],
		[{ message: 'a.', description: 'b.' }, { index: 0, of: 1 }, 'b.'],
		[{ message: 'a.', description: 'b.' }, { index: 1, of: 3 }, 'b. This is item 2 of 3.'],
		[{ message: 'a.' }, { index: 0, of: 2 }, 'This is item 1 of 2.'],
		[{ message: 'a.' }, { index: undefined, of: 2 }, undefined],
		[{ message: 'Item 2 of 3 failed.' }, { index: 1, of: 3 }, undefined],
		[
			{ message: 'a.', description: 'b.', done: ['x', 'y'], not_done: ['z'] },
			undefined,
			'b. Done: x, y. Not done: z.',
		],
		[{ message: 'a.', done: [], not_done: ['z'] }, undefined, 'Not done: z.'],
		[
			{ message: 'No a@b.de.', contact: { email: 'a@b.de', external_id: 'x' } },
			{ index: 0, of: 2 },
			'Contact: external ID x. This is item 1 of 2.',
		],
		[
			{ message: 'No.', description: 'a@b.de.', contact: { email: 'a@b.de' } },
			undefined,
			'a@b.de.',
		],
	])('for %j of %j says %j', (facts, item, description) => {
		const error = shown(facts, item);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(facts.message);
		expect(error.description).toBe(description);
		expect(error.context.itemIndex).toBe(item?.index);
	});

	test.each<[Partial<ErrorFacts>, string | null]>([
		[{ http_status: 404 }, '404'],
		[{ http_status: 200, code: 7 }, '200'],
		[{ code: 7 }, null],
	])('is one of an API with %j', (facts, httpCode) => {
		const error = shown({ message: 'a.', description: 'b.', ...facts }, { index: 1, of: 2 });
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'a.',
			description: 'b. This is item 2 of 2.',
			httpCode,
			context: { itemIndex: 1 },
		});
	});
});
