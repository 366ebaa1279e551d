import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { addContacts, DRAFT, SENT } from '../../support/mailings';
import { all } from '../../support/reportsAccount';
import type { Client } from '../../support/sandboxClient';
import { clientOf, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const path = (part: string, id = DRAFT) => `/mailings/${id}/${part}`;

describe('reply-to', () => {
	const get = async () => (await call('GET', path('settings/replyto'))).text;
	const post = async (query: string) => await call('POST', path(`settings/replyto?${query}`));

	it('is left to Maileon at first', async () => {
		expect(await get()).toContain(
			'<reply_to><active>true</active><auto>true</auto><customEmail nil="true"/></reply_to>',
		);
		sandbox.variants.mailingNoValue = 'empty';
		expect(await get()).toContain('<customEmail></customEmail>');
	});

	it.each([
		['auto=false&customEmail=me%40example.com', ['true', 'false', 'me@example.com']],
		['auto=false&active=true&customEmail=me%40example.com', ['true', 'false', 'me@example.com']],
		['auto=true', ['true', 'true', undefined]],
		['auto=false&active=false', ['false', 'false', undefined]],
	])('is set by %s', async (query, values) => {
		expect(await post(query)).toMatchObject({ status: 200, text: '' });
		const text = await get();
		expect(['active', 'auto', 'customEmail'].map((name) => valueOf(text, name))).toEqual(values);
	});

	it.each([
		['customEmail=me%40example.com', 'query parameter auto is missing'],
		['auto=false', 'without auto, customEmail is needed'],
		['auto=false&customEmail=me', 'customEmail must be an email address but was me'],
		['auto=yes', 'auto must be true or false but was &quot;yes&quot;'],
	])('refuses %s', async (query, message) => {
		const reply = await post(query);
		expect(reply.status).toBe(400);
		expect(reply.message).toBe(message);
	});
});

describe('custom properties', () => {
	const properties = path('settings/properties');
	const list = async () => {
		const { text } = await call('GET', properties);
		const values = all(text, 'value');
		return Object.fromEntries(all(text, 'key').map((key, index) => [key, values[index]]));
	};
	const add = async (pairs: Record<string, string>) => {
		const elements = Object.entries(pairs).map(
			([key, value]) => `<property><key>${key}</key><value>${value}</value></property>`,
		);
		return await call('POST', properties, {
			body: `<properties>${elements.join('')}</properties>`,
		});
	};

	it('are added to those that are there, or replace them', async () => {
		expect(await add({ a: '1', b: 'x &amp; y' })).toMatchObject({ status: 200, text: '' });
		await add({ b: '2', c: '' });
		expect(await list()).toEqual({ a: '1', b: '2', c: '' });
		sandbox.variants.propertiesAdded = 'replaced';
		await add({ d: '4' });
		expect(await list()).toEqual({ d: '4' });
	});

	it('are changed, but not made, by PUT', async () => {
		await add({ a: '1' });
		expect((await call('PUT', `${properties}?name=a&value=2+3`)).status).toBe(200);
		expect((await call('PUT', `${properties}?name=a&value=`)).status).toBe(200);
		expect(await list()).toEqual({ a: '' });
		const reply = await call('PUT', `${properties}?name=b&value=2`);
		expect(reply.status).toBe(404);
		expect(reply.message).toBe('mailing 22 has no property b');
		expect(await list()).toEqual({ a: '' });
	});

	it('are removed by name', async () => {
		await add({ a: '1', b: '2' });
		expect((await call('DELETE', `${properties}?name=a`)).status).toBe(200);
		expect(await list()).toEqual({ b: '2' });
		expect((await call('DELETE', `${properties}?name=a`)).status).toBe(404);
	});

	it('have short names and values', async () => {
		const long = 'x'.repeat(256);
		expect((await add({ a: long })).message).toBe(
			'the value of a property must not exceed 255 characters',
		);
		expect((await add({ [long]: 'a' })).status).toBe(400);
		await add({ a: '1' });
		expect((await call('PUT', `${properties}?name=a&value=${long}`)).status).toBe(400);
		expect((await call('DELETE', `${properties}?name=${long}`)).status).toBe(400);
	});

	it.each([
		['<properties><property><value>a</value></property></properties>', 'key'],
		['<properties><key>a</key></properties>', 'element key is not allowed in properties'],
		['<property><key>a</key></property>', 'expected element properties but found property'],
	])('refuse %s', async (body, message) => {
		const reply = await call('POST', properties, { body });
		expect(reply.status).toBe(400);
		expect(reply.message).toContain(message);
	});

	it.each([
		['selfClosing', 200, /<properties\/>$/],
		['openAndClose', 200, /<properties><\/properties>$/],
		['noContent', 204, /^$/],
	] as const)('are none: %s', async (form, status, text) => {
		sandbox.variants.propertiesEmpty = form;
		const reply = await call('GET', properties);
		expect(reply.status).toBe(status);
		expect(reply.text).toMatch(text);
	});
});

describe('mailing blacklists', () => {
	const ids = async (listPath: string) => all((await call('GET', listPath)).text, 'id');

	it('of the account are listed, and shown one by one', async () => {
		const list = await call('GET', '/mailingblacklists?page_index=1&page_size=1');
		expect(all(list.text, 'name')).toEqual(['Competitors']);
		expect(list.headers.get('x-pages')).toBe('2');
		const one = await call('GET', '/mailingblacklists/2');
		expect(one.text).toMatch(
			/<mailing_blacklist><id>2<\/id><name>Press<\/name><created_time>\d{13}<\/created_time><created_user>admin@example.com<\/created_user><\/mailing_blacklist>$/,
		);
		expect((await call('GET', '/mailingblacklists/9')).status).toBe(404);
	});

	it('are added to a mailing and taken from it', async () => {
		const lists = path('mailingblacklists');
		expect((await call('GET', `${lists}/`)).text).toContain('<mailing_blacklists/>');
		expect(sandbox.requests.at(-1)?.leniencies).toEqual([]);
		for (const id of [2, 1, 1]) {
			expect((await call('POST', `${lists}/${id}`)).status).toBe(200);
		}
		expect(await ids(lists)).toEqual(['1', '2']);
		expect((await call('DELETE', `${lists}/1`)).status).toBe(200);
		expect(await ids(`${lists}/`)).toEqual(['2']);
		expect((await call('DELETE', `${lists}/1`)).status).toBe(404);
		sandbox.variants.deleteUnknown = 'success';
		expect((await call('DELETE', `${lists}/1`)).status).toBe(200);
		expect((await call('POST', `${lists}/9`)).status).toBe(404);
		expect((await call('GET', path('mailingblacklists', SENT))).status).toBe(200);
	});
});

describe('target groups', () => {
	it('are counted, listed and shown one by one', async () => {
		await addContacts(call, 'ada@example.com');
		await call('POST', '/contacts/email/bob%40example.com?permission=1', { body: '<contact/>' });
		const count = await call('GET', '/targetgroups/count');
		expect(valueOf(count.text, 'count')).toBe('5');
		const list = await call('GET', '/targetgroups?page_index=1&page_size=10');
		expect(all(list.text, 'type')).toEqual(['regular', 'regular', 'test', 'approval', 'regular']);
		expect(list.headers.get('x-items')).toBe('5');
		const { text } = await call('GET', '/targetgroups/targetgroup/1');
		const shown = {
			id: '1',
			name: 'All contacts',
			author: 'admin@example.com',
			state: 'uptodate',
			type: 'regular',
			contact_filter_name: 'All contacts',
			contact_filter_id: '1',
			count_active_contacts: '1',
			count_contacts: '2',
		};
		expect(
			Object.fromEntries(Object.keys(shown).map((name) => [name, valueOf(text, name)])),
		).toEqual(shown);
		for (const time of ['evaluated', 'created', 'updated']) {
			expect(valueOf(text, time)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
		}
		expect((await call('GET', '/targetgroups/targetgroup/9')).status).toBe(404);
	});
});
