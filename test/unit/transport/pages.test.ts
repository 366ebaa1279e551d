import type { MaileonAnswer, MaileonClient } from '../../../nodes/Maileon/transport/client';
import { pagesOf, readPages } from '../../../nodes/Maileon/transport/pages';
import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';

const REQUEST: MaileonRequest = { method: 'GET', path: ['contacts'], query: [['a', 'b']] };

interface Page {
	entries: number[];
	headers?: Record<string, unknown>;
}

/** A client that answers with the pages of a list; the entries travel as JSON. */
function clientOf(pages: Page[]) {
	const sent: Array<{ request: MaileonRequest; retries?: number }> = [];
	const client: MaileonClient = {
		async send(request, options) {
			sent.push({ request, retries: options?.retries });
			const { entries, headers = {} } = pages[sent.length - 1] ?? { entries: [] };
			return { status: 200, headers, answer: { kind: 'json', value: entries } };
		},
	};
	return { client, sent };
}

const entriesOf = ({ answer }: MaileonAnswer) =>
	answer.kind === 'json' ? (answer.value as number[]) : [];

async function readAll(pages: Page[], limit = Infinity) {
	const { client, sent } = clientOf(pages);
	const paging = { pageSize: 2, retries: 1, limit };
	const list = await readPages(client, REQUEST, paging, { entriesOf, keyOf: (entry) => entry });
	return { ...list, sent };
}

const withPages = (pages: unknown) => ({ 'x-pages': pages });

test('asks for page after page, with the rest of the request', async () => {
	const headers = withPages('2');
	const { entries, sent } = await readAll([
		{ entries: [1, 2], headers },
		{ entries: [3], headers },
	]);
	expect(entries).toEqual([1, 2, 3]);
	expect(sent).toEqual(
		[1, 2].map((page) => ({
			request: {
				...REQUEST,
				query: [
					['page_index', page],
					['page_size', 2],
					['a', 'b'],
				],
			},
			retries: 1,
		})),
	);
});

test('does not stop at a short or an empty page', async () => {
	const headers = withPages('4');
	const { entries, sent } = await readAll([
		{ entries: [1], headers },
		{ entries: [], headers },
		{ entries: [], headers },
		{ entries: [2], headers },
	]);
	expect(entries).toEqual([1, 2]);
	expect(sent).toHaveLength(4);
});

test.each([
	['0', 1],
	['1', 1],
	[' 2 ', 2],
	['02', 2],
])('ends where X-Pages is %p after %i', async (pages, requests) => {
	const page = { entries: [1, 2], headers: withPages(pages) };
	expect((await readAll([page, page, page])).sent).toHaveLength(requests);
});

test('follows a list that grows or shrinks while it is read', async () => {
	const growing = await readAll([
		{ entries: [1, 2], headers: withPages('2') },
		{ entries: [3, 4], headers: withPages('3') },
		{ entries: [5], headers: withPages('3') },
	]);
	expect(growing.entries).toEqual([1, 2, 3, 4, 5]);
	const shrinking = await readAll([
		{ entries: [1, 2], headers: withPages('3') },
		{ entries: [3], headers: withPages('2') },
	]);
	expect(shrinking.sent).toHaveLength(2);
});

test.each([
	['<http://x/?page_index=2>; rel="next"'],
	[['<http://x/>; rel="start"', '<http://x/>; rel="next"']],
	['<http://x/>; REL=next'],
])('goes by the link %j where X-Pages is missing', async (link) => {
	const { entries, sent } = await readAll([
		{ entries: [1], headers: { link } },
		{ entries: [2], headers: { link: '<http://x/>; rel="prev"' } },
	]);
	expect(entries).toEqual([1, 2]);
	expect(sent).toHaveLength(2);
});

test.each([
	[{}],
	[withPages('many')],
	[withPages('9 or so')],
	[withPages('about 9')],
	[withPages(7)],
])('without usable headers (%j), an empty page is the end', async (headers) => {
	const { entries, sent } = await readAll([
		{ entries: [1], headers },
		{ entries: [2], headers },
		{ entries: [], headers },
		{ entries: [3], headers },
	]);
	expect(entries).toEqual([1, 2]);
	expect(sent).toHaveLength(3);
});

test('asks for no page more than the limit needs', async () => {
	const page = (entries: number[]) => ({ entries, headers: withPages('3') });
	const { entries, sent } = await readAll([page([1, 2]), page([3, 4]), page([5])], 2);
	expect(entries).toEqual([1, 2]);
	expect(sent).toHaveLength(1);
});

test('counts more than nine pages', async () => {
	const pages = Array.from({ length: 11 }, (_, entry) => ({
		entries: [entry],
		headers: withPages('11'),
	}));
	expect((await readAll(pages)).sent).toHaveLength(11);
});

test('takes an entry once that comes twice, and all that cannot be compared', async () => {
	const entries = [{ id: 1 }, { id: 2 }, { id: 1 }, {}, {}];
	const { client } = clientOf([]);
	const list = await readPages<{ id?: number }>(
		client,
		REQUEST,
		{ pageSize: 5, limit: Infinity },
		{ entriesOf: () => entries, keyOf: ({ id }) => id },
	);
	expect(list.entries.slice(0, 4)).toEqual([{ id: 1 }, { id: 2 }, {}, {}]);
	expect(list.hasRepeatedPage).toBe(true);
});

describe('a server that does not mind the page', () => {
	const next = { link: '<http://x/?page_index=2>; rel="next"' };
	const always = (page: Page) => Array.from({ length: 50 }, () => page);

	test.each([
		['without headers', {}],
		['with a link to a next page', next],
	])('and answers %s is asked twice, and the list tells', async (_, headers) => {
		const list = await readAll(always({ entries: [1, 2], headers }));
		expect(list.entries).toEqual([1, 2]);
		expect(list.sent).toHaveLength(2);
		expect(list.hasRepeatedPage).toBe(true);
	});

	test('is noticed after pages that were new', async () => {
		const list = await readAll([
			{ entries: [1, 2] },
			{ entries: [2, 3] },
			...always({ entries: [3, 1] }),
		]);
		expect(list.entries).toEqual([1, 2, 3]);
		expect(list.sent).toHaveLength(3);
		expect(list.hasRepeatedPage).toBe(true);
	});

	test('is asked to the end where the end is known, since it may be other pages that moved', async () => {
		const headers = withPages('4');
		const list = await readAll([
			{ entries: [1, 2], headers },
			{ entries: [1, 2], headers },
			{ entries: [], headers },
			{ entries: [3], headers },
		]);
		expect(list.entries).toEqual([1, 2, 3]);
		expect(list.hasRepeatedPage).toBe(true);
	});

	test('matters not where the limit is reached', async () => {
		const list = await readAll([{ entries: [1, 2] }, { entries: [2, 3, 4] }], 3);
		expect(list).toMatchObject({ entries: [1, 2, 3], hasRepeatedPage: false });
	});

	test('is noticed by entries without a key, too', async () => {
		const { client, sent } = clientOf([]);
		const list = await readPages(
			client,
			REQUEST,
			{ pageSize: 2, limit: Infinity },
			{ entriesOf: () => [{ name: 'x' }, { name: 'y' }], keyOf: () => undefined },
		);
		expect(sent).toHaveLength(2);
		expect(list.hasRepeatedPage).toBe(true);
	});

	test('is not what answers with pages that overlap in part, or with none', async () => {
		const headers = withPages('3');
		const list = await readAll([
			{ entries: [1, 2], headers },
			{ entries: [2, 3], headers },
			{ entries: [], headers },
		]);
		expect(list.hasRepeatedPage).toBe(false);
		expect((await readAll([{ entries: [1] }, { entries: [] }])).hasRepeatedPage).toBe(false);
	});
});

describe('pages that are read ahead', () => {
	/** A client whose answers come when the test lets them. */
	function slowClient(pages: number, items?: (page: number) => string) {
		const waiting = new Map<number, () => void>();
		const asked: number[] = [];
		const client: MaileonClient = {
			async send({ query = [] }) {
				const page = Number(query.find(([name]) => name === 'page_index')?.[1]);
				asked.push(page);
				await new Promise<void>((resolve) => waiting.set(page, resolve));
				const headers = { 'x-pages': String(pages), ...(items && { 'x-items': items(page) }) };
				return { status: 200, headers, answer: { kind: 'json', value: [page] } };
			},
		};
		const answer = async (page: number) => {
			waiting.get(page)?.();
			await new Promise(setImmediate);
		};
		return { client, asked, answer };
	}

	const collect = async (pages: AsyncIterable<{ entries: readonly number[] }>, most = Infinity) => {
		const found: number[] = [];
		for await (const { entries } of pages) {
			found.push(...entries);
			if (found.length >= most) break;
		}
		return found;
	};

	test('come in their order, several at a time once their number is known', async () => {
		const { client, asked, answer } = slowClient(5);
		const paging = { pageSize: 1, atATime: 3, limit: Infinity };
		const all = collect(pagesOf(client, REQUEST, paging, entriesOf));
		expect(asked).toEqual([1]);
		await answer(1);
		expect(asked).toEqual([1, 2, 3, 4]);
		await answer(4);
		await answer(2);
		expect(asked).toEqual([1, 2, 3, 4, 5]);
		for (const page of [5, 3]) await answer(page);
		await expect(all).resolves.toEqual([1, 2, 3, 4, 5]);
	});

	test('are not asked for ahead beyond what the limit needs', async () => {
		const { client, asked, answer } = slowClient(9);
		const paging = { pageSize: 1, atATime: 5, limit: 3 };
		const all = collect(pagesOf(client, REQUEST, paging, entriesOf), 3);
		for (const page of [1, 2, 3]) await answer(page);
		await expect(all).resolves.toEqual([1, 2, 3]);
		expect(asked).toEqual([1, 2, 3]);
	});

	test('tell how many entries there are, as each page says it', async () => {
		const { client, answer } = slowClient(2, (page) => (page === 1 ? '10' : 'many'));
		const paging = { pageSize: 1, atATime: 1, limit: Infinity };
		const pages = pagesOf(client, REQUEST, paging, entriesOf);
		const first = pages.next();
		await answer(1);
		await expect(first).resolves.toMatchObject({ value: { items: 10 } });
		const second = pages.next();
		await answer(2);
		await expect(second).resolves.toMatchObject({ value: { items: undefined } });
	});

	test('are read one by one to the last where their number is not known', async () => {
		const { client, sent } = clientOf([
			{ entries: [1], headers: { link: '<x>; rel="next"' } },
			{ entries: [2], headers: { link: '<x>; rel="prev"' } },
		]);
		const paging = { pageSize: 1, atATime: 5, limit: Infinity };
		await expect(collect(pagesOf(client, REQUEST, paging, entriesOf))).resolves.toEqual([1, 2]);
		expect(sent).toHaveLength(2);
	});

	test('end with the first that fails', async () => {
		const client: MaileonClient = {
			send: async ({ query = [] }) => {
				if (query.some(([name, value]) => name === 'page_index' && value === 3))
					throw new Error('page 3');
				return { status: 200, headers: withPages('4'), answer: { kind: 'json', value: [1] } };
			},
		};
		const paging = { pageSize: 1, atATime: 4, limit: Infinity };
		await expect(collect(pagesOf(client, REQUEST, paging, entriesOf))).rejects.toThrow('page 3');
	});
});

test('reads a list ahead, and goes on page by page where entries were taken out of pages', async () => {
	const headers = withPages('4');
	const { client, sent } = clientOf([
		{ entries: [1, 2], headers },
		{ entries: [2], headers },
		{ entries: [3], headers },
		{ entries: [4, 5], headers },
	]);
	const paging = { pageSize: 2, limit: 4, atATime: 3 };
	const list = await readPages(client, REQUEST, paging, { entriesOf, keyOf: (entry) => entry });
	expect(list).toEqual({ entries: [1, 2, 3, 4], hasRepeatedPage: false });
	expect(sent).toHaveLength(4);
});
