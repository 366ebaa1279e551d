import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Client } from '../../support/sandboxClient';
import { clientOf, contactsXml, contactXml, JSON_BODY, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const sync = async (query: string, ...contacts: string[]) =>
	await call('POST', `/contacts${query}`, { body: contactsXml(...contacts) });

/** Existing, new, invalid and unsubscribed contacts of a report. */
function counts(text: string): number[] {
	return ['existing', 'new', 'invalid', 'unsubscribed'].map((kind) =>
		Number(valueOf(text, `count_${kind}_contacts`)),
	);
}

function codes(text: string): Array<[number, string]> {
	return [...text.matchAll(/<error code="(\d+)"><error_field>([^<]*)<\/error_field>/g)].map(
		([, code, field]) => [Number(code), field ?? ''],
	);
}

const summary = () =>
	sandbox.contacts().map(({ email, externalId, permission }) => [email, externalId, permission]);

describe('the request', () => {
	it('takes the example of the documentation', async () => {
		const reply = await call('POST', '/contacts?sync_mode=1&permission=1', {
			body: `<contacts>
  <contact>
    <email>max.mustermann@xqueue.com</email>
    <external_id>external-id-1</external_id>
    <standard_fields>
      <field>
        <name>LASTNAME</name>
        <value>Mustermann</value>
      </field>
    </standard_fields>
    <custom_fields>
      <field>
        <name>COLOR</name>
        <value>BLUE</value>
      </field>
    </custom_fields>
    <preferences>
      <preference>
        <name>Shopware</name>
        <category>Development</category>
        <value>true</value>
        <source>test</source>
      </preference>
    </preferences>
  </contact>
</contacts>`,
		});
		expect(reply.status).toBe(200);
		expect(counts(reply.text)).toEqual([0, 1, 0, 0]);
		expect(sandbox.contacts()).toMatchObject([
			{
				email: 'max.mustermann@xqueue.com',
				externalId: 'external-id-1',
				standardFields: { LASTNAME: 'Mustermann' },
				customFields: { COLOR: 'BLUE' },
				preferences: [{ name: 'Shopware', category: 'Development', value: true, source: 'test' }],
			},
		]);
	});

	it('refuses both keys at once', async () => {
		const reply = await sync('?use_external_id=true&prefer_maileon_id=true');
		expect(reply.status).toBe(400);
	});

	it('knows no DOI parameters, and no JSON', async () => {
		expect((await sync('?doi=true')).status).toBe(400);
		expect((await call('POST', '/contacts', { body: '{}', type: JSON_BODY })).status).toBe(415);
	});

	it('takes an empty list', async () => {
		const reply = await sync('');
		expect(reply.status).toBe(200);
		expect(valueOf(reply.text, 'count_contacts')).toBe('0');
	});
});

describe('the report', () => {
	const invalid = [
		contactXml({ email: 'max.mustermann.1@xqueue.com' }),
		contactXml({ email: 'max.mustermann.3@xqueue' }),
		contactXml({ email: 'max.mustermann.2@xqueue.com' }, {}, { test: 'x' }),
	];

	it('is that of the documentation when contacts are invalid; then nothing is stored', async () => {
		const reply = await sync('?sync_mode=1', ...invalid);
		expect(reply.status).toBe(200);
		expect(reply.text.replace(/^<\?xml.*\?>\n/, '')).toBe(
			`<report>
    <success>false</success>
    <count_contacts>3</count_contacts>
    <count_existing_contacts>0</count_existing_contacts>
    <count_new_contacts>0</count_new_contacts>
    <count_invalid_contacts>2</count_invalid_contacts>
    <count_unsubscribed_contacts>0</count_unsubscribed_contacts>
    <invalid_contacts>
        <contact>
            <email>max.mustermann.3@xqueue</email>
            <external_id nil="true"/>
            <error code="3">
                <error_field>max.mustermann.3@xqueue</error_field>
            </error>
        </contact>
        <contact>
            <email>max.mustermann.2@xqueue.com</email>
            <external_id nil="true"/>
            <error code="21">
                <error_field>test</error_field>
            </error>
        </contact>
    </invalid_contacts>
</report>`.replace(/\n */g, ''),
		);
		expect(sandbox.contacts()).toHaveLength(0);
	});

	it('stores the others when invalid ones are ignored', async () => {
		const reply = await sync('?ignore_invalid_contacts=true', ...invalid);
		expect(valueOf(reply.text, 'success')).toBe('true');
		expect(counts(reply.text)).toEqual([0, 1, 2, 0]);
		expect(summary()).toEqual([['max.mustermann.1@xqueue.com', null, 1]]);
	});

	it('plays the variants', async () => {
		Object.assign(sandbox.variants, {
			synchronizeRefusedStatus: 400,
			synchronizeIgnoredSuccess: false,
			noInvalidContacts: 'missing',
		});
		expect((await sync('', ...invalid)).status).toBe(400);
		const ignored = await sync('?ignore_invalid_contacts=true', ...invalid);
		expect(valueOf(ignored.text, 'success')).toBe('false');
		expect((await sync('')).text).not.toContain('invalid_contacts/>');
	});

	const long = 'x'.repeat(256);
	const ok = { email: 'a@example.com' };
	it.each<[number, string, string, string]>([
		[1, 'external_id', '?use_external_id=true', contactXml(ok)],
		[2, 'email', '', contactXml({ external_id: 'K' })],
		[2, 'email', '', contactXml({ email: null })],
		[2, 'email', '?use_external_id=true', contactXml({ external_id: 'K' })],
		[3, 'a@b', '', contactXml({ email: 'a@b' })],
		...(
			[
				[6, 'ADDRESS'],
				[7, 'CITY'],
				[8, 'FIRSTNAME'],
				[9, 'FULLNAME'],
				[10, 'HNR'],
				[11, 'LASTNAME'],
				[12, 'ORGANIZATION'],
				[13, 'REGION'],
				[14, 'STATE'],
				[15, 'TITLE'],
				[16, 'ZIP'],
				[17, 'BIRTHDAY'],
				[18, 'NAMEDAY'],
				[19, 'GENDER'],
				[20, 'LOCALE'],
				[28, 'COUNTRY'],
				[29, 'SALUTATION'],
			] as const
		).map(([code, field]): [number, string, string, string] => [
			code,
			field,
			'',
			contactXml(ok, { [field]: long }),
		]),
		[21, 'color', '', contactXml(ok, {}, { color: 'x' })],
		[22, 'VIP', '', contactXml(ok, {}, { VIP: 'yes' })],
		[23, 'SCORE', '', contactXml(ok, {}, { SCORE: '1,5' })],
		[25, 'CUSTOMER_NUMBER', '', contactXml(ok, {}, { CUSTOMER_NUMBER: '2147483648' })],
		[26, 'COLOR', '', contactXml(ok, {}, { COLOR: long })],
		[27, 'FIRST_ORDER', '', contactXml(ok, {}, { FIRST_ORDER: '31.12.2026' })],
		[
			30,
			'Unknown',
			'',
			contactXml(
				ok,
				{},
				{},
				'<preferences><preference><name>Unknown</name><category>Development</category><value>true</value></preference></preferences>',
			),
		],
	])('gives code %i with %s', async (code, field, query, contact) => {
		expect(codes((await sync(query, contact)).text)).toEqual([[code, field]]);
	});

	it('knows 0 and 1 as booleans', async () => {
		await sync('', contactXml(ok, {}, { VIP: '1' }));
		expect(sandbox.contacts()[0]?.customFields).toEqual({ VIP: 'true' });
	});
});

describe('identity', () => {
	it('ignores duplicates of the key within a list', async () => {
		const reply = await sync(
			'',
			contactXml({ email: 'a@example.com', external_id: '1' }),
			contactXml({ email: 'A@Example.com', external_id: '2' }),
		);
		expect(valueOf(reply.text, 'count_contacts')).toBe('2');
		expect(counts(reply.text)).toEqual([0, 1, 0, 0]);
		expect(summary()).toEqual([['a@example.com', '1', 1]]);
	});

	it('names duplicates of the other identifiers, within the list and in the account', async () => {
		const first = contactXml({ email: 'a@example.com', external_id: '1' });
		const sameExternal = contactXml({ email: 'b@example.com', external_id: '1' });
		const sameEmail = contactXml({ email: 'a@example.com', external_id: '2' });
		expect(codes((await sync('', first, sameExternal)).text)).toEqual([[4, 'external_id']]);
		expect(codes((await sync('?use_external_id=true', first, sameEmail)).text)).toEqual([
			[5, 'email'],
		]);
		await sync('', first);
		expect(codes((await sync('', sameExternal)).text)).toEqual([[4, 'external_id']]);
		expect(codes((await sync('?use_external_id=true', sameEmail)).text)).toEqual([[5, 'email']]);
	});

	it('matches by external ID', async () => {
		await sync('', contactXml({ email: 'a@example.com', external_id: '00123' }));
		const changed = contactXml({ email: 'b@example.com', external_id: '00123' });
		const reply = await sync('?use_external_id=true&sync_mode=1', changed);
		expect(counts(reply.text)).toEqual([1, 0, 0, 0]);
		expect(summary()).toEqual([['b@example.com', '00123', 1]]);
	});

	it('matches by Maileon ID, contacts without one by email', async () => {
		await sync('', contactXml({ email: 'a@example.com' }), contactXml({ email: 'b@example.com' }));
		const reply = await sync(
			'?prefer_maileon_id=true&sync_mode=1',
			contactXml({ id: '1001', email: 'c@example.com' }),
			contactXml({ email: 'b@example.com' }, { CITY: 'Bonn' }),
		);
		expect(counts(reply.text)).toEqual([2, 0, 0, 0]);
		expect(summary().map(([email]) => email)).toEqual(['c@example.com', 'b@example.com']);
		expect(sandbox.contacts()[1]?.standardFields).toEqual({ CITY: 'Bonn' });
	});
});

describe('modes', () => {
	const contact = (city: string) => contactXml({ email: 'a@example.com' }, { CITY: city });

	it('ignores existing contacts by default, updates them with sync_mode 1', async () => {
		await sync('', contact('Bonn'));
		expect(counts((await sync('?permission=5', contact('Köln'))).text)).toEqual([1, 0, 0, 0]);
		expect(sandbox.contacts()[0]).toMatchObject({
			permission: 1,
			standardFields: { CITY: 'Bonn' },
		});
		await sync('?sync_mode=1', contact('Köln'));
		expect(sandbox.contacts()[0]).toMatchObject({
			permission: 1,
			standardFields: { CITY: 'Köln' },
		});
	});

	it.each([
		['&permission=1', 1, 1],
		['', 4, 1],
		['&permission=3&override_permission=true', 3, 3],
		['&permission=3&override_permission=false', 4, 3],
		['&override_permission=false', 4, 1],
	])('with %s an existing 4 becomes %i, a new contact %i', async (query, existing, created) => {
		await sync('?permission=4', contact('Bonn'));
		await sync(`?sync_mode=1${query}`, contact('Bonn'), contactXml({ email: 'b@example.com' }));
		expect(summary().map(([, , permission]) => permission)).toEqual([existing, created]);
	});

	it('never creates with update_only', async () => {
		const reply = await sync('?update_only=true&sync_mode=1', contact('Bonn'));
		expect(counts(reply.text)).toEqual([0, 0, 0, 0]);
		expect(sandbox.contacts()).toHaveLength(0);
	});

	it('skips marked addresses when they are not to be imported again', async () => {
		await sync('', contact('Bonn'));
		await sandbox.unsubscribe('a@example.com');
		const skipped = await sync('?reimport_unsubscribed_contacts=false', contact('Bonn'));
		expect(counts(skipped.text)).toEqual([0, 0, 0, 1]);
		expect(counts((await sync('', contact('Bonn'))).text)).toEqual([0, 1, 0, 0]);
	});

	it('clears nil and empty values, keeps absent ones', async () => {
		const email = { email: 'a@example.com' };
		await sync('', contactXml(email, { CITY: 'a', ZIP: 'b', STATE: 'c' }, { COLOR: 'd' }));
		await sync('?sync_mode=1', contactXml(email, { CITY: null, ZIP: '' }, { COLOR: null }));
		expect(sandbox.contacts()[0]?.standardFields).toEqual({ STATE: 'c' });
		expect(sandbox.contacts()[0]?.customFields).toEqual({});
	});

	const syncPreference = (parts: string) =>
		sync(
			'?sync_mode=1',
			contactXml(
				{ email: 'a@example.com' },
				{},
				{},
				`<preferences><preference><name>Shopware</name><category>Development</category>${parts}</preference></preferences>`,
			),
		);

	it('clears the answer to a preference with nil, by the rules of its source', async () => {
		const preferences = () => sandbox.contacts()[0]?.preferences;
		await syncPreference('<value nil="true"/><source>form</source>');
		expect(preferences()).toEqual([]);

		await syncPreference('<value>true</value><source>form</source>');
		expect((await syncPreference('<value nil="true"/>')).status).toBe(200);
		expect(preferences()).toMatchObject([{ name: 'Shopware', value: null, source: 'form' }]);
		const read = '/contacts/email/a%40example.com?preference_categories=Development';
		expect((await call('GET', read)).text).toContain(
			'<category>Development</category><value nil="true"/><source>form</source>',
		);

		await syncPreference('<value>false</value>');
		expect(preferences()).toMatchObject([{ value: false, source: 'form' }]);
	});

	it.each(['', '<value/>', '<value>maybe</value>'])(
		'refuses a preference that neither answers nor clears: %s',
		async (value) => {
			expect((await syncPreference(value)).status).toBe(400);
			expect(sandbox.contacts()).toEqual([]);
		},
	);

	it('keeps, deletes or sets the source of a preference', async () => {
		let second = 0;
		sandbox.account.now = () => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
		const preference = (value: boolean, source: string) =>
			syncPreference(`<value>${value}</value>${source}`);
		const stored = () => {
			const { value, source, lastModified } = sandbox.contacts()[0]?.preferences[0] ?? {};
			return [value, source, lastModified?.slice(-2)];
		};
		const steps: Array<[boolean, string, unknown[]]> = [
			[true, '<source>form</source>', [true, 'form', '01']],
			[true, '', [true, 'form', '01']],
			[false, '', [false, 'form', '03']],
			[false, '<source>crm</source>', [false, 'crm', '04']],
			[false, '<source>crm</source>', [false, 'crm', '04']],
			[false, '<source></source>', [false, null, '06']],
			[true, '<source nil="true"/>', [true, null, '07']],
		];
		for (const [value, source, expected] of steps) {
			second += 1;
			await preference(value, source);
			expect(stored()).toEqual(expected);
		}
	});

	it('keeps any text that XML can hold', async () => {
		const text = 'a &amp; b &lt;c&gt; ]]&gt; ü 😀 &#13;&#10;&#9;x';
		await sync('', contactXml({ email: 'a@example.com' }, { CITY: text }));
		expect(sandbox.contacts()[0]?.standardFields.CITY).toBe('a & b <c> ]]> ü 😀 \r\n\tx');
		const read = await call('GET', '/contacts/email/a%40example.com?standard_field=CITY');
		expect(read.text).toContain('a &amp; b &lt;c&gt; ]]&gt; ü 😀 &#13;\n\tx');
	});
});

it('holds 200,000 contacts', async () => {
	const size = 10_000;
	for (let start = 0; start < 200_000; start += size) {
		const contacts = Array.from(
			{ length: size },
			(_, i) =>
				`<contact><email>c${start + i}@example.com</email><external_id>${start + i}</external_id></contact>`,
		);
		expect(counts((await sync('?sync_mode=1', ...contacts)).text)).toEqual([0, size, 0, 0]);
	}
	expect(valueOf((await call('GET', '/contacts/count')).text, 'count')).toBe('200000');
	const page = await call('GET', '/contacts?page_size=1000&page_index=200');
	expect(page.headers.get('x-pages')).toBe('200');
	expect(page.text).toContain('c199999@example.com');
	expect((await call('GET', '/contacts/externalid/123456')).text).toContain('c123456@');
});
