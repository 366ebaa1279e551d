import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { createMailing, DRAFT, SENT, TRIGGER } from '../../support/mailings';
import type { Client } from '../../support/sandboxClient';
import { clientOf, XML } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const path = (part: string, id = DRAFT) => `/mailings/${id}/${part}`;
const rootOf = (text: string) => text.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
const get = async (part: string, id = DRAFT) => rootOf((await call('GET', path(part, id))).text);
const post = async (part: string, body: string, id = DRAFT) =>
	await call('POST', path(part, id), { body });

/** Path, element, the value of a new draft, another value. */
const SETTABLE: Array<[part: string, element: string, before: string, after: string]> = [
	['name', 'name', 'Summer sale, draft', 'Summer_sale: 2026-06 für alle'],
	['targetgroupid', 'targetgroupid', '1', '2'],
	['contents/subject', 'subject', 'Summer sale, draft', 'Now &lt;or&gt; never 🎉'],
	['contents/sender', 'sender', 'newsletter@news.example.com', 'me@mail.example.org'],
	['contents/senderalias', 'senderalias', 'Example Shop', 'The Shop &amp; Co'],
	['settings/locale', 'locale', 'en', 'de_DE'],
	['settings/tags', 'tags', 'sale', 'news#spring'],
	['settings/speedlevel', 'speed_level', 'medium', 'supersonic'],
	['settings/trackingstrategy', 'tracking_strategy', 'highest-permission', 'single-recipient'],
	['settings/post_sendout_cleanup', 'cleanup', 'false', 'true'],
	['settings/contacts_limit', 'contacts_limit', '2147483647', '500'],
	['settings/targetgroup_update', 'targetgroup_update', 'true', 'false'],
];

describe('what can be read and set', () => {
	it.each(SETTABLE)('%s', async (part, element, before, after) => {
		expect(await get(part)).toBe(`<${element}>${before}</${element}>`);
		const body = `<${element}>${after}</${element}>`;
		expect(await post(part, body)).toMatchObject({ status: 200, text: '' });
		expect(await get(part)).toBe(body);
	});

	it.each([
		['contents/previewtext', 'previewtext'],
		['contents/recipientalias', 'recipientalias'],
	])('%s, which may be without a value', async (part, element) => {
		expect(await get(part)).toBe(`<${element} nil="true"/>`);
		await post(part, `<${element}><![CDATA[A & B]]></${element}>`);
		expect(await get(part)).toBe(`<${element}>A &amp; B</${element}>`);
		for (const nothing of [`<${element} nil="true"/>`, `<${element}></${element}>`]) {
			expect((await post(part, nothing)).status).toBe(200);
			expect(await get(part)).toBe(`<${element} nil="true"/>`);
		}
	});

	it('tags of a mailing, also none', async () => {
		await post('settings/tags', '<tags/>');
		expect(await get('settings/tags')).toBe('<tags></tags>');
	});

	it('ignoring the permission, of triggers only', async () => {
		const id = await createMailing(call, 'Order', '&type=trigger');
		const body = '<ignore_permission>true</ignore_permission>';
		expect((await post('settings/ignorepermission', body, id)).status).toBe(204);
		expect(await get('settings/ignorepermission', id)).toBe(body);
		const refused = await post('settings/ignorepermission', body);
		expect(refused.status).toBe(400);
		expect(refused.message).toBe('only trigger mailings can ignore the permission');
		sandbox.variants.ignorePermissionOnRegular = 'accepted';
		expect((await post('settings/ignorepermission', body)).status).toBe(204);
	});

	it('the key of DOI mailings only', async () => {
		const id = await createMailing(call, 'Confirm', '&type=doi');
		expect(await get('settings/doi_key', id)).toBe(`<doi_key>doi-${id}</doi_key>`);
		const body = '<doi_key>my-key</doi_key>';
		expect((await post('settings/doi_key', body, id)).status).toBe(200);
		const reply = await call('GET', path('settings/doi_key', id), { accept: 'text/html' });
		expect(reply.text).toContain(body);
		expect((await post('settings/doi_key', body)).status).toBe(400);
		expect((await post('settings/doi_key', '<doi_key/>', id)).status).toBe(400);
	});
});

describe('what can only be read', () => {
	it.each([
		['state', '<state>draft</state>'],
		['type', '<type>regular</type>'],
		['sealed', '<sealed>false</sealed>'],
		['author', '<author>admin@example.com</author>'],
		['domain', '<domain>news.example.com</domain>'],
		['domain/', '<domain>news.example.com</domain>'],
		['settings/trackingduration', '<tracking_duration>12</tracking_duration>'],
		['settings/archivalduration', '<archival_duration>24</archival_duration>'],
		['settings/maxattachmentsize', '<max_attachment_size>2000</max_attachment_size>'],
		['settings/maxcontentsize', '<max_content_size>500</max_content_size>'],
	])('%s', async (part, root) => {
		expect(await get(part)).toBe(root);
		expect(sandbox.requests.at(-1)?.leniencies).toEqual([]);
		expect((await post(part, root)).status).toBe(405);
	});

	it('the domain, which follows the sender', async () => {
		await post('contents/sender', '<sender>me@mail.example.org</sender>');
		expect(await get('domain')).toBe('<domain>mail.example.org</domain>');
		await post('contents/sender', '<sender>me</sender>');
		expect(await get('domain')).toBe('<domain>news.example.com</domain>');
	});
});

describe('what is refused', () => {
	const long = (length: number) => 'x'.repeat(length);

	it.each([
		['name', '<name>ab</name>', /^name must have 3 to 64 characters but had 2$/],
		['name', `<name>${long(65)}</name>`, /^name must have 3 to 64 characters but had 65$/],
		['name', '<name>&lt;b&gt;News&lt;/b&gt;</name>', /^illegal name/],
		['name', '<name>Sale!</name>', /^illegal name/],
		['name', '<name nil="true"/>', /^name must have a value$/],
		['contents/subject', '<subject></subject>', /^subject must not be empty$/],
		[
			'contents/subject',
			`<subject>${long(1024)}</subject>`,
			/^subject must not exceed 1023 characters$/,
		],
		['contents/subject', '<subject>a\nb</subject>', /^subject must not have control characters$/],
		[
			'contents/previewtext',
			`<previewtext>${long(256)}</previewtext>`,
			/^previewtext must not exceed 255 characters$/,
		],
		['contents/sender', `<sender>${long(65)}</sender>`, /^sender must have 1 to 64 characters$/],
		['contents/sender', '<sender/>', /^sender must have 1 to 64 characters$/],
		['contents/sender', '<sender>a b</sender>', /ASCII characters without white space$/],
		['contents/sender', '<sender>ümit</sender>', /ASCII characters without white space$/],
		[
			'contents/sender',
			'<sender>a@nowhere.example</sender>',
			/^the domain nowhere.example does not/,
		],
		['contents/sender', '<sender>@news.example.com</sender>', /is no sender address$/],
		['contents/sender', '<sender>a@b@news.example.com</sender>', /is no sender address$/],
		[
			'settings/locale',
			'<locale>german</locale>',
			/^locale must be like de or de_DE but was german$/,
		],
		['settings/locale', '<locale>de-DE</locale>', /^locale must be like/],
		['settings/speedlevel', '<speed_level>HIGH</speed_level>', /^speed_level must be one of low, /],
		[
			'settings/trackingstrategy',
			'<tracking_strategy>all</tracking_strategy>',
			/^tracking_strategy must be one of none, anonymous, /,
		],
		[
			'settings/contacts_limit',
			'<contacts_limit>-1</contacts_limit>',
			/^contacts_limit must be a wh/,
		],
		['settings/contacts_limit', '<contacts_limit>2147483648</contacts_limit>', /must not exceed/],
		['settings/post_sendout_cleanup', '<cleanup>1</cleanup>', /^cleanup must be true or false but/],
		[
			'targetgroupid',
			'<targetgroupid>one</targetgroupid>',
			/^targetgroupid must be a whole number/,
		],
		['contents/subject', '<title>a</title>', /^expected element subject but found title$/],
		['contents/subject', '<subject><b>a</b></subject>', /^element subject must hold text only$/],
		['contents/subject', '', /^malformed XML/],
	])('%s: %s', async (part, body, message) => {
		const reply = await post(part, body);
		expect(reply.status).toBe(400);
		expect(reply.message).toMatch(message);
	});

	it('a name that another mailing has, but not its own', async () => {
		expect((await post('name', '<name>Spring sale</name>')).message).toBe(
			'mailing with name Spring sale exists already',
		);
		await post('name', '<name>My own</name>');
		expect((await post('name', '<name>My own</name>')).status).toBe(200);
	});

	it('a target group that does not exist', async () => {
		const reply = await post('targetgroupid', '<targetgroupid>99</targetgroupid>');
		expect(reply.status).toBe(404);
		expect(reply.message).toBe("target group 99 isn't found");
	});

	it('a body of another type, and another method', async () => {
		const json = { body: '{"subject":"a"}', type: 'application/json' };
		expect((await call('POST', path('contents/subject'), json)).status).toBe(415);
		const put = await call('PUT', path('contents/subject'), { body: '<subject>a</subject>' });
		expect(put.status).toBe(405);
		expect((await call('GET', path('contents/subject'), { accept: 'text/html' })).status).toBe(406);
	});

	it('a mailing that does not exist', async () => {
		for (const id of [99, 0]) {
			expect((await call('GET', path('contents/subject', id))).status).toBe(404);
			expect((await post('contents/subject', '<subject>a</subject>', id)).status).toBe(404);
		}
	});
});

describe('a sealed mailing', () => {
	it.each(SETTABLE)('keeps its %s', async (part, element, _before, after) => {
		for (const id of [SENT, TRIGGER]) {
			const before = await get(part, id);
			const reply = await post(part, `<${element}>${after}</${element}>`, id);
			expect(reply.status).toBe(409);
			expect(reply.message).toBe(`Mailing with ID ${id} cannot be changed as it is sealed.`);
			expect(await get(part, id)).toBe(before);
		}
	});

	it.each([
		['POST', 'contents/html', 'text/html'],
		['POST', 'contents/text', 'text/plain'],
		['PUT', 'template', XML],
		['PUT', 'contents/reset', undefined],
		['POST', 'contents/smartmailing/rss', undefined],
		['POST', 'contents/synctextversion', undefined],
		['PUT', 'cms2/contents?templatePath=a', undefined],
		['PUT', 'cms2/contents', 'application/json'],
		['POST', 'settings/replyto?auto=true', undefined],
		['PUT', 'settings/disableQosChecks', undefined],
		['POST', 'settings/ignorepermission', XML],
		['POST', 'settings/properties', XML],
		['PUT', 'settings/properties?name=a&value=b', undefined],
		['DELETE', 'settings/properties?name=a', undefined],
		['POST', 'attachments?filename=a.txt', 'text/plain'],
		['PUT', 'attachments/1?filename=b.txt', undefined],
		['PUT', 'attachments?src_mailing_id=22', undefined],
		['DELETE', 'attachments/1', undefined],
		['DELETE', 'attachments', undefined],
		['PUT', 'dispatching', XML],
		['POST', 'dispatching/activate', undefined],
		['POST', 'mailingblacklists/1', undefined],
		['DELETE', 'mailingblacklists/1', undefined],
		['POST', 'checks/testsendout?test_targetgroup_id=3', undefined],
		['POST', 'checks/approvalprocess?test_targetgroup_id=3', undefined],
		['POST', 'checks/attention', undefined],
		['POST', 'checks/display', undefined],
		['GET', 'checks/bounce', undefined],
		['GET', 'checks/testsendout', undefined],
		['POST', 'sendnow', undefined],
	])('refuses %s %s', async (method, part, type) => {
		const extra = type === undefined ? {} : { type, body: type === XML ? '<a/>' : '{}' };
		const reply = await call(method, path(part, SENT), extra);
		expect(reply.status).toBe(409);
		expect(reply.message).toBe('Mailing with ID 21 cannot be changed as it is sealed.');
	});
});

describe('what the documentation leaves open', () => {
	it('answers a set value with 204, or with the new element', async () => {
		const body = '<subject>New</subject>';
		sandbox.variants.mailingSetAnswer = 'element';
		expect(rootOf((await post('contents/subject', body)).text)).toBe(body);
		sandbox.variants.mailingSetStatus = 204;
		expect(await post('contents/subject', body)).toMatchObject({ status: 204, text: '' });
	});

	it('shows what is missing as an empty element', async () => {
		sandbox.variants.mailingNoValue = 'empty';
		expect(await get('contents/previewtext')).toBe('<previewtext></previewtext>');
	});

	it('starts with a line break instead of a declaration', async () => {
		sandbox.variants.mailingValueStart = 'lineBreak';
		expect((await call('GET', path('name'))).text).toBe('\n<name>Summer sale, draft</name>');
	});

	it('tells 404 and 409 in plain text, but not 400', async () => {
		sandbox.variants.mailingErrors = 'text';
		const sealed = await post('contents/subject', '<subject>a</subject>', SENT);
		expect(sealed.text).toBe('Mailing with ID 21 cannot be changed as it is sealed.');
		expect(sealed.headers.get('content-type')).toBe('text/plain');
		expect((await call('GET', path('name', 99))).text).toBe("mailing with ID 99 isn't found");
		expect((await post('contents/subject', '<subject/>')).message).toBe(
			'subject must not be empty',
		);
	});

	it('takes other names, answers 409 to a name that is taken, allows shorter subjects', async () => {
		Object.assign(sandbox.variants, {
			mailingNameCharacters: 'allButMarkup',
			mailingNameTaken: 409,
			mailingSubjectLength: 255,
		});
		expect((await post('name', '<name>Sale! (50 %)</name>')).status).toBe(200);
		expect((await post('name', '<name>a&lt;b&gt;c</name>')).status).toBe(400);
		expect((await post('name', '<name>Spring sale</name>')).status).toBe(409);
		const subject = `<subject>${'x'.repeat(256)}</subject>`;
		expect((await post('contents/subject', subject)).status).toBe(400);
	});

	it('answers a wrong type with another status', async () => {
		sandbox.variants.mailingTypeStatus = 405;
		expect((await post('settings/doi_key', '<doi_key>k</doi_key>')).status).toBe(405);
	});
});
