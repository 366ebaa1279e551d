import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { checksumOf } from '../../../sandbox/account/contact';
import type { Client } from '../../support/sandboxClient';
import { clientOf, contactsXml, contactXml, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	sandbox.account.now = () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5));
	const preference =
		'<preferences><preference><name>Shopware</name><category>Development</category><value>true</value></preference></preferences>';
	await call('POST', '/contacts?permission=4', {
		body: contactsXml(
			contactXml(
				{ email: 'ada@example.com', external_id: 'K-1' },
				{ FIRSTNAME: 'Ada' },
				{ COLOR: 'BLUE', VIP: 'true' },
				preference,
			),
			contactXml({ email: 'bob@example.com' }, { FIRSTNAME: 'Bob' }),
			contactXml({ email: 'eve@example.com' }),
		),
	});
});

const emails = (text: string) =>
	[...text.matchAll(/<email>([^<]*)<\/email>/g)].map(([, email]) => email);

describe('one contact', () => {
	it('has only what was asked for', async () => {
		const reply = await call('GET', '/contacts/email/Ada%40example.com');
		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toBe('application/vnd.maileon.api+xml');
		expect(reply.text).toBe(
			'<?xml version="1.0" encoding="UTF-8"?>\n<contact><id>1001</id><permission>4</permission><email>ada@example.com</email><external_id>K-1</external_id>' +
				'<created>2026-01-02 03:04:05.0</created><updated>2026-01-02 03:04:05.0</updated><standard_fields/><custom_fields/></contact>',
		);
	});

	it('shows empty standard fields as nil and leaves out empty custom fields', async () => {
		const reply = await call(
			'GET',
			'/contacts/email/ada%40example.com?standard_field=FIRSTNAME&standard_field=CITY&custom_field=COLOR&custom_field=SCORE&preference_categories=Development&preference_categories=Newsletter',
		);
		expect(reply.text).toContain(
			'<standard_fields><field><name>FIRSTNAME</name><value>Ada</value></field><field><name>CITY</name><value nil="true"/></field></standard_fields>' +
				'<custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields>' +
				'<preferences><preference><name>Shopware</name><category>Development</category><value>true</value><source nil="true"/><last_modified>2026-01-02 03:04:05</last_modified></preference></preferences>',
		);
	});

	it('shows the read-only standard fields', async () => {
		const reply = await call(
			'GET',
			'/contacts/email/ada%40example.com?standard_field=PERMISSION_STATUS&standard_field=SENDOUT_STATUS&standard_field=CUSTOM_SOURCE&standard_field=CHECKSUM',
		);
		for (const value of ['available', 'allowed', checksumOf(1001)]) {
			expect(reply.text).toContain(`<value>${value}</value>`);
		}
	});

	it('is read by Maileon ID with checksum or without', async () => {
		const read = async (query: string) =>
			(await call('GET', `/contacts/contact?id=1001${query}`)).status;
		expect(await read('&ignore_checksum=true')).toBe(200);
		expect(await read(`&checksum=${checksumOf(1001)}`)).toBe(200);
		expect(await read('')).toBe(400);
		expect((await call('GET', '/contacts/contact?id=5&ignore_checksum=true')).status).toBe(404);
	});

	it('answers 404 with the known words to an unknown email', async () => {
		const reply = await call('GET', '/contacts/email/x%40example.com');
		expect(reply.status).toBe(404);
		expect(reply.message).toBe("contact with email x@example.com isn't found");
	});
});

describe('lists', () => {
	it('come by email and by external ID', async () => {
		expect(emails((await call('GET', '/contacts/emails/ada%40example.com')).text)).toHaveLength(1);
		expect(emails((await call('GET', '/contacts/externalid/K-1')).text)).toHaveLength(1);
	});

	it.each(['/contacts/emails/x%40example.com', '/contacts/externalid/x'])(
		'plays both answers to %s without a match',
		async (path) => {
			const reply = await call('GET', path);
			expect(reply.status).toBe(200);
			expect(reply.text).toContain('<contacts/>');
			sandbox.variants.noMatch = 'notFound';
			expect((await call('GET', path)).status).toBe(404);
		},
	);

	it('come in pages', async () => {
		const first = await call('GET', '/contacts?page_size=2');
		expect(emails(first.text)).toEqual(['ada@example.com', 'bob@example.com']);
		expect(first.headers.get('x-pages')).toBe('2');
		expect(first.headers.get('x-items')).toBe('3');
		expect(first.headers.get('link')).toMatch(
			/^<http:.*page_index=1.*>; rel="start", <http:.*page_index=2&page_size=2>; rel="next"$/,
		);
		const last = await call('GET', '/contacts?page_size=2&page_index=2');
		expect(emails(last.text)).toEqual(['eve@example.com']);
		expect(last.headers.get('link')).toMatch(/rel="start".*rel="prev"/);
		expect(last.headers.get('link')).not.toContain('next');
	});

	it('hold what changed after a time', async () => {
		sandbox.account.now = () => new Date(Date.UTC(2026, 0, 3));
		await call('PUT', '/contacts/email/bob%40example.com', { body: '<contact/>' });
		const query = 'updated_after=2026-01-02%2003%3A04%3A05';
		expect(emails((await call('GET', `/contacts?${query}`)).text)).toEqual(['bob@example.com']);
		expect(valueOf((await call('GET', `/contacts/count?${query}`)).text, 'count')).toBe('1');
		expect(valueOf((await call('GET', '/contacts/count')).text, 'count')).toBe('3');
	});

	it('hold blocked contacts that have a permission', async () => {
		await sandbox.bounce('bob@example.com');
		await sandbox.bounce('eve@example.com', 'transient');
		const reply = await call('GET', '/contacts/blocked?standard_field=SENDOUT_STATUS');
		expect(emails(reply.text)).toEqual(['bob@example.com']);
		expect(valueOf(reply.text, 'blocking_reason')).toBe('bounce_policy');
		expect(valueOf(reply.text, 'blocking_timestamp')).toBe('2026-01-02 03:04');
		expect(reply.text).toContain('<value>blocked</value>');
		expect((await call('GET', '/contacts/blocked?preference_categories=Development')).status).toBe(
			400,
		);
	});
});

describe('contact filters', () => {
	it('show status and type of the permission', async () => {
		const reply = await call('GET', '/contacts/filter/3?custom_field=COLOR');
		expect(reply.text).toContain(
			'<email>ada@example.com</email><permissionStatus>available</permissionStatus><permissionType>doi</permissionType><external_id>K-1</external_id>',
		);
		expect(reply.text).not.toContain('<permission>');
		sandbox.variants.filterPermission = 'code';
		const coded = await call('GET', '/contacts/filter/3');
		expect(valueOf(coded.text, 'permission')).toBe('4');
		expect(coded.text).not.toContain('permissionType');
	});

	it('drop anonymized contacts after the pages are cut, or show them', async () => {
		await sandbox.unsubscribe('ada@example.com');
		const dropped = await call('GET', '/contacts/filter/1?page_size=1');
		expect(dropped.headers.get('x-pages')).toBe('3');
		expect(dropped.text).toContain('<contacts/>');
		sandbox.variants.filterAnonymized = 'shown';
		expect((await call('GET', '/contacts/filter/1?page_size=1')).text).toContain(
			'<contact anonymous="true"><id>1001</id><external_id>K-1</external_id></contact>',
		);
		sandbox.variants.anonymousForm = 'element';
		expect((await call('GET', '/contacts/filter/1')).text).toContain('<anonymous>1</anonymous>');
	});

	it('count their contacts', async () => {
		await sandbox.bounce('bob@example.com');
		const count = async (path: string) => valueOf((await call('GET', path)).text, 'count');
		expect(await count('/contacts/filter/1/count')).toBe('3');
		expect(await count('/contacts/filter/1/count/active')).toBe('2');
		expect((await call('GET', '/contacts/filter/99')).status).toBe(404);
	});

	it('know no updated_after', async () => {
		const reply = await call('GET', '/contacts/filter/1?updated_after=2026-01-01%2000:00:00');
		expect(reply.status).toBe(400);
	});

	it('are listed', async () => {
		const reply = await call('GET', '/contactfilters?page_size=2');
		expect(reply.headers.get('x-pages')).toBe('3');
		expect(reply.text).toContain('<id>1</id><name>All contacts</name>');
		expect((await call('GET', '/contactfilters?page_size=201')).status).toBe(400);
		const one = await call('GET', '/contactfilters/contactfilter/2');
		expect(valueOf(one.text, 'count_contacts')).toBe('3');
	});
});

it('lists DOI mailings and their keys', async () => {
	const reply = await call('GET', '/mailings/filter/types?types=doi&fields=name&fields=state');
	expect([...reply.text.matchAll(/<id>(\d+)<\/id>/g)].map(([, id]) => id)).toEqual([
		'11',
		'12',
		'13',
	]);
	const key = await call('GET', '/mailings/12/settings/doi_key');
	expect(valueOf(key.text, 'doi_key')).toBe('doi-key-2');
});

describe('deleting', () => {
	it.each([
		'/contacts/contact?id=1001',
		'/contacts/email/ada%40example.com',
		'/contacts/externalid/K-1',
	])('removes %s for good', async (path) => {
		expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
		expect((await call('GET', '/contacts/contact?id=1001&ignore_checksum=true')).status).toBe(404);
		expect((await call('GET', '/contacts/email/ada%40example.com/unsubscription')).status).toBe(
			404,
		);
		expect((await call('DELETE', path)).status).toBe(404);
		sandbox.variants.deleteUnknown = 'success';
		sandbox.variants.deleteStatus = 204;
		expect((await call('DELETE', path)).status).toBe(204);
	});

	it('knows no checksum', async () => {
		expect((await call('DELETE', '/contacts/contact?id=1001&ignore_checksum=true')).status).toBe(
			400,
		);
	});

	it.each(['', '?authorized=no', '?authorized=true'])(
		'refuses to delete all with "%s"',
		async (query) => {
			expect((await call('DELETE', `/contacts${query}`)).status).toBe(400);
			expect(sandbox.contacts()).toHaveLength(3);
		},
	);

	it('deletes all when authorized', async () => {
		expect((await call('DELETE', '/contacts?authorized=yes')).status).toBe(200);
		expect(sandbox.contacts()).toHaveLength(0);
	});
});

describe('unsubscribing', () => {
	it.each([
		'/contacts/contact/unsubscribe?id=1001&',
		'/contacts/email/ada%40example.com/unsubscribe?',
		'/contacts/externalid/K-1/unsubscribe?',
	])('anonymizes by %s', async (path) => {
		const reply = await call(
			'DELETE',
			`${path}mailingId=21&reason=other%7Cmoved%20away&reason=no_demand`,
		);
		expect(reply).toMatchObject({ status: 204, text: '' });
		expect(sandbox.contacts()[0]).toMatchObject({
			anonymous: true,
			email: null,
			standardFields: {},
			unsubscriptionReasons: ['other|moved away', 'no_demand'],
		});
		expect((await call('GET', '/contacts/email/ada%40example.com')).status).toBe(404);
		expect((await call('GET', '/contacts/externalid/K-1')).text).toContain('<contacts/>');
		const byId = await call('GET', '/contacts/contact?id=1001&ignore_checksum=true');
		expect(byId.text).toContain('anonymous="true"');
		expect((await call('GET', '/contacts/email/ada%40example.com/unsubscription')).status).toBe(
			200,
		);
		expect((await call('DELETE', `${path}mailingId=21`)).status).toBe(404);
	});

	it('hits all contacts with the external ID', async () => {
		await call('PUT', '/contacts/email/bob%40example.com', {
			body: contactXml({ external_id: 'K-1' }),
		});
		await call('DELETE', '/contacts/externalid/K-1/unsubscribe');
		expect(sandbox.contacts().filter(({ anonymous }) => anonymous)).toHaveLength(2);
	});

	it.each([
		['a mailing that is not sealed', 'mailingId=22'],
		['a mailing that does not exist', 'mailingId=999'],
		['lower case mailingid', 'mailingid=21'],
		['an unknown reason', 'reason=because'],
		['an account that is no number', 'nlaccountid=x'],
	])('refuses %s', async (_what, query) => {
		const reply = await call('DELETE', `/contacts/email/ada%40example.com/unsubscribe?${query}`);
		expect(reply.status).toBe(400);
		expect(sandbox.contacts()[0]?.anonymous).toBe(false);
	});

	it('takes accounts by email and external ID, not by Maileon ID', async () => {
		const other = '/contacts/email/ada%40example.com/unsubscribe?nlaccountid=89&nlaccountid=5';
		expect((await call('DELETE', other)).status).toBe(204);
		expect(sandbox.contacts()[0]?.anonymous).toBe(false);
		expect((await call('DELETE', `${other}&nlaccountid=88`)).status).toBe(204);
		expect(sandbox.contacts()[0]?.anonymous).toBe(true);
		const byId = '/contacts/contact/unsubscribe?id=1002&nlaccountid=88';
		expect((await call('DELETE', byId)).status).toBe(400);
	});

	it('can happen later', async () => {
		sandbox.variants.unsubscribeLater = true;
		await call('DELETE', '/contacts/contact/unsubscribe?id=1001');
		expect((await call('GET', '/contacts/email/ada%40example.com')).status).toBe(200);
		await sandbox.settleUnsubscriptions();
		expect((await call('GET', '/contacts/email/ada%40example.com')).status).toBe(404);
	});

	it('takes reasons afterwards', async () => {
		const add = async (query: string) =>
			(await call('PUT', `/contacts/contact/unsubscribe/reasons?id=1001${query}`)).status;
		expect(await add('&ignore_checksum=true&reason=no_demand')).toBe(400);
		await sandbox.unsubscribe('ada@example.com');
		expect(await add('&reason=no_demand')).toBe(400);
		expect(await add('&ignore_checksum=true&reason=no_demand')).toBe(200);
		expect(await add(`&checksum=${checksumOf(1001)}&reason=other`)).toBe(200);
		expect(sandbox.contacts()[0]?.unsubscriptionReasons).toEqual(['no_demand', 'other']);
	});

	it('sets, shows and deletes the marker', async () => {
		const path = '/contacts/email/new%40example.com/unsubscription';
		const statuses = [];
		for (const method of ['GET', 'DELETE', 'PUT', 'PUT', 'GET', 'DELETE', 'GET']) {
			statuses.push((await call(method, path)).status);
		}
		expect(statuses).toEqual([404, 404, 201, 200, 200, 200, 404]);
		expect((await call('PUT', '/contacts/email/none/unsubscription')).status).toBe(400);
	});
});

describe('custom and standard fields', () => {
	const custom = '/contacts/fields/custom';
	const names = async () =>
		[...(await call('GET', custom)).text.matchAll(/<name>([^<]*)<\/name><type>([^<]*)</g)].map(
			([, name, type]) => `${name} ${type}`,
		);

	it('are created, listed, renamed and deleted', async () => {
		expect((await call('POST', `${custom}/Alter%20in%20Jahren?type=integer`)).status).toBe(201);
		expect(await names()).toContain('Alter in Jahren integer');
		expect((await call('PUT', `${custom}/COLOR/Farbe`)).status).toBe(200);
		expect(await names()).toContain('Farbe string');
		const read = await call('GET', '/contacts/email/ada%40example.com?custom_field=Farbe');
		expect(read.text).toContain('<value>BLUE</value>');
		expect((await call('DELETE', `${custom}/Farbe`)).status).toBe(200);
		expect(await names()).not.toContain('Farbe string');
	});

	it.each([
		['no type', `${custom}/NEW`],
		['an unknown type', `${custom}/NEW?type=double`],
		['a short name', `${custom}/ab?type=string`],
		['a long name', `${custom}/${'x'.repeat(65)}?type=string`],
		['a reserved name', `${custom}/external_id?type=string`],
		['the name of a standard field', `${custom}/FIRSTNAME?type=string`],
		['a name in use', `${custom}/COLOR?type=string`],
	])('refuses %s', async (_what, path) => {
		expect((await call('POST', path)).status).toBe(400);
	});

	it('answers 404 to unknown fields', async () => {
		for (const [method, path] of [
			['PUT', `${custom}/NONE/OTHER`],
			['DELETE', `${custom}/NONE`],
			['DELETE', `${custom}/NONE/values`],
			['DELETE', '/contacts/fields/standard/NONE/values'],
		] as const) {
			expect((await call(method, path)).status).toBe(404);
		}
	});

	it('are cleared for all contacts', async () => {
		await call('DELETE', `${custom}/COLOR/values`);
		await call('DELETE', '/contacts/fields/standard/FIRSTNAME/values');
		expect(sandbox.contacts()[0]?.customFields).toEqual({ VIP: 'true' });
		expect(sandbox.contacts().map(({ standardFields }) => standardFields)).toEqual([{}, {}, {}]);
		expect(await names()).toContain('COLOR string');
	});
});

describe('preferences', () => {
	const path = '/contacts/preference_categories';
	const definition = (element: string, name: string, description = 'text') => ({
		body: `<${element}><name>${name}</name><description>${description}</description></${element}>`,
	});
	const category = (name: string, description?: string) =>
		definition('preference_category', name, description);
	const preference = (name: string, description?: string) =>
		definition('preference', name, description);

	it('have categories', async () => {
		expect((await call('POST', path, category('Sport'))).status).toBe(201);
		expect((await call('POST', `${path}/`, category('Sport'))).status).toBe(400);
		expect((await call('GET', path)).text).toContain(
			'<preference_category><name>Sport</name><description>text</description></preference_category>',
		);
		expect((await call('PUT', `${path}/Sport`, category('Sports'))).status).toBe(200);
		expect((await call('GET', `${path}/Sport`)).status).toBe(404);
		expect((await call('GET', `${path}/Sports`)).text).toContain('<name>Sports</name>');
		expect((await call('DELETE', `${path}/Sports`)).status).toBe(200);
		expect((await call('DELETE', `${path}/Sports`)).status).toBe(404);
	});

	it('are defined in a category', async () => {
		const list = `${path}/Development/preferences`;
		expect((await call('POST', list, preference('A & b'.replace('&', '&amp;')))).status).toBe(201);
		expect((await call('GET', `${list}/A%20%26%20b`)).text).toContain('<name>A &amp; b</name>');
		expect((await call('PUT', `${list}/Shopware`, preference('Shop'))).status).toBe(200);
		expect(sandbox.contacts()[0]?.preferences).toMatchObject([{ name: 'Shop' }]);
		expect((await call('DELETE', `${list}/Shop`)).status).toBe(200);
		expect(sandbox.contacts()[0]?.preferences).toEqual([]);
		expect((await call('GET', list)).text).toContain(
			'<preferences><preference><name>Release notes</name>',
		);
	});

	it('are 20 at most', async () => {
		const list = `${path}/Newsletter/preferences`;
		const statuses = [];
		for (let i = 0; i < 19; i++)
			statuses.push((await call('POST', list, preference(`P${i}`))).status);
		expect(statuses.filter((status) => status === 201)).toHaveLength(18);
		expect(statuses.at(-1)).toBe(400);
	});

	it.each([
		['a long name', `${path}`, category('x'.repeat(256)), 400],
		['a long description', `${path}`, category('abc', 'x'.repeat(256)), 400],
		['no name', `${path}`, { body: '<preference_category/>' }, 400],
		['another element', `${path}`, preference('x'), 400],
		['an unknown category', `${path}/None/preferences`, preference('x'), 404],
	])('refuse %s', async (_what, target, body, status) => {
		expect((await call('POST', target, body)).status).toBe(status);
	});

	it('go with their category', async () => {
		await call('DELETE', `${path}/Development`);
		expect(sandbox.contacts()[0]?.preferences).toEqual([]);
	});
});
