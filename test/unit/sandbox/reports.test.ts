import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Kind } from '../../../sandbox/account/happenings';
import type { InputOf, Who } from '../../../sandbox/recipients';
import type { Variants } from '../../../sandbox/variants';
import type { Client } from '../../support/sandboxClient';
import { clientOf } from '../../support/sandboxClient';
import { all, fillAccount, MINUTE, NOON, root } from '../../support/reportsAccount';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => await fillAccount(sandbox, call));

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const EVE = 'eve@example.com';
const ADA_SHOWN =
	'<contact anonymous="false"><id>1001</id><email>ada@example.com</email><external_id>C-77</external_id><permissionType>5</permissionType></contact>';
const TIME = '<timestamp>2026-03-04 09:15:30</timestamp>';

/** Notes one event for each moment, in minutes after noon. */
function record<K extends Kind>(
	kind: K,
	...events: Array<Who & InputOf[K] & { after?: number }>
): void {
	sandbox.recipients.record(
		kind,
		events.map(({ after = 0, ...event }) => ({ at: NOON + after * MINUTE, ...event })) as Array<
			Who & InputOf[K]
		>,
	);
}

const get = async (path: string) => await call('GET', path);
const read = async (path: string) => root((await get(path)).text);
const count = async (path: string) => root((await get(path)).text);

describe('the entries', () => {
	beforeEach(() => {
		sandbox.account.ipLogging = true;
		sandbox.account.mails.length = 0;
	});

	const client =
		'<client><os_name>WINDOWS_10</os_name><os_group>WINDOWS</os_group><browser>CHROME</browser><browser_group>CHROME</browser_group>' +
		'<browser_type>WebBrowser</browser_type><user_agent>Mozilla/5.0 (Windows NT 10.0; Win64; x64)</user_agent><rendering_engine>BLINK</rendering_engine></client>';
	const opened =
		'<mailing_id>21</mailing_id><format>html</format><device_type>COMPUTER</device_type>';
	const clicked =
		'<mailing_id>21</mailing_id><link_id>9210</link_id><link_type>STANDARD</link_type><link_url>https://shop.example.com/offer</link_url>' +
		'<format>html</format><device_type>COMPUTER</device_type>';
	const mail = '<msg_id>7</msg_id>';

	const SHAPES: Array<[what: string, kind: Kind, path: string, input: object, entries: string]> = [
		[
			'opens',
			'opens',
			'opens',
			{},
			`<opens><open>${TIME}${ADA_SHOWN}${opened}${mail}</open></opens>`,
		],
		[
			'opens with their program',
			'opens',
			'opens?embed_email_client_infos=true',
			{},
			`<opens><open>${TIME}${ADA_SHOWN}${opened}${mail}${client}</open></opens>`,
		],
		[
			'unique opens',
			'opens',
			'opens/unique?embed_transaction_id=true',
			{},
			`<opens><open>${TIME}${ADA_SHOWN}${opened}${mail}</open></opens>`,
		],
		[
			'clicks',
			'clicks',
			'clicks',
			{},
			`<clicks><click>${TIME}${ADA_SHOWN}${clicked}${mail}</click></clicks>`,
		],
		[
			'clicks with the tags of their link',
			'clicks',
			'clicks?embed_link_tags=true',
			{},
			`<clicks><click>${TIME}${ADA_SHOWN}${clicked}<link_tags><tag>offer</tag><tag>shop</tag></link_tags>${mail}</click></clicks>`,
		],
		[
			'clicks on links without a URL',
			'clicks',
			'clicks',
			{ link: 'ONLINE_VERSION', deviceType: 'TABLET', format: 'text' },
			`<clicks><click>${TIME}${ADA_SHOWN}<mailing_id>21</mailing_id><link_id>9212</link_id><link_type>ONLINE_VERSION</link_type>` +
				`<format>text</format><device_type>TABLET</device_type>${mail}</click></clicks>`,
		],
		[
			'unique clicks',
			'clicks',
			'clicks/unique',
			{},
			`<clicks><click>${TIME}${ADA_SHOWN}${clicked}${mail}</click></clicks>`,
		],
		[
			'bounces',
			'bounces',
			'bounces',
			{ source: 'reply' },
			`<bounces><bounce>${TIME}${ADA_SHOWN}<mailing_id>21</mailing_id><type>permanent</type><status_code>5.1.1</status_code><source>inbound</source>${mail}</bounce></bounces>`,
		],
		[
			'blocks',
			'blocks',
			'blocks',
			{},
			`<blocks><block>${TIME}${ADA_SHOWN}<old_status>allowed</old_status><new_status>blocked</new_status><reason>blacklist</reason></block></blocks>`,
		],
		[
			'recipients',
			'recipients',
			'recipients?embed_transaction_id=true',
			{ transactionId: 'T-1' },
			`<recipients><recipient>${TIME}${ADA_SHOWN}<mailing_id>21</mailing_id>${mail}<transaction_id>T-1</transaction_id></recipient></recipients>`,
		],
		[
			'subscribers',
			'subscribers',
			'subscribers',
			{ mailingId: 11 },
			`<subscribers><subscriber>${TIME}${ADA_SHOWN}<mailing_id>11</mailing_id><ip>192.0.2.1</ip></subscriber></subscribers>`,
		],
		[
			'unsubscriptions',
			'unsubscriptions',
			'unsubscriptions',
			{},
			`<unsubscriptions><unsubscription>${TIME}<contact anonymous="false"><id>1001</id><email>ada@example.com</email><external_id>C-77</external_id></contact>` +
				`<source>link</source><mailing_id>21</mailing_id>${mail}</unsubscription></unsubscriptions>`,
		],
		[
			'filtered contacts',
			'filteredContacts',
			'filtered_contacts',
			{},
			`<filtered_contacts><filtered_contact>${TIME}${ADA_SHOWN}<mailing_id>21</mailing_id><cause>personalization</cause></filtered_contact></filtered_contacts>`,
		],
		[
			'replies',
			'replies',
			'replies',
			{ type: 'spam' },
			`<replies><reply>${TIME}${ADA_SHOWN}<mailing_id>21</mailing_id><type>spam</type>${mail}</reply></replies>`,
		],
		[
			'conversions',
			'conversions',
			'analytics/conversions',
			{ value: 12.5 },
			'<conversions><conversion><timestamp>1772615730250</timestamp><timestamp_sql>2026-03-04 09:15:30</timestamp_sql><contact_id>1001</contact_id>' +
				'<contact_email>ada@example.com</contact_email><contact_external_id>C-77</contact_external_id><value>12.5</value>' +
				'<mailing_sent_date nil="true"/><mailing_sent_date_sql nil="true"/><mailing_id>21</mailing_id><mailing_name>Spring sale</mailing_name>' +
				'<site_id>1</site_id><site_name>Shop</site_name><goal_id>1</goal_id><goal_name>Order</goal_name><link_id>9210</link_id>' +
				'<link_url>https://shop.example.com/offer</link_url></conversion></conversions>',
		],
		[
			'unique conversions',
			'conversions',
			'analytics/conversions/unique',
			{ value: 12.5 },
			'<unique_conversions><unique_conversion><contact_id>1001</contact_id><contact_email>ada@example.com</contact_email>' +
				'<revenue>12.5</revenue><count_total>1</count_total></unique_conversion></unique_conversions>',
		],
		[
			'revenue',
			'conversions',
			'analytics/conversions/revenue',
			{ value: 1.1 },
			'<revenue>1.1</revenue>',
		],
		[
			'unsubscription reasons',
			'unsubscriptions',
			'unsubscriptions/reasons',
			{ reasons: ['other|moved <away>'] },
			'<unsubscription_reasons><unsubscription_reason><reason>moved &lt;away&gt;</reason><count>1</count></unsubscription_reason></unsubscription_reasons>',
		],
		[
			'mailing summaries',
			'replies',
			'mailing_summaries?mailing_id=21',
			{},
			'<mailing_summaries><mailing_summary><mailing_id>21</mailing_id><recipients>0</recipients><opens>0</opens><opens_unique>0</opens_unique>' +
				'<clicks>0</clicks><clicks_unique>0</clicks_unique><bounces>0</bounces><unsubscriptions>0</unsubscriptions><replies>1</replies>' +
				'<archived>false</archived></mailing_summary></mailing_summaries>',
		],
	];

	it.each(SHAPES)('of %s', async (_, kind, path, input, entries) => {
		const isMailed = !['blocks', 'filteredContacts', 'subscribers'].includes(kind);
		record(kind, { email: ADA, mailingId: 21, ...(isMailed ? { msgId: 7 } : {}), ...input });
		const reply = await get(`/reports/${path}`);
		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toBe('application/vnd.maileon.api+xml');
		expect(reply.text).toBe(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${entries}`);
	});

	it('have a hash that is the same for one contact and mail, and no other', async () => {
		record(
			'opens',
			{ email: ADA, msgId: 7 },
			{ email: ADA, msgId: 7 },
			{ email: ADA, msgId: 8 },
			{ email: EVE, msgId: 7 },
		);
		const hashes = all(await read('/reports/opens?embed_contact_hash=true'), 'contact_hash');
		expect(hashes).toHaveLength(4);
		expect(new Set(hashes).size).toBe(3);
		expect(hashes[0]).toBe(hashes[1]);
	});

	it('show the fields that are asked for', async () => {
		record('clicks', { email: ADA, mailingId: 21 });
		const fields =
			'standard_field=FIRSTNAME&standard_field=CITY&custom_field=COLOR&custom_field=SCORE';
		expect(await read(`/reports/clicks?${fields}`)).toContain(
			'<permissionType>5</permissionType><standard_fields><field><name>FIRSTNAME</name><value>Ada</value></field>' +
				'<field><name>CITY</name><value nil="true"/></field></standard_fields><custom_fields>' +
				'<field><name>COLOR</name><value>BLUE</value></field><field><name>SCORE</name><value nil="true"/></field></custom_fields></contact>',
		);
		sandbox.variants.reportNoValue = 'missing';
		const text = await read(`/reports/clicks?${fields}`);
		expect(all(text, 'name')).toEqual(['FIRSTNAME', 'COLOR']);
	});

	it.each(['standard_field=SHOE', 'custom_field=SHOE'])('refuse the field %s', async (query) => {
		expect((await get(`/reports/opens?${query}`)).status).toBe(400);
	});
});

describe('filters', () => {
	const FILTERED: Array<
		[kind: Kind, path: string, events: object[], query: string, expected: number]
	> = [
		['opens', 'opens', [{ format: 'text' }, {}, {}], 'format=text', 1],
		[
			'opens',
			'opens',
			[{ deviceType: 'MOBILE' }, { deviceType: 'TABLET' }, {}],
			'device_type=MOBILE&device_type=TABLET',
			2,
		],
		['opens', 'opens', [{ socialNetwork: 'FB' }, {}], 'social_network=FB', 1],
		[
			'opens',
			'opens',
			[{ mailingId: 21 }, { mailingId: 22 }, { mailingId: null }],
			'mailing_id=21&mailing_id=11',
			1,
		],
		['opens', 'opens', [{}, { email: EVE }], 'ids=1001&ids=5', 1],
		['opens', 'opens', [{}, { email: EVE }], 'emails=EVE%40example.com', 1],
		['opens', 'opens', [{}, { email: EVE }], 'eids=C-77', 1],
		['opens', 'opens', [{}, { email: EVE }], 'eids=C-77&ids=1003', 0],
		['opens', 'opens', [{}, { after: 1 }, { after: 2 }], `from_date=${NOON + MINUTE}`, 2],
		['opens', 'opens', [{}, { after: 1 }, { after: 2 }], `to_date=${NOON + MINUTE}`, 1],
		[
			'opens',
			'opens',
			[{}, { after: 1 }, { after: 2 }],
			`from_date=${NOON + 1}&to_date=${NOON + MINUTE}`,
			0,
		],
		['opens', 'opens', [{}], `from_date=${NOON + MINUTE}&to_date=${NOON}`, 0],
		['opens', 'opens', [{}, { tracked: false }, { email: BOB }], '', 1],
		['opens', 'opens', [{}, { tracked: false }, { email: BOB }], 'exclude_anonymous_opens=true', 1],
		[
			'opens',
			'opens',
			[{}, { tracked: false }, { email: BOB }],
			'exclude_anonymous_opens=false',
			3,
		],
		['opens', 'opens', [{ tracked: false }], 'exclude_anonymous_opens=false&ids=1001', 0],
		['opens', 'opens/unique', [{}, {}, { email: EVE }], '', 2],
		['opens', 'opens/unique', [{ mailingId: 21 }, { mailingId: 22 }], '', 2],
		['opens', 'opens/unique', [{ format: 'text' }, { email: EVE }], 'format=text', 1],
		['opens', 'opens/unique', [{}, { after: 1 }], `to_date=${NOON + 1}`, 1],
		['clicks', 'clicks', [{ link: 9211 }, { link: 9210 }, {}], 'link_id=9211', 1],
		['clicks', 'clicks', [{ link: 9211 }, {}], 'link_url=https%3A%2F%2Fshop.example.com%2Fnews', 1],
		['clicks', 'clicks', [{ link: 9211 }, {}], 'link_url=https%3A%2F%2Fshop.example.com', 0],
		['clicks', 'clicks', [{ link: 9211 }, { link: 9212 }, {}], 'link_tag=news&link_tag=shop', 2],
		['clicks', 'clicks', [{ email: BOB }, {}], 'exclude_anonymous_clicks=false', 2],
		['clicks', 'clicks', [{ email: BOB }, {}], '', 1],
		[
			'clicks',
			'clicks/unique',
			[{}, { link: 9211 }, { email: BOB }],
			'exclude_anonymous_clicks=false',
			2,
		],
		[
			'clicks',
			'clicks/unique',
			[{ deviceType: 'MOBILE' }, { email: EVE }],
			'device_type=MOBILE',
			1,
		],
		['bounces', 'bounces', [{ statusCode: '5.1.2' }, {}], 'status_code=5.1.2&status_code=5.7.1', 1],
		['bounces', 'bounces', [{ type: 'transient' }, {}], 'type=transient', 1],
		['bounces', 'bounces', [{ source: 'reply' }, {}], 'source_filter=reply', 1],
		['bounces', 'bounces', [{ tracked: false }, {}], 'exclude_anonymous_bounces=true', 1],
		['blocks', 'blocks', [{ reason: 'bounce_policy' }, {}], 'reasons=blacklist', 1],
		['blocks', 'blocks', [{ newStatus: 'allowed' }, {}, {}], 'new_status=blocked', 2],
		['blocks', 'blocks', [{ newStatus: 'allowed' }, {}, {}], 'old_status=blocked', 1],
		['blocks', 'blocks', [{ tracked: false }, {}], 'exclude_anonymous_blocks=false', 2],
		['recipients', 'recipients', [{}, {}], 'exclude_deleted_recipients=true', 2],
		['subscribers', 'subscribers', [{ mailingId: 11 }, { mailingId: 12 }], 'mailing_id=12', 1],
		['subscribers', 'subscribers', [{ tracked: false }, {}], 'exclude_anonymous_contacts=true', 1],
		[
			'unsubscriptions',
			'unsubscriptions',
			[{ source: 'reply' }, {}, { source: 'list-unsubscribe-header' }],
			'source=other',
			1,
		],
		['unsubscriptions', 'unsubscriptions', [{ source: 'reply' }, {}], 'source=reply', 1],
		['unsubscriptions', 'unsubscriptions', [{ tracked: false }, {}], '', 2],
		['unsubscriptions', 'unsubscriptions', [{ tracked: false }, {}], 'exclude_anonymous=true', 1],
		['unsubscriptions', 'unsubscriptions', [{}, { email: EVE }], 'emails=eve%40example.com', 1],
		['filteredContacts', 'filtered_contacts', [{}, { email: EVE }], 'ids=1003', 1],
		[
			'filteredContacts',
			'filtered_contacts',
			[{ tracked: false }],
			'exclude_anonymous_contacts=true',
			0,
		],
		['replies', 'replies', [{ type: 'spam' }, {}], 'type=unknown', 1],
		['replies', 'replies', [{ tracked: false }, {}], '', 1],
		[
			'conversions',
			'analytics/conversions',
			[{ site: { id: 2, name: 'Blog' } }, {}],
			'site_ids=2',
			1,
		],
		[
			'conversions',
			'analytics/conversions',
			[{ goal: { id: 3, name: 'Visit' } }, {}],
			'goal_ids=3&goal_ids=4',
			1,
		],
		['conversions', 'analytics/conversions', [{ link: 9211 }, {}], 'link_ids=9211', 1],
		['conversions', 'analytics/conversions', [{}, { email: EVE }], 'emails=ada%40example.com', 1],
		['conversions', 'analytics/conversions/unique', [{}, {}, { email: EVE }], '', 2],
	];

	it.each(FILTERED)('%s: %s %j with %s', async (kind, path, events, query, expected) => {
		record(kind, ...events.map((event) => ({ email: ADA, mailingId: 21, ...event })));
		const mark = query === '' ? '' : `?${query}`;
		const reply = await get(`/reports/${path}${mark}`);
		expect(reply.headers.get('x-items')).toBe(String(expected));
		const entries = reply.text.match(/<timestamp>|<unique_conversion>/g) ?? [];
		expect(entries).toHaveLength(expected);
		expect(await count(`/reports/${path}/count${mark}`)).toBe(`<count>${expected}</count>`);
	});

	it('see what came and what left after a first look', async () => {
		record('clicks', { email: ADA, mailingId: 21 });
		const look = async () => await count('/reports/clicks/count?mailing_id=21');
		expect(await look()).toBe('<count>1</count>');
		record('clicks', { email: EVE, mailingId: 21, after: 5 }, { email: ADA, mailingId: 22 });
		expect(await look()).toBe('<count>2</count>');
		record('clicks', { email: ADA, mailingId: 21, after: -5 });
		expect(await look()).toBe('<count>3</count>');
		await sandbox.unsubscribe(ADA);
		expect(await look()).toBe('<count>1</count>');
		await call('DELETE', '/contacts/email/eve%40example.com');
		expect(await look()).toBe('<count>0</count>');
		expect(await count('/reports/clicks/count?exclude_anonymous_clicks=false')).toBe(
			'<count>4</count>',
		);
	});

	it('find a contact by its present address', async () => {
		record('opens', { email: ADA, mailingId: 21 });
		const path = (email: string) => `/reports/opens/count?emails=${email}%40example.com`;
		expect(await count(path('ada'))).toBe('<count>1</count>');
		const contact = sandbox.account.contacts.find(1001);
		if (contact) sandbox.account.contacts.setEmail(contact, 'lovelace@example.com');
		expect(await count(path('ada'))).toBe('<count>0</count>');
		expect(await count(path('lovelace'))).toBe('<count>1</count>');
	});

	it('leave out recipients that were deleted, and no others', async () => {
		record('recipients', { email: ADA, mailingId: 21 }, { email: EVE, mailingId: 21 });
		await sandbox.unsubscribe(ADA);
		await call('DELETE', '/contacts/email/eve%40example.com');
		expect(await count('/reports/recipients/count')).toBe('<count>2</count>');
		expect(await count('/reports/recipients/count?exclude_deleted_recipients=true')).toBe(
			'<count>1</count>',
		);
	});
});

describe('sums', () => {
	it('of conversions are right to the cent, in the window asked for', async () => {
		record(
			'conversions',
			{ email: ADA, value: 0.1 },
			{ email: ADA, value: 0.2 },
			{ email: EVE, value: 5, after: 1 },
		);
		const path = '/reports/analytics/conversions';
		expect(await read(`${path}/revenue`)).toBe('<revenue>5.3</revenue>');
		expect(await read(`${path}/revenue?to_date=${NOON + MINUTE}`)).toBe('<revenue>0.3</revenue>');
		const unique = await read(`${path}/unique`);
		expect(all(unique, 'revenue')).toEqual(['0.3', '5']);
		expect(all(unique, 'count_total')).toEqual(['2', '1']);
	});

	it('of unsubscription reasons come by count or name, both ways, and in pages', async () => {
		record(
			'unsubscriptions',
			{ email: ADA, reasons: ['no_demand', 'other|zzz'] },
			{ email: EVE, reasons: ['no_demand|really'], after: 1 },
		);
		const reasons = async (query: string) =>
			all(await read(`/reports/unsubscriptions/reasons?${query}`), 'reason');
		expect(await reasons('page_index=1')).toEqual(['zzz', 'no_demand']);
		expect(await reasons('asc=false')).toEqual(['no_demand', 'zzz']);
		expect(await reasons('order=name&asc=true')).toEqual(['no_demand', 'zzz']);
		expect(await reasons('order=name&asc=false')).toEqual(['zzz', 'no_demand']);
		expect(await reasons('page_size=1&page_index=2')).toEqual(['no_demand']);
		expect(await reasons(`from_date=${NOON + 1}`)).toEqual(['no_demand']);
	});

	it('of mailings count each contact once where they say so, and stay when contacts leave', async () => {
		record('recipients', { email: ADA, mailingId: 21 }, { email: EVE, mailingId: 21 });
		record('opens', { email: ADA, mailingId: 21 }, { email: ADA, mailingId: 21 });
		record('clicks', { email: ADA, mailingId: 21 }, { email: EVE, mailingId: 21 });
		record(
			'bounces',
			{ email: ADA, mailingId: 21 },
			{ email: ADA, mailingId: 21, type: 'transient' },
		);
		record('unsubscriptions', { email: ADA, mailingId: 21 });
		await sandbox.unsubscribe(ADA, { mailingId: null });
		const expected = {
			recipients: 2,
			opens: 2,
			opens_unique: 1,
			clicks: 2,
			clicks_unique: 2,
			bounces: 2,
			unsubscriptions: 1,
		};
		const summary = await read(
			'/reports/mailing_summaries?mailing_id=21&mailing_id=22&mailing_id=99',
		);
		for (const [name, value] of Object.entries(expected)) {
			expect(all(summary, name)).toEqual([String(value), '0']);
		}
		sandbox.variants.summaryBounces = 'permanent';
		sandbox.variants.summaryUnknown = 'zeros';
		const other = await read('/reports/mailing_summaries?mailing_id=21&mailing_id=99');
		expect(all(other, 'bounces')).toEqual(['1', '0']);
		sandbox.variants.summaryUnknown = 'notFound';
		expect((await get('/reports/mailing_summaries?mailing_id=99')).status).toBe(404);
		expect(all(await read('/reports/mailing_summaries'), 'mailing_id')).toHaveLength(7);
		sandbox.variants.summaryAll = 'refused';
		expect((await get('/reports/mailing_summaries')).status).toBe(400);
	});
});

describe('pages', () => {
	beforeEach(() =>
		record('opens', ...[1, 2, 3, 4, 5].map((after) => ({ email: ADA, mailingId: 21, after }))),
	);

	it('have the documented headers', async () => {
		const reply = await get('/reports/opens?mailing_id=21&page_size=2&page_index=2');
		expect(all(reply.text, 'timestamp')).toEqual(['2026-03-04 09:18:30', '2026-03-04 09:19:30']);
		expect(reply.headers.get('x-pages')).toBe('3');
		expect(reply.headers.get('x-items')).toBe('5');
		const address = (page: number) =>
			`<${sandbox.baseUrl}/reports/opens?page_index=${page}&page_size=2&mailing_id=21>`;
		expect(reply.headers.get('link')).toBe(
			`${address(1)}; rel="start", ${address(1)}; rel="prev", ${address(3)}; rel="next"`,
		);
	});

	it('come newest first when the variant says so, without gaps', async () => {
		sandbox.variants.reportOrder = 'newestFirst';
		const pages = await Promise.all(
			[1, 2, 3].map(async (page) => await read(`/reports/opens?page_size=2&page_index=${page}`)),
		);
		expect(
			pages.flatMap((page) => all(page, 'timestamp')).map((time) => time.slice(14, 16)),
		).toEqual(['20', '19', '18', '17', '16']);
	});

	it('hold 100 entries when nothing is said', async () => {
		sandbox.recipients.seed('clicks', { count: 101 });
		const reply = await get('/reports/clicks');
		expect(all(reply.text, 'timestamp')).toHaveLength(100);
		expect(reply.headers.get('x-pages')).toBe('2');
	});

	it('after the last one are empty or refused', async () => {
		const path = '/reports/opens?page_size=2&page_index=4';
		expect(await read(path)).toBe('<opens/>');
		sandbox.variants.reportBeyondLastPage = 'refused';
		expect((await get(path)).message).toBe('page_index must not exceed 3 but was 4');
	});
});

describe('refusals', () => {
	const REFUSED: Array<[path: string, message: string]> = [
		['opens?contact_ids=1', 'unknown query parameter contact_ids'],
		[
			'opens?mailing_id[]=1',
			'query parameter mailing_id[]: multivalued parameters are repeated, not bracketed',
		],
		['opens?mailing_id=1,2', 'mailing_id must be a whole number but was "1,2"'],
		['opens?from_date=2026-03-04', 'from_date must be a whole number but was "2026-03-04"'],
		['opens?to_date=1&to_date=2', 'query parameter to_date must not be repeated'],
		['opens?page_size=1001', 'page_size must not exceed 1000 but was 1001'],
		['opens?page_index=0', 'page_index must be at least 1 but was 0'],
		['opens?format=HTML', 'format must be one of html, text but was HTML'],
		[
			'opens?device_type=mobile',
			'device_type must be one of UNKNOWN, COMPUTER, TABLET, MOBILE but was mobile',
		],
		[
			'opens?exclude_anonymous_opens=1',
			'exclude_anonymous_opens must be true or false but was "1"',
		],
		['opens?exclude_anonymous_clicks=true', 'unknown query parameter exclude_anonymous_clicks'],
		['opens?order=ASC', 'unknown query parameter order'],
		['opens?embed_link_tags=true', 'unknown query parameter embed_link_tags'],
		['opens/unique?embed_contact_hash=true', 'unknown query parameter embed_contact_hash'],
		['opens/count?page_index=1', 'unknown query parameter page_index'],
		['opens/count?standard_field=FIRSTNAME', 'unknown query parameter standard_field'],
		['opens/count?embed_transaction_id=true', 'unknown query parameter embed_transaction_id'],
		['clicks/unique?link_id=1', 'unknown query parameter link_id'],
		['clicks/unique/count?format=html', 'unknown query parameter format'],
		['clicks/unique?embed_transaction_id=true', 'unknown query parameter embed_transaction_id'],
		['bounces?status_code=511', 'status_code must be like 5.1.1 but was 511'],
		['bounces?source=reply', 'unknown query parameter source'],
		[
			'bounces?source_filter=inbound',
			'source_filter must be one of mta-listener, reply but was inbound',
		],
		['blocks?mailing_id=21', 'unknown query parameter mailing_id'],
		['blocks?reasons=other', 'reasons must be one of blacklist, bounce_policy but was other'],
		['blocks?old_status=1', 'old_status must be one of allowed, blocked but was 1'],
		['recipients?exclude_anonymous=true', 'unknown query parameter exclude_anonymous'],
		[
			'subscribers?exclude_anonymous_blocks=true',
			'unknown query parameter exclude_anonymous_blocks',
		],
		[
			'unsubscriptions?source=complaint',
			'source must be one of link, reply, other but was complaint',
		],
		[
			'unsubscriptions?exclude_anonymous_unsubscriptions=true',
			'unknown query parameter exclude_anonymous_unsubscriptions',
		],
		['unsubscriptions/reasons?mailing_id=21', 'unknown query parameter mailing_id'],
		['unsubscriptions/reasons?order=reason', 'order must be one of count, name but was reason'],
		[
			'replies?type=vacation',
			'type must be one of unknown, unsubscribe, receipt_confirmation, out_of_office_vacation, spam but was vacation',
		],
		['analytics/conversions?standard_field=FIRSTNAME', 'unknown query parameter standard_field'],
		['analytics/conversions/revenue?page_size=1', 'unknown query parameter page_size'],
		['mailing_summaries?from_date=1', 'unknown query parameter from_date'],
	];

	it.each(REFUSED)('%s', async (path, message) => {
		const reply = await get(`/reports/${path}`);
		expect(reply.status).toBe(400);
		expect(reply.message.replaceAll('&quot;', '"')).toBe(message);
	});

	it('of what is not there', async () => {
		for (const path of [
			'bounces/unique',
			'bounces/unique/count',
			'nothing',
			'unsubscriptions/reasons/count',
		]) {
			expect((await get(`/reports/${path}`)).status).toBe(404);
		}
		expect((await call('POST', '/reports/opens')).status).toBe(405);
		expect((await call('GET', '/reports/opens', { accept: 'application/json' })).status).toBe(406);
	});
});

describe('variants', () => {
	const anonymous = (inner: string) => `<contact anonymous="true"${inner}`;
	const SHOWN: Array<[variants: Partial<Variants>, path: string, shown: string]> = [
		[{ reportElements: 'contactLast' }, 'opens', '</msg_id><contact anonymous="false">'],
		[
			{ reportElements: 'reversed' },
			'opens',
			`<open><msg_id>1001000021</msg_id><device_type>COMPUTER</device_type><format>html</format><mailing_id>21</mailing_id>${ADA_SHOWN}${TIME}</open>`,
		],
		[{ reportTime: 'fraction' }, 'opens', '<timestamp>2026-03-04 09:15:30.250</timestamp>'],
		[{ reportTimeZone: 'Europe/Berlin' }, 'opens', '<timestamp>2026-03-04 10:15:30</timestamp>'],
		[{ reportPermission: 'word' }, 'opens', '<permissionType>doi+</permissionType>'],
		[{ reportPermission: 'permission' }, 'opens', '<permission>5</permission>'],
		[{ reportPermission: 'missing' }, 'opens', '</external_id></contact>'],
		[
			{ reportContactDetails: 'shown' },
			'opens',
			'<permissionStatus>available</permissionStatus><created>2026-03-04 09:15:30.2</created>',
		],
		[{ reportNoFields: 'empty' }, 'opens', '<standard_fields/><custom_fields/></contact>'],
		[{ reportMsgId: 'missing' }, 'opens', '</device_type></open>'],
		[{ reportFormat: 'upper' }, 'opens', '<format>HTML</format>'],
		[{ reportEventCount: 'all' }, 'opens', '<count>1</count>'],
		[{ reportEventCount: 'unique' }, 'opens/unique', '<count>2</count>'],
		[{ reportUniqueKept: 'last' }, 'opens/unique', '<timestamp>2026-03-04 09:16:30</timestamp>'],
		[{ anonymousForm: 'element' }, 'opens', '<contact><anonymous>false</anonymous><id>1001</id>'],
		[{ reportWrapper: 'response' }, 'opens', '<response><opens><open>'],
		[{}, 'opens?exclude_anonymous_opens=false', anonymous('/>')],
		[
			{ reportAnonymousContact: 'id' },
			'opens?exclude_anonymous_opens=false',
			anonymous('><id>1003</id></contact>'),
		],
		[
			{ reportAnonymousContact: 'ids' },
			'opens?exclude_anonymous_opens=false',
			anonymous('><id>1003</id><external_id>C-79</external_id></contact>'),
		],
		[
			{ reportAnonymousContact: 'nil' },
			'opens?exclude_anonymous_opens=false',
			anonymous('><id nil="true"/><email nil="true"/><external_id nil="true"/></contact>'),
		],
		[
			{ reportLinkTag: 'link_tag' },
			'clicks?embed_link_tags=true',
			'<link_tags><link_tag>offer</link_tag>',
		],
		[{ reportBounceSource: 'reply' }, 'bounces', '<source>reply</source>'],
		[
			{ reportFilteredContacts: 'contacts/contact' },
			'filtered_contacts',
			`<contacts><contact>${TIME}<contact anonymous`,
		],
		[{ reportFilteredCause: 'reason' }, 'filtered_contacts', '<reason>personalization</reason>'],
		[
			{ reportReplies: 'mailing_replies/mailing_reply' },
			'replies',
			'<mailing_replies><mailing_reply>',
		],
		[{ reportRevenue: 'value' }, 'analytics/conversions/revenue', '<value>19.9</value>'],
		[
			{ reportConversionTime: 'seconds' },
			'analytics/conversions',
			'<timestamp>1772615730</timestamp>',
		],
		[{ reportNoValue: 'missing' }, 'analytics/conversions', '</value><mailing_id>'],
		[
			{ reportUniqueBounces: 'there' },
			'bounces/unique',
			'<mailing_id>21</mailing_id><last_type>permanent</last_type><count>1</count><count_hard>1</count_hard><count_soft>0</count_soft></unique_bounce>',
		],
		[{ reportUniqueClicksFilters: 'accepted' }, 'clicks/unique?link_id=9210', '<clicks><click>'],
		[{ reportLinkUrl: 'part' }, 'clicks?link_url=example.com%2Foff', '<clicks><click>'],
		[{ reportContactFilters: 'or' }, 'opens?ids=1001&eids=none', '<id>1001</id>'],
		[
			{ reportCountPaging: 'accepted' },
			'opens/count?page_index=1&page_size=10',
			'<count>2</count>',
		],
		[
			{ reportSubscribersFlag: 'exclude_anonymous_blocks' },
			'subscribers?exclude_anonymous_blocks=true',
			'<subscribers/>',
		],
		[{ archivedEvents: 'gone' }, 'opens', '<mailing_id>21</mailing_id>'],
	];

	it.each(SHOWN)('%j %s', async (variants, path, shown) => {
		const about = { email: ADA, mailingId: 21 };
		record(
			'opens',
			about,
			{ ...about, after: 1 },
			{ email: EVE, mailingId: 21, tracked: false, after: 2 },
		);
		record('clicks', about);
		record('bounces', { ...about, source: 'reply' });
		record('filteredContacts', about);
		record('replies', about);
		record('conversions', about);
		Object.assign(sandbox.variants, variants);
		const reply = await get(`/reports/${path}`);
		expect(reply.status).toBe(200);
		expect(reply.text).toContain(shown);
	});

	it('play empty lists in three ways', async () => {
		const empty = await get('/reports/clicks');
		expect(root(empty.text)).toBe('<clicks/>');
		expect(empty.headers.get('x-pages')).toBe('0');
		Object.assign(sandbox.variants, { reportEmptyList: 'openAndClose', reportEmptyPages: 1 });
		const open = await get('/reports/clicks');
		expect(root(open.text)).toBe('<clicks></clicks>');
		expect(open.headers.get('x-pages')).toBe('1');
		sandbox.variants.reportEmptyList = 'noContent';
		const none = await get('/reports/clicks');
		expect(none.status).toBe(204);
		expect(none.headers.get('x-items')).toBe('0');
	});

	it('forget the events of archived mailings', async () => {
		record('opens', { email: ADA, mailingId: 21 }, { email: ADA, mailingId: 22 });
		sandbox.recipients.mailing(21).state = 'archived';
		expect(await count('/reports/opens/count')).toBe('<count>2</count>');
		sandbox.variants.archivedEvents = 'gone';
		expect(await count('/reports/opens/count')).toBe('<count>1</count>');
		expect(all(await read('/reports/mailing_summaries?mailing_id=21'), 'archived')).toEqual([
			'true',
		]);
	});

	it('make unique what they say', async () => {
		record('opens', { email: ADA, mailingId: 21 }, { email: ADA, mailingId: 22 });
		record('recipients', { email: ADA, mailingId: 21 }, { email: ADA, mailingId: 22, after: 1 });
		sandbox.variants.reportUniquePer = 'contact';
		sandbox.variants.reportRecipients = 'perContact';
		expect(await count('/reports/opens/unique/count')).toBe('<count>1</count>');
		expect(all(await read('/reports/recipients'), 'mailing_id')).toEqual(['22']);
	});

	it('tie opens and clicks to every contact, or leave out anonymous unsubscribers', async () => {
		sandbox.variants.reportTrackedContacts = 'all';
		record('clicks', { email: BOB, mailingId: 21 });
		expect(await count('/reports/clicks/count')).toBe('<count>1</count>');
		record('unsubscriptions', { email: BOB, tracked: false });
		expect(await count('/reports/unsubscriptions/count')).toBe('<count>1</count>');
		sandbox.variants.reportAnonymousUnsubscribers = 'excluded';
		expect(await count('/reports/unsubscriptions/count')).toBe('<count>0</count>');
	});
});
