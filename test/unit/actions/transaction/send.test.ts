import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { sendTransaction } from '../../../../nodes/Maileon/actions/transaction/send/operation';
import { sendTransactions } from '../../../../nodes/Maileon/actions/transaction/send/send';
import {
	answerOf,
	failureOf,
	fakeClient,
	fakeNode,
	runOnce,
	type Answering,
} from '../../../support/fakeRun';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const LARGEST_BODY = 9_000_000;

const GIVEN = {
	transactionType: { __rl: true, mode: 'id', value: '42' },
	contentSource: 'json',
	contentJson: ({ content }: IDataObject) => content ?? {},
	email: ({ email }: IDataObject) => email ?? ADA,
};

type Item = Partial<INodeExecutionData>;

/** Sends the transactions of items; gives what came out, what was sent, and the hints. */
async function send(
	items: Item[],
	parameters: IDataObject = {},
	answering: Answering = ({ body }) => reports(countIn(body?.content)),
	continues = true,
) {
	const hints: string[] = [];
	const client = fakeClient(answering);
	const node = fakeNode({
		items: items.map(({ json = {}, ...rest }) => ({ json, ...rest })),
		parameters: { ...GIVEN, ...parameters },
		continues,
	});
	const helpers = {
		getBinaryMetadata: async () => ({ fileSize: 5 }),
		getBinaryDataBuffer: async (item: number, name: string) => {
			const file = items[item]?.binary?.[name];
			if (!file || file.id) throw new Error('There is no such file');
			return Buffer.from(file.data, 'base64');
		},
	};
	const addExecutionHints = (hint: { message: string }) => hints.push(hint.message);
	const rows = await runOnce(
		sendTransaction,
		Object.assign(node, { helpers, addExecutionHints }),
		client,
	);
	const bodies = client.requests.map(({ body }) => String(body?.content));
	return { output: rows.map(({ json }) => json), rows, bodies, hints };
}

const countIn = (content: unknown) => (JSON.parse(String(content)) as unknown[]).length;

/** An answer that queues so many transactions, or one with the given reports. */
function reports(given: number | object[], status = 200) {
	const list = typeof given === 'number' ? Array(given).fill({ queued: true }) : given;
	return answerOf(JSON.stringify({ reports: list }), status);
}

describe('the size of a request', () => {
	const ofLength = (length: number) => ({ json: { content: { 'order.id': 'x'.repeat(length) } } });
	const frame = `[{"type":42,"contact":{"email":"${ADA}"},"content":{"order.id":""}}]`.length;

	it('is what Maileon takes, to the byte', async () => {
		const fits = await send([ofLength(LARGEST_BODY - frame)]);
		expect(fits.bodies.map(({ length }) => length)).toEqual([LARGEST_BODY]);
		const tooLarge = await send([ofLength(LARGEST_BODY - frame + 1)]);
		expect(tooLarge.bodies).toEqual([]);
		expect(tooLarge.output).toEqual([
			{
				error: {
					message:
						'The transaction is too large: its request would have 9000001 bytes, and Maileon takes 9000000.',
					description:
						'Attachments count a third more than their size. Send fewer or smaller ones.',
				},
			},
		]);
	});

	it('counts the files with their names and types', async () => {
		const data = Buffer.alloc(6_750_000, 65).toString('base64');
		const file = { data, mimeType: 'application/pdf', fileName: 'Rechnung ä.pdf' };
		const attachments = [{ filename: file.fileName, mimetype: file.mimeType, data }];
		const body = [{ type: 42, contact: { email: ADA }, attachments }];
		const { output } = await send([{ binary: { invoice: file } }], {
			options: { attachments: 'invoice' },
		});
		expect(output).toMatchObject([
			{
				error: {
					message: expect.stringContaining(
						`would have ${Buffer.byteLength(JSON.stringify(body))} bytes`,
					) as string,
					field: 'attachments',
				},
			},
		]);
	});
});

describe('files that n8n cannot read', () => {
	const lost = { data: 'filesystem', id: 'filesystem:1', bytes: 5, mimeType: 'text/plain' };
	const options = { attachments: 'data' };

	it('fail their transactions alone', async () => {
		const file = { data: 'QQ==', mimeType: 'text/plain', fileName: 'a.txt' };
		const items = [{ binary: { data: lost } }, { json: { email: BOB }, binary: { data: file } }];
		const { output, bodies } = await send(items, { options });
		expect(output).toMatchObject([
			{ error: { field: 'attachments', contact: { email: ADA } } },
			{ queued: true },
		]);
		expect(bodies.map((body) => countIn(body))).toEqual([1]);
	});

	it('leave nothing to send where they are all', async () => {
		const { output, bodies } = await send([{ binary: { data: lost } }], { options });
		expect(output).toMatchObject([{ error: { field: 'attachments' } }]);
		expect(bodies).toEqual([]);
	});
});

describe('a report', () => {
	const refused = async (report: object, parameters: IDataObject = {}, status = 200) => {
		const { output } = await send([{}], parameters, () => reports([report], status));
		return output[0]?.error as IDataObject;
	};

	it('names a field only by its name', async () => {
		const queued = false;
		expect(await refused({ queued, message: 'bad', contact: { error_field: 'email' } })).toEqual({
			message: 'Maileon did not queue the transaction: bad.',
			field: 'email',
			contact: { email: ADA },
		});
		expect(await refused({ queued, message: 'bad', contact: { error_field: 5 } })).toEqual({
			message: 'Maileon did not queue the transaction: bad.',
			contact: { email: ADA },
		});
	});

	const CREATE = 'Turn on Create Contact If Missing.';
	const CHECK = 'Check the Maileon ID of the contact.';
	it.each<[string, IDataObject, string | undefined]>([
		['the contact does not exist', {}, CREATE],
		['Unknown contact', {}, CREATE],
		['contact is missing', { identifyBy: 'maileonId', contactId: '7' }, CHECK],
		['the contact does not exist', { import: true, permission: 1 }, undefined],
		['the contact is blocked', {}, undefined],
		['unknown attribute', {}, undefined],
		['contacts: none known', {}, undefined],
	])('of "%s" (%j) says: %s', async (message, parameters, advice) => {
		const error = await refused({ queued: false, message }, parameters);
		expect(error.description).toBe(advice);
	});

	it.each<[object, object | undefined]>([
		[{ id: 7 }, { id: 7 }],
		[{ id: '7' }, { id: '7' }],
		[{ email: 'x@y.de' }, { email: 'x@y.de' }],
		[{ external_id: 'C-1' }, { external_id: 'C-1' }],
		[{ id: true, email: 5, external_id: null }, undefined],
	])('that belongs to no item names its contact: %j', async (contact, named) => {
		const { rows } = await send([{}], {}, () =>
			reports([
				{ queued: true, contact: { email: ADA } },
				{ queued: false, message: 'bad', contact },
			]),
		);
		const [, unlinked] = rows.map(({ json }) => json.error as IDataObject | undefined);
		expect(unlinked).toEqual({
			message: 'Maileon did not queue the transaction: bad.',
			...(named && { contact: named }),
		});
	});

	it('that is missing is told, and one too many as well', async () => {
		const one = { queued: true, contact: { email: ADA } };
		const other = { queued: true, contact: { email: 'other@example.com' } };
		const items = [{}, { json: { email: BOB } }];
		const hintOf = async (list: object[]) => (await send(items, {}, () => reports(list))).hints;
		expect(await hintOf([one, { queued: true, contact: { email: BOB } }])).toEqual([]);
		expect(await hintOf([one])).toEqual([
			expect.stringContaining('0 reports could not be told apart') as string,
		]);
		expect((await send([{}], {}, () => reports([one, other]))).hints).toEqual([
			expect.stringContaining('0 transactions got no report') as string,
		]);
	});
});

describe('an ID that is filled in', () => {
	const options = { fillTransactionId: true };

	it('comes out only where it was sent', async () => {
		const items = [{ json: { content: { transaction_id: 'A-77' } } }, { json: { email: BOB } }];
		const { output } = await send(items, { options });
		expect(output.map(({ transaction_id: id }) => id)).toEqual([undefined, 'execution-node-0-1']);
	});

	it('names every type that has no place for it', async () => {
		const attribute = {
			id: 'order.id',
			displayName: 'order.id',
			attributeType: 'string',
			type: 'string',
			display: true,
			required: false,
			defaultMatch: false,
		};
		const type = `<transaction_type><id>1</id><name>n</name><attributes><attribute><name>order.id</name><type>string</type></attribute></attributes></transaction_type>`;
		const { hints } = await send(
			[{ json: { type: 'order' } }, { json: { type: 'basket' } }],
			{
				options,
				transactionType: ({ type: value }: IDataObject) => ({ __rl: true, mode: 'name', value }),
				contentSource: 'fields',
				content: {
					mappingMode: 'defineBelow',
					value: { 'order.id': 'A' },
					matchingColumns: [],
					schema: [attribute],
				},
			} as unknown as IDataObject,
			({ method, body }) => (method === 'GET' ? answerOf(type) : reports(countIn(body?.content))),
		);
		expect(hints).toEqual([
			'No transaction ID was filled in for the transaction types order, basket, which have no attribute transaction_id for text. Add the attribute to the types in Maileon, then choose the type in the node again.',
		]);
	});
});

it('an error of n8n is told as it is', async () => {
	const { output } = await send([{}], {}, () => {
		throw new Error('The credential is gone');
	});
	expect(output).toMatchObject([{ error: { message: 'The credential is gone.' } }]);
});

it('a refusal with reports counts by its reports', async () => {
	const failing: Answering = (request) => {
		const { facts } = failureOf(request, 400);
		const { answer } = reports([{ queued: false, message: 'bad' }]);
		throw Object.assign(failureOf(request, 400), { facts: { ...facts, answer } });
	};
	const { output } = await send([{}], {}, failing);
	expect(output).toEqual([
		{
			error: {
				message: 'Maileon did not queue the transaction: bad.',
				http_status: 400,
				contact: { email: ADA },
			},
		},
	]);
});

describe('what a retry may send again', () => {
	const sentTo = (email: string, sequence: number) => ({
		item: sequence,
		sequence,
		payload: {
			transaction: { type: { id: 42 }, contact: { email }, content: {} },
			attachments: [],
			ignoredKeys: [],
			options: { generateTransactionId: false, retries: 3, timeout: 1_000 },
		},
	});
	const failedOf = async (...given: object[]) => {
		const client = fakeClient(() => reports(given));
		const batch = [sentTo(ADA, 0), sentTo(BOB, 1)];
		const { failed } = await sendTransactions(fakeNode({ items: [] }), client, batch);
		return [...(failed ?? [])];
	};
	const of = (email: string, queued = true) => ({ queued, contact: { email } });

	it('is what Maileon refused, and nothing that was queued', async () => {
		expect(await failedOf(of(ADA), of(BOB))).toEqual([]);
		expect(await failedOf(of(ADA, false), of(BOB))).toEqual([[0, 'refused']]);
	});

	it('is nothing of which Maileon does not say what became of it', async () => {
		expect(await failedOf(of(ADA))).toEqual([[1, 'unclear']]);
	});

	it('does not follow from the refusal of something else', async () => {
		expect(await failedOf(of(ADA), of(BOB), of('other@example.com', false))).toEqual([]);
	});
});
