import type { ServerResponse } from 'node:http';

import { links } from '../support/engine';
import { operationTests, rows } from '../support/operations';

const { sandbox, run, wire } = operationTests();

const START = Date.UTC(2026, 2, 4, 9);
const MINUTE = 60_000;
const MAILING = 21;

beforeEach(() => sandbox().setClock({ at: START }));

/** A page of one open, with headers. */
function page(mailing: number, headers: Record<string, string>) {
	return (_request: unknown, response: ServerResponse) => {
		response.writeHead(200, { 'Content-Type': 'application/vnd.maileon.api+xml', ...headers });
		response.end(`<opens><open><mailing_id>${mailing}</mailing_id></open></opens>`);
	};
}

/** Some contacts that are tracked, and what they did. */
function happened() {
	const { recipients } = sandbox();
	const [ada, bob] = recipients.seedContacts(2);
	if (!ada || !bob) throw new Error('There are no contacts');
	recipients.record('clicks', [
		{ contactId: ada.id, mailingId: MAILING, at: START - 3 * MINUTE },
		{ contactId: ada.id, mailingId: MAILING, at: START - 2 * MINUTE },
		{ contactId: bob.id, mailingId: MAILING, at: START - MINUTE, tracked: false },
	]);
	return { ada, bob };
}

describe('a report of events', () => {
	it('gives a flat row for each event, without anonymous ones by default', async () => {
		const { ada } = happened();
		const result = await run('report.getClicks', { returnAll: true });
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toMatchObject([
			{
				timestamp: '2026-03-04 08:57:00',
				mailing_id: MAILING,
				contact_id: ada.id,
				email: 'seed-1@example.com',
				external_id: 'S-1',
				link_type: 'STANDARD',
				format: 'html',
			},
			{ contact_id: ada.id },
		]);
		expect(Object.keys(rows(result.main)[0] ?? {}).slice(0, 5)).toEqual([
			'timestamp',
			'mailing_id',
			'contact_id',
			'email',
			'external_id',
		]);
		expect(wire()).toEqual([
			['GET', '/1.0/reports/clicks?page_index=1&page_size=1000&exclude_anonymous_clicks=true'],
		]);
	});

	it('says everything that it was asked for on the wire', async () => {
		happened();
		const result = await run('report.getClicks', {
			from: '2026-03-04T08:00:00Z',
			to: '2026-03-04T09:00:00Z',
			mailing: { __rl: true, mode: 'id', value: '21' },
			standardFields: ['FIRSTNAME'],
			limit: 5,
			filters: {
				emails: 'seed-1@example.com, seed-2@example.com',
				linkUrl: 'https://shop.example.com/?a=1&b=ü',
				deviceTypes: ['COMPUTER', 'MOBILE'],
				format: 'html',
			},
			options: { includeAnonymous: true, emailClient: true, linkTags: true },
		});
		expect(result.error).toBeUndefined();
		expect(wire().map(([, url]) => new URLSearchParams(url.split('?')[1]).toString())).toEqual([
			new URLSearchParams([
				['page_index', '1'],
				['page_size', '5'],
				['from_date', String(START - 60 * MINUTE)],
				['to_date', String(START)],
				['mailing_id', '21'],
				['emails', 'seed-1@example.com'],
				['emails', 'seed-2@example.com'],
				['format', 'html'],
				['link_url', 'https://shop.example.com/?a=1&b=ü'],
				['device_type', 'COMPUTER'],
				['device_type', 'MOBILE'],
				['exclude_anonymous_clicks', 'false'],
				['embed_email_client_infos', 'true'],
				['embed_link_tags', 'true'],
				['standard_field', 'FIRSTNAME'],
			]).toString(),
		]);
	});

	it('counts with the same filters, and without what only lists take', async () => {
		happened();
		const result = await run('report.getClicks', {
			output: 'count',
			options: { includeAnonymous: true, emailClient: true },
		});
		expect(rows(result.main)).toEqual([{ count: 3 }]);
		expect(wire()).toEqual([['GET', '/1.0/reports/clicks/count?exclude_anonymous_clicks=false']]);
	});

	it('gives each contact once where that is asked for', async () => {
		const { ada } = happened();
		const result = await run('report.getClicks', { unique: true });
		expect(rows(result.main)).toMatchObject([{ contact_id: ada.id }]);
		expect(wire()[0]?.[1]).toContain('/reports/clicks/unique?');
		const refused = await run('report.getClicks', {
			unique: true,
			filters: { linkIds: '9001' },
		});
		expect(refused.error).toMatchObject({
			message: 'Link IDs cannot be combined with Once per Contact.',
		});
	});

	it("keeps Maileon's own form where it is not simplified", async () => {
		happened();
		const result = await run('report.getClicks', { simplify: false, limit: 1 });
		expect(rows(result.main)).toMatchObject([
			{ timestamp: '2026-03-04 08:57:00', contact: { id: expect.any(Number) as number } },
		]);
	});

	it('reads all pages in their order, several at a time', async () => {
		sandbox().recipients.seed('opens', { count: 4_321, contacts: 50 });
		const result = await run('report.getOpens', { returnAll: true, simplify: false });
		expect(result.main).toHaveLength(4_321);
		const times = rows(result.main).map(({ timestamp }) => String(timestamp));
		expect(times).toEqual([...times].sort());
		expect(wire()).toHaveLength(5);
		expect(links(result.main).every(([item]) => item === 0)).toBe(true);
	});

	it('asks for no page more than the limit needs', async () => {
		sandbox().recipients.seed('opens', { count: 4_321 });
		const result = await run('report.getOpens', { limit: 1_500 });
		expect(result.main).toHaveLength(1_500);
		expect(wire()).toHaveLength(2);
	});

	it('fails with a page that cannot be read, and skips none', async () => {
		sandbox().fail({ respond: page(1, { 'X-Pages': '2', 'X-Items': '2' }) });
		sandbox().fail({ status: 500 });
		const result = await run('report.getOpens', { returnAll: true });
		expect(result.error).toMatchObject({ httpCode: '500' });
		expect(result.main).toEqual([]);
	});

	it('tells that a report changed while it was read', async () => {
		sandbox().fail({ respond: page(1, { 'X-Pages': '2', 'X-Items': '2' }) });
		sandbox().fail({ respond: page(2, { 'X-Pages': '2', 'X-Items': '3' }) });
		const result = await run('report.getOpens', { returnAll: true });
		expect(rows(result.main)).toMatchObject([{ mailing_id: 1 }, { mailing_id: 2 }]);
		expect(result.hints?.map(({ message }) => message).join()).toContain(
			'changed while it was read',
		);
	});

	it.each([
		['getBlocks', 'blocks', 'exclude_anonymous_blocks=true'],
		['getBounces', 'bounces', 'exclude_anonymous_bounces=true'],
		['getConversions', 'analytics/conversions', ''],
		['getFilteredContacts', 'filtered_contacts', 'exclude_anonymous_contacts=true'],
		['getOpens', 'opens', 'exclude_anonymous_opens=true'],
		['getRecipients', 'recipients', 'exclude_deleted_recipients=false'],
		['getReplies', 'replies', 'exclude_anonymous_replies=true'],
		['getSubscribers', 'subscribers', 'exclude_anonymous_contacts=true'],
		['getUnsubscriptions', 'unsubscriptions', 'exclude_anonymous=true'],
	])('%s lists and counts with the same flag', async (operation, path, flag) => {
		const list = await run(`report.${operation}`, {});
		const count = await run(`report.${operation}`, { output: 'count' });
		expect([list.error, count.error]).toEqual([undefined, undefined]);
		expect(rows(list.main)).toEqual([]);
		expect(rows(count.main)).toEqual([{ count: 0 }]);
		const paging = 'page_index=1&page_size=50';
		expect(wire()).toEqual([
			['GET', `/1.0/reports/${path}?${[paging, flag].filter(Boolean).join('&')}`],
			['GET', `/1.0/reports/${path}/count${flag && `?${flag}`}`],
		]);
	});
});

describe('other reports', () => {
	it('gives the figures of mailings, with rates where they are asked for', async () => {
		happened();
		sandbox().recipients.seedContacts(2);
		const result = await run('report.getMailingSummaries', {
			mailing: { __rl: true, mode: 'id', value: '21' },
			addRates: true,
		});
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toMatchObject([
			{ mailing_id: 21, clicks: 3, open_rate: null, archived: false },
		]);
		expect(wire()).toEqual([['GET', '/1.0/reports/mailing_summaries?mailing_id=21']]);
	});

	it('asks for the figures of many mailings in parts of fifty', async () => {
		const ids = Array.from({ length: 120 }, (_, index) => index + 1);
		await run('report.getMailingSummaries', { filters: { mailingIds: ids.join(',') } });
		expect(wire().map(([, url]) => url.split('mailing_id=').length - 1)).toEqual([50, 50, 20]);
	});

	it('gives the reasons of unsubscriptions, the most frequent first', async () => {
		const result = await run('report.getUnsubscriptionReasons', {});
		expect(result.error).toBeUndefined();
		expect(wire()[0]?.[1]).toBe(
			'/1.0/reports/unsubscriptions/reasons?page_index=1&page_size=50&order=count&asc=false',
		);
	});

	it('gives the revenue in one number', async () => {
		const result = await run('report.getRevenue', { filters: { siteIds: '1' } });
		expect(rows(result.main)).toEqual([{ revenue: 0 }]);
		expect(wire()).toEqual([['GET', '/1.0/reports/analytics/conversions/revenue?site_ids=1']]);
	});
});

describe('bad input', () => {
	it.each([
		[{ from: '2026-03-05', to: '2026-03-04' }, 'The period ends before it begins.'],
		[{ filters: { mailingIds: 'spring' } }, 'Mailing IDs must be numbers, but one is "spring".'],
		[{ filters: { deviceTypes: 'PHONE' } }, 'Devices does not know "PHONE".'],
		[
			{ mailing: { __rl: true, mode: 'id', value: 'spring' } },
			'Mailing must be a number, but is "spring".',
		],
	])('%j is refused before anything is sent', async (parameters, message) => {
		const result = await run('report.getOpens', parameters);
		expect(result.error?.message).toBe(message);
		expect(sandbox().requests).toHaveLength(0);
	});
});
