import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { MaileonFailure } from '../../../nodes/Maileon/transport/failure';
import type { SendOptions } from '../../../nodes/Maileon/transport/client';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { changed, perRequest, type ItemRequest } from '../../../nodes/Maileon/run/perRequest';
import { answerOf, failureOf, fakeClient, fakeNode, runOnce } from '../../support/fakeRun';

const OPTIONS = { concurrency: 5, retries: 2, timeout: 30_000 };

const properties: INodeProperties[] = [
	{ displayName: 'Name', name: 'name', type: 'string', default: '', required: true },
];

const parameters = { name: ({ name }: IDataObject) => name };

const items = (...names: string[]): INodeExecutionData[] =>
	names.map((name) => ({ json: { name } }));

const nameOf = ({ path }: MaileonRequest) => String(path.at(-1));

const DELETE: MaileonRequest = { method: 'DELETE', path: ['things', 'a'] };

/** An operation that reads a thing by its name. */
function reading(further: Partial<ItemRequest> = {}) {
	const run = perRequest((ofItem) => {
		const name = ofItem.requiredText('name');
		return {
			request: { method: 'GET', path: ['things', name] },
			subject: {},
			options: OPTIONS,
			rows: ({ status }) => [{ name, status }],
			...further,
		};
	});
	return { run, properties };
}

/** A Maileon that has everything but "missing". */
const client = () =>
	fakeClient((request) => {
		if (nameOf(request) === 'missing') throw failureOf(request, 404);
		return answerOf('');
	});

describe('each item', () => {
	test('is one request, and its answer becomes rows', async () => {
		const maileon = client();
		const rows = await runOnce(
			reading(),
			fakeNode({ items: items('a', 'b'), parameters }),
			maileon,
		);
		expect(maileon.requests.map(nameOf)).toEqual(['a', 'b']);
		expect(rows).toEqual([
			{ json: { name: 'a', status: 200 }, pairedItem: { item: 0 } },
			{ json: { name: 'b', status: 200 }, pairedItem: { item: 1 } },
		]);
	});

	test('is sent with its own time-out and number of repetitions', async () => {
		const sent: Array<[MaileonRequest, SendOptions | undefined]> = [];
		const maileon = fakeClient((request, options) => {
			sent.push([request, options]);
			return answerOf('');
		});
		await runOnce(reading(), fakeNode({ items: items('a'), parameters }), maileon);
		expect(sent).toEqual([
			[
				{ method: 'GET', path: ['things', 'a'], timeout: 30_000 },
				expect.objectContaining({ retries: 2 }),
			],
		]);
	});

	test('is checked before anything is sent', async () => {
		const maileon = client();
		const run = runOnce(reading(), fakeNode({ items: items('a', ''), parameters }), maileon);
		await expect(run).rejects.toMatchObject({ context: { itemIndex: 1 } });
		expect(maileon.requests).toEqual([]);
	});

	test('waits for its turn', async () => {
		let underWay = 0;
		let most = 0;
		const maileon = fakeClient(async () => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return answerOf('');
		});
		const operation = reading({ options: { ...OPTIONS, concurrency: 2 } });
		await runOnce(operation, fakeNode({ items: items('a', 'b', 'c', 'd'), parameters }), maileon);
		expect(most).toBe(2);
	});

	test('waits for the one before it where both share a key', async () => {
		let underWay = 0;
		let most = 0;
		const maileon = fakeClient(async () => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return answerOf('');
		});
		const operation = reading({ orderKeys: ['ada'] });
		await runOnce(operation, fakeNode({ items: items('a', 'b', 'c'), parameters }), maileon);
		expect(most).toBe(1);
		expect(maileon.requests.map(nameOf)).toEqual(['a', 'b', 'c']);
	});

	test('that fails is an error row with its contact where the workflow continues', async () => {
		const operation = reading({ contact: { email: 'ada@example.com' } });
		const node = fakeNode({ items: items('missing', 'a'), parameters, continues: true });
		const rows = await runOnce(operation, node, client());
		expect(rows[0]).toMatchObject({
			json: { error: { http_status: 404, contact: { email: 'ada@example.com' } } },
			pairedItem: { item: 0 },
		});
		expect(rows[1]?.json).toEqual({ name: 'a', status: 200 });
	});
});

describe('what does not exist', () => {
	const found = { json: { name: 'a', status: 200 }, pairedItem: { item: 1 } };
	const node = () => fakeNode({ items: items('missing', 'a'), parameters });

	test.each([
		['by default', undefined],
		['where that is chosen', 'fail' as const],
	])('is a failure %s', async (_, ifNotFound) => {
		await expect(runOnce(reading({ ifNotFound }), node(), client())).rejects.toMatchObject({
			httpCode: '404',
			context: { itemIndex: 0 },
		});
	});

	test('is no row where nothing is to come out', async () => {
		const operation = reading({ ifNotFound: 'nothing' });
		expect(await runOnce(operation, node(), client())).toEqual([found]);
	});

	test('is an empty row where that is chosen', async () => {
		const operation = reading({ ifNotFound: 'emptyItem' });
		const empty = { json: {}, pairedItem: { item: 0 } };
		expect(await runOnce(operation, node(), client())).toEqual([empty, found]);
	});

	test('is the given rows where 404 is an answer like others', async () => {
		const operation = reading({ ifNotFound: [{ marked: false }] });
		const unmarked = { json: { marked: false }, pairedItem: { item: 0 } };
		expect(await runOnce(operation, node(), client())).toEqual([unmarked, found]);
	});

	test.each([
		['another status', { status: 403 }],
		['a 404 that is not from Maileon', { status: 404, fromElsewhere: true }],
	])('is not meant by %s', async (_, facts) => {
		const maileon = fakeClient(() => {
			throw new MaileonFailure({ kind: 'status', outcome: 'refused', method: 'GET', ...facts });
		});
		const run = runOnce(reading({ ifNotFound: 'nothing' }), node(), maileon);
		await expect(run).rejects.toMatchObject({ httpCode: String(facts.status) });
	});
});

describe('a change', () => {
	const rows = changed(DELETE, { deleted: true });

	test.each([
		['nothing', ''],
		['an ID', '<id>7</id>'],
		['JSON', '{"id":7}'],
		['a short text', 'OK'],
	])('that is answered with %s gives its one row', (_, text) => {
		expect(rows(answerOf(text))).toEqual([{ deleted: true }]);
	});

	test('that is answered with a web page fails', () => {
		expect(() => rows(answerOf('<!DOCTYPE html><html></html>'))).toThrow(MaileonFailure);
	});

	test('that a report refuses fails', () => {
		const report = '<report><success>false</success></report>';
		expect(() => rows(answerOf(report))).toThrow(MaileonFailure);
	});
});
