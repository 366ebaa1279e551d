import type { Sandbox, SandboxContact } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { checksumOf } from '../../../sandbox/account/contact';
import type { Client } from '../../support/sandboxClient';
import { clientOf, contactXml, JSON_BODY, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const EMAIL = '/contacts/email/ada%40example.com';
const json = (value: unknown) => ({ body: JSON.stringify(value), type: JSON_BODY });

function only(): SandboxContact {
	const [contact, ...others] = sandbox.contacts();
	if (!contact || others.length > 0) throw new Error('expected exactly one contact');
	return contact;
}

describe('create', () => {
	it('takes the example of the documentation', async () => {
		const reply = await call(
			'POST',
			'/contacts/externalid/K-1?permission=1&sync_mode=2&doi=true&doiplus=true',
			{
				body: '{"custom_fields":{"COLOR":"BLUE"},"email":"max.mustermann@xqueue.com","standard_fields":{"FIRSTNAME":"Max","LASTNAME":"Mustermann"}}',
				type: JSON_BODY,
			},
		);
		expect(reply.status).toBe(201);
		expect(valueOf(reply.text, 'id')).toBe(String(only().id));
		expect(only()).toMatchObject({
			email: 'max.mustermann@xqueue.com',
			externalId: 'K-1',
			permission: 1,
			standardFields: { FIRSTNAME: 'Max', LASTNAME: 'Mustermann' },
			customFields: { COLOR: 'BLUE' },
		});
		expect(sandbox.mails).toEqual([
			{
				kind: 'doi+',
				email: 'max.mustermann@xqueue.com',
				contactId: only().id,
				doiMailing: 'default-doi',
				mailingId: 11,
				msgId: 70_001,
				sent: expect.any(Number) as number,
			},
		]);
	});

	it.each(['00123', '9007199254740993', 'a/b c?ü&#', '__proto__', '%41'])(
		'keeps the external ID %s',
		async (externalId) => {
			const path = `/contacts/externalid/${encodeURIComponent(externalId)}`;
			await call('POST', path, json({ email: 'ada@example.com' }));
			expect(only().externalId).toBe(externalId);
			expect((await call('GET', path)).text).toContain('<email>ada@example.com</email>');
		},
	);

	it('leaves an existing contact alone by default, and updates it with sync_mode 1', async () => {
		await call('POST', `${EMAIL}?permission=2`, json({ standard_fields: { CITY: 'Bonn' } }));
		const body = json({ standard_fields: { CITY: 'Köln' } });
		expect((await call('POST', `${EMAIL}?permission=3`, body)).status).toBe(201);
		expect(only()).toMatchObject({ permission: 2, standardFields: { CITY: 'Bonn' } });
		await call('POST', `${EMAIL}?permission=3&sync_mode=1`, body);
		expect(only()).toMatchObject({ permission: 3, standardFields: { CITY: 'Köln' } });
	});

	it('finds the contact by its email in any case', async () => {
		await call('POST', EMAIL, json({}));
		await call('POST', '/contacts/email/ADA%40Example.com', json({}));
		expect(sandbox.contacts()).toHaveLength(1);
	});

	it.each([
		[4, 1, 4],
		[5, 4, 5],
		[4, 5, 5],
		[5, 6, 5],
		[3, 1, 1],
		[6, 4, 4],
	])('permission %i and a create call with %i give %i', async (before, sent, after) => {
		await call('POST', `${EMAIL}?permission=${before}`, json({}));
		await call('POST', `${EMAIL}?permission=${sent}&sync_mode=1`, json({}));
		expect(only().permission).toBe(after);
	});

	it('keeps absent fields and clears empty ones', async () => {
		const fields = {
			standard_fields: { CITY: 'Bonn', ZIP: '53111' },
			custom_fields: { COLOR: 'RED' },
		};
		await call('POST', EMAIL, json(fields));
		await call(
			'POST',
			`${EMAIL}?sync_mode=1`,
			json({ standard_fields: { ZIP: '' }, custom_fields: { COLOR: '' } }),
		);
		expect(only()).toMatchObject({ standardFields: { CITY: 'Bonn' }, customFields: {} });
		expect(only().customFields).toEqual({});
	});

	it('stores typed values of JSON and drops the time of custom dates', async () => {
		const custom = {
			CUSTOMER_NUMBER: 42,
			SCORE: 1.5,
			VIP: true,
			FIRST_ORDER: '2024-02-29 10:00:00',
			'Größe Schuh': '42½',
		};
		expect((await call('POST', EMAIL, json({ custom_fields: custom }))).status).toBe(201);
		expect(only().customFields).toEqual({
			CUSTOMER_NUMBER: '42',
			SCORE: '1.5',
			VIP: 'true',
			FIRST_ORDER: '2024-02-29',
			'Größe Schuh': '42½',
		});
	});

	it.each<[string, unknown]>([
		['a null custom field', { custom_fields: { COLOR: null } }],
		['a null standard field', { standard_fields: { CITY: null } }],
		['an object as value', { custom_fields: { COLOR: {} } }],
		['a list of fields', { standard_fields: [{ name: 'CITY', value: 'Bonn' }] }],
		['an unknown custom field', { custom_fields: { color: 'x' } }],
		['an unknown standard field', { standard_fields: { PHONE: 'x' } }],
		['a read-only standard field', { standard_fields: { PERMISSION_STATUS: 'none' } }],
		['256 characters', { standard_fields: { CITY: 'x'.repeat(256) } }],
		['256 characters in a custom field', { custom_fields: { COLOR: 'x'.repeat(256) } }],
		['a number in a string field', { custom_fields: { COLOR: 5 } }],
		['an integer beyond 32 bit', { custom_fields: { CUSTOMER_NUMBER: '2147483648' } }],
		['a fraction as integer', { custom_fields: { CUSTOMER_NUMBER: 1.5 } }],
		['a comma in a float', { custom_fields: { SCORE: '1,5' } }],
		['yes as boolean', { custom_fields: { VIP: 'yes' } }],
		['1 as boolean', { custom_fields: { VIP: 1 } }],
		['a German date', { custom_fields: { FIRST_ORDER: '31.12.2026' } }],
		['an ISO time', { custom_fields: { FIRST_ORDER: '2026-12-31T10:00:00' } }],
		['a day that is none', { standard_fields: { BIRTHDAY: '2026-02-30' } }],
		['an unknown gender', { standard_fields: { GENDER: 'x' } }],
		['a wrong locale', { standard_fields: { LOCALE: 'DE-de' } }],
		['an unknown key', { name: 'x' }],
		['an ID', { id: 1 }],
		['a permission', { permission: 1 }],
		['another email than that of the path', { email: 'bob@example.com' }],
		['preferences', { preferences: [{ name: 'Shopware', category: 'Development', value: true }] }],
		['a list', []],
		['null', null],
	])('refuses %s', async (_what, body) => {
		const reply = await call('POST', EMAIL, json(body));
		expect(reply.status).toBe(400);
		expect(reply.message).not.toBe('');
		expect(sandbox.contacts()).toHaveLength(0);
	});

	it('answers with well-formed XML whatever JSON brought', async () => {
		const city = 'a\u0000\ud800b\uffff😀]]>';
		await call('POST', EMAIL, json({ standard_fields: { CITY: city } }));
		const reply = await call('GET', `${EMAIL}?standard_field=CITY`);
		expect(reply.text).toContain('<value>ab😀]]&gt;</value>');
	});

	it('counts characters, not code units', async () => {
		const body = json({ standard_fields: { CITY: '😀'.repeat(255) } });
		expect((await call('POST', EMAIL, body)).status).toBe(201);
	});

	it.each([
		'permission=0',
		'permission=7',
		'permission=doi',
		'permission=',
		'sync_mode=3',
		'doi=true&doimailing=unknown',
		'doi=true&doimailing=retired-doi',
		'doi=True',
	])('refuses %s', async (query) => {
		expect((await call('POST', `${EMAIL}?${query}`, json({}))).status).toBe(400);
		expect(sandbox.contacts()).toHaveLength(0);
		expect(sandbox.mails).toHaveLength(0);
	});

	it.each(['ada', 'ada@example', 'a b@example.com', 'a@@example.com', 'a@.com'])(
		'refuses the address %s',
		async (email) => {
			const path = `/contacts/email/${encodeURIComponent(email)}`;
			expect((await call('POST', path, json({}))).status).toBe(400);
		},
	);

	it('answers 409 when several contacts share the external ID', async () => {
		await call('POST', EMAIL, json({ external_id: 'K' }));
		await call('POST', '/contacts/email/bob%40example.com', json({ external_id: 'K' }));
		expect((await call('POST', '/contacts/externalid/K', json({}))).status).toBe(409);
	});

	it('can refuse the identifier of the path in the body', async () => {
		sandbox.variants.identifierInCreateBody = 'refused';
		const email = 'ada@example.com';
		const byExternalId = json({ email, external_id: 'K' });
		expect((await call('POST', EMAIL, json({ email }))).status).toBe(400);
		expect((await call('POST', '/contacts/externalid/K', byExternalId)).status).toBe(400);
		expect((await call('POST', '/contacts/externalid/K', json({ email }))).status).toBe(201);
	});

	it('needs an email for a new contact by external ID', async () => {
		expect((await call('POST', '/contacts/externalid/K', json({}))).status).toBe(400);
	});

	it('plays each answer to a taken email', async () => {
		await call('POST', EMAIL, json({}));
		const body = json({ email: 'ada@example.com' });
		sandbox.variants.createEmailTaken = 'conflict';
		expect((await call('POST', '/contacts/externalid/K', body)).status).toBe(409);
		sandbox.variants.createEmailTaken = 'matched';
		await call('POST', '/contacts/externalid/K?sync_mode=1', body);
		expect(only().externalId).toBe('K');
		sandbox.variants.createEmailTaken = 'created';
		await call('POST', '/contacts/externalid/L', body);
		expect(sandbox.contacts()).toHaveLength(2);
	});

	it('plays each answer to an existing contact', async () => {
		await call('POST', EMAIL, json({}));
		sandbox.variants.createExistingStatus = 200;
		sandbox.variants.createAnswer = 'empty';
		expect(await call('POST', EMAIL, json({}))).toMatchObject({ status: 200, text: '' });
	});

	it('takes preferences in XML', async () => {
		const preferences =
			'<preferences><preference><name>Shopware</name><category>Development</category><value>true</value><source>form</source></preference></preferences>';
		await call('POST', EMAIL, { body: contactXml({}, {}, {}, preferences) });
		expect(only().preferences).toMatchObject([
			{ category: 'Development', name: 'Shopware', value: true, source: 'form' },
		]);
	});
});

describe('double opt-in', () => {
	it('sends the mail with its key and source, and changes the permission on confirmation', async () => {
		await call('POST', `${EMAIL}?permission=2&doi=true&doimailing=doi-key-2&src=form`, json({}));
		expect(sandbox.mails).toMatchObject([{ kind: 'doi', doiMailing: 'doi-key-2', source: 'form' }]);
		expect(only().permission).toBe(2);
		await sandbox.confirmDoi('ada@example.com');
		expect(only().permission).toBe(4);
	});

	it('asks for tracking with doiplus', async () => {
		await call('POST', `${EMAIL}?doi=true&doiplus=true`, json({}));
		await sandbox.confirmDoi('ada@example.com');
		expect(only().permission).toBe(5);
	});

	it.each([
		['never', 1, 1],
		['unfinished', 2, 2],
		['always', 2, 3],
	] as const)('with further mails %s', async (setting, unfinished, confirmed) => {
		sandbox.variants.resendDoi = setting;
		await call('POST', `${EMAIL}?doi=true`, json({}));
		await call('POST', `${EMAIL}?doi=true`, json({}));
		expect(sandbox.mails).toHaveLength(unfinished);
		await sandbox.confirmDoi('ada@example.com');
		await call('POST', `${EMAIL}?doi=true`, json({}));
		expect(sandbox.mails).toHaveLength(confirmed);
	});

	it('refuses the process when no default DOI mailing is defined', async () => {
		sandbox.variants.doiConfigured = false;
		expect((await call('POST', `${EMAIL}?doi=true`, json({}))).status).toBe(400);
		expect((await call('POST', `${EMAIL}?doi=true&doimailing=doi-key-2`, json({}))).status).toBe(
			201,
		);
	});
});

describe('update by Maileon ID', () => {
	const update = async (query: string, body = '<contact/>') =>
		await call('PUT', `/contacts/contact?id=1001&ignore_checksum=true${query}`, { body });

	beforeEach(async () => {
		await call('POST', EMAIL, {
			body: contactXml({ external_id: 'K' }, { CITY: 'Bonn', LASTNAME: 'L' }, { COLOR: 'RED' }),
		});
	});

	it('takes the example of the documentation', async () => {
		const reply = await update(
			'',
			`<?xml version="1.0" encoding="UTF-8"?>
<contact>
  <email>max.mustermann@xqueue.com</email>
  <external_id>dummy</external_id>
  <standard_fields>
    <field> <name>FIRSTNAME</name> <value>Max</value> </field>
    <field> <name>LASTNAME</name> <value nil="true"/> </field>
  </standard_fields>
  <custom_fields>
    <field> <name>COLOR</name> <value>BLUE</value> </field>
  </custom_fields>
</contact>`,
		);
		expect(reply).toMatchObject({ status: 200, text: '' });
		expect(only()).toMatchObject({ email: 'max.mustermann@xqueue.com', externalId: 'dummy' });
		expect(only().standardFields).toEqual({ CITY: 'Bonn', FIRSTNAME: 'Max' });
		expect(only().customFields).toEqual({ COLOR: 'BLUE' });
	});

	it('wants the checksum unless it is ignored', async () => {
		const send = async (query: string) =>
			(await call('PUT', `/contacts/contact?id=1001${query}`, { body: '<contact/>' })).status;
		expect(await send('')).toBe(400);
		expect(await send('&checksum=wrong')).toBe(400);
		expect(await send(`&checksum=${checksumOf(1001)}`)).toBe(200);
		expect(await send('&ignore_checksum=false')).toBe(400);
		sandbox.variants.checksumStatus = 403;
		expect(await send('')).toBe(403);
	});

	it('answers 404 to an unknown ID', async () => {
		const path = '/contacts/contact?id=9&ignore_checksum=true';
		expect((await call('PUT', path, { body: '<contact/>' })).status).toBe(404);
	});

	it.each(['id', 'permission'])('refuses %s in the body', async (part) => {
		expect((await update('', `<contact><${part}>1001</${part}></contact>`)).status).toBe(400);
	});

	it('refuses JSON', async () => {
		const path = '/contacts/contact?id=1001&ignore_checksum=true';
		expect((await call('PUT', path, json({}))).status).toBe(415);
	});

	it.each([1, 2, 3, 4, 5, 6])('sets permission %i directly, lower ones too', async (permission) => {
		only().permission = 5;
		await update(`&permission=${permission}`);
		expect(only().permission).toBe(permission);
		expect(sandbox.mails).toHaveLength(0);
	});

	it.each([
		[4, 'doi', 4],
		[5, 'doi+', 5],
	])('starts a DOI process for permission %i', async (permission, kind, confirmed) => {
		await update(`&permission=${permission}&triggerdoi=true&doimailing=doi-key-2&src=s&page_key=p`);
		expect(only().permission).toBe(1);
		expect(sandbox.mails).toMatchObject([{ kind, doiMailing: 'doi-key-2', source: 's' }]);
		await sandbox.confirmDoi('ada@example.com');
		expect(only().permission).toBe(confirmed);
	});

	it('ignores triggerdoi for the other permissions', async () => {
		await update('&permission=3&triggerdoi=true');
		expect(only().permission).toBe(3);
		expect(sandbox.mails).toHaveLength(0);
	});

	it.each(['&doiplus=true', '&doi=true', '&sync_mode=1'])('refuses %s', async (query) => {
		expect((await update(query)).status).toBe(400);
	});

	it('reports an email that another contact has', async () => {
		await call('POST', '/contacts/email/bob%40example.com', json({}));
		sandbox.variants.updateConflictStatus = 200;
		const reply = await update('', contactXml({ email: 'bob@example.com' }, { CITY: 'x' }));
		expect(reply.status).toBe(200);
		expect(reply.text).toContain(
			'<report><success>false</success><contact><email>bob@example.com</email><external_id nil="true"/>' +
				'<error><error_field>email</error_field><error_message>duplicate email</error_message></error></contact></report>',
		);
		expect(sandbox.contacts()[0]).toMatchObject({ email: 'ada@example.com' });
		expect(sandbox.contacts()[0]?.standardFields.CITY).toBe('Bonn');
	});

	it('plays each answer', async () => {
		sandbox.variants.updateAnswer = 'id';
		expect(valueOf((await update('')).text, 'id')).toBe('1001');
		sandbox.variants.updateAnswer = 'report';
		expect(valueOf((await update('')).text, 'success')).toBe('true');
		sandbox.variants.updateStatus = 204;
		expect(await update('')).toMatchObject({ status: 204, text: '' });
	});
});

describe('update by email and by external ID', () => {
	beforeEach(async () => {
		await call('POST', EMAIL, json({ external_id: 'K' }));
	});

	it.each([EMAIL, '/contacts/externalid/K'])('updates %s from XML and JSON', async (path) => {
		expect((await call('PUT', path, { body: contactXml({}, { CITY: 'Bonn' }) })).status).toBe(201);
		expect((await call('PUT', path, json({ standard_fields: { ZIP: '5' } }))).status).toBe(201);
		expect(only().standardFields).toEqual({ CITY: 'Bonn', ZIP: '5' });
	});

	it('takes the new identifiers', async () => {
		await call('PUT', EMAIL, json({ email: 'eve@example.com', external_id: 'L' }));
		expect(only()).toMatchObject({ email: 'eve@example.com', externalId: 'L' });
		expect((await call('GET', '/contacts/email/eve%40example.com')).status).toBe(200);
		expect((await call('GET', EMAIL)).status).toBe(404);
	});

	it('answers 404 to unknown ones', async () => {
		expect((await call('PUT', '/contacts/email/x%40example.com', json({}))).status).toBe(404);
		expect((await call('PUT', '/contacts/externalid/x', json({}))).status).toBe(404);
	});

	it('plays both places of the permission', async () => {
		const inBody = contactXml({ permission: '3' });
		expect((await call('PUT', EMAIL, { body: inBody })).status).toBe(400);
		expect((await call('PUT', `${EMAIL}?permission=2`, json({}))).status).toBe(201);
		expect(only().permission).toBe(2);
		sandbox.variants.updatePermissionIn = 'body';
		expect((await call('PUT', `${EMAIL}?permission=2`, json({}))).status).toBe(400);
		expect((await call('PUT', EMAIL, { body: inBody })).status).toBe(201);
		expect(only().permission).toBe(3);
		expect((await call('PUT', EMAIL, json({ permission: 4 }))).status).toBe(201);
		expect(only().permission).toBe(4);
	});

	it('knows no DOI parameters', async () => {
		expect((await call('PUT', `${EMAIL}?triggerdoi=true`, json({}))).status).toBe(400);
	});

	it('plays both answers to a shared external ID', async () => {
		await call('POST', '/contacts/email/bob%40example.com', json({ external_id: 'K' }));
		const body = json({ standard_fields: { CITY: 'Bonn' } });
		expect((await call('PUT', '/contacts/externalid/K', body)).status).toBe(409);
		sandbox.variants.updateAmbiguous = 'all';
		expect((await call('PUT', '/contacts/externalid/K', body)).status).toBe(201);
		expect(sandbox.contacts().map(({ standardFields }) => standardFields.CITY)).toEqual([
			'Bonn',
			'Bonn',
		]);
	});
});
