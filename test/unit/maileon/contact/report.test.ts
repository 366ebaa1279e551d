import { codeText } from '../../../../nodes/Maileon/maileon/contact/errorCodes';
import {
	isReport,
	readBoolean,
	readSynchronizationReport,
	readUpdateReport,
	xmlToJson,
} from '../../../../nodes/Maileon/maileon/contact/report';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

/** The report of the documentation, with its line breaks. */
const DOCUMENTED = `<report>
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
</report>`;

const synchronization = (xml: string) => readSynchronizationReport(readXml(xml));
const update = (xml: string) => readUpdateReport(readXml(xml));

describe('the report of a synchronization', () => {
	test('as the documentation shows it', () => {
		expect(synchronization(DOCUMENTED)).toEqual({
			success: false,
			count_contacts: 3,
			count_existing_contacts: 0,
			count_new_contacts: 0,
			count_invalid_contacts: 2,
			count_unsubscribed_contacts: 0,
			invalid_contacts: [
				{
					email: 'max.mustermann.3@xqueue',
					external_id: null,
					error: { code: 3, field: 'max.mustermann.3@xqueue', ...codeText(3) },
				},
				{
					email: 'max.mustermann.2@xqueue.com',
					external_id: null,
					error: { code: 21, field: 'test', ...codeText(21) },
				},
			],
		});
	});

	test.each([
		['missing', '<report><success>true</success></report>'],
		['empty', '<report><success>true</success><invalid_contacts/></report>'],
	])('invalid contacts are a list, also when %s', (_form, xml) => {
		expect(synchronization(xml)).toMatchObject({
			success: true,
			count_unsubscribed_contacts: null,
			invalid_contacts: [],
		});
	});

	test('one invalid contact still is a list', () => {
		const { invalid_contacts: invalid } = synchronization(
			'<report><success>true</success><invalid_contacts><contact><email>a</email><external_id>00123</external_id><error code="99"/></contact></invalid_contacts></report>',
		);
		expect(invalid).toEqual([
			{ email: 'a', external_id: '00123', error: { code: 99, ...codeText(99) } },
		]);
	});

	test('an ID is a number, also with blanks around it, or whatever else it is', () => {
		const idOf = (id: string) =>
			synchronization(
				`<report><invalid_contacts><contact>${id}</contact></invalid_contacts></report>`,
			).invalid_contacts[0]?.id;
		expect(idOf('<id> 12\n</id>')).toBe(12);
		expect(idOf('<id>12a</id>')).toBe('12a');
		expect(idOf('<id nil="true"/>')).toBeNull();
	});

	test('words beside a code follow what the code means, or stand alone', () => {
		const reasonOf = (code: string) =>
			synchronization(
				`<report><invalid_contacts><contact><error code="${code}"><error_message>no way</error_message></error></contact></invalid_contacts></report>`,
			).invalid_contacts[0]?.error;
		expect(reasonOf('3')?.description).toBe(
			[codeText('3').description, 'no way.'].filter(Boolean).join(' '),
		);
		expect(reasonOf('4711')?.description).toMatch(/(^| )no way\.$/);
	});

	test('elements beyond the documented ones are kept', () => {
		expect(
			synchronization(
				'<report><success>1</success><count_contacts> 2 </count_contacts><count_new_contacts>many</count_new_contacts><took>5</took></report>',
			),
		).toMatchObject({ success: true, count_contacts: 2, count_new_contacts: null, took: '5' });
	});

	test('several reasons, no reason, and words beside a code', () => {
		const [several, none, words] = synchronization(
			'<report><success>false</success><invalid_contacts>' +
				'<contact><id>12</id><email>a</email><error code="3"/><error code="21"><error_field>X</error_field></error></contact>' +
				'<contact><email nil="true"/></contact>' +
				'<contact><error code="25"><error_field nil="true"/><error_message>too big</error_message></error></contact>' +
				'</invalid_contacts></report>',
		).invalid_contacts;
		expect(several).toMatchObject({
			id: 12,
			error: { code: 3 },
			errors: [{ code: 3 }, { code: 21, field: 'X' }],
		});
		expect(none).toEqual({
			email: null,
			error: { message: 'Maileon refused the contact without giving a reason.' },
		});
		expect(words?.error).toMatchObject({ code: 25, field: null });
		expect(words?.error.description).toMatch(/too big\.$/);
	});
});

describe('the report of an update', () => {
	test('as the documentation shows it: without a code', () => {
		expect(
			update(`<report>
  <success>false</success>
  <contact>
    <email>max.mustermann@xqueue.com</email>
    <external_id nil="true"></external_id>
    <error>
      <error_field>email</error_field>
      <error_message>duplicate email</error_message>
    </error>
  </contact>
</report>`),
		).toEqual({
			success: false,
			contact: { email: 'max.mustermann@xqueue.com', external_id: null },
			error: { field: 'email', message: 'duplicate email' },
		});
	});

	test('a success has no error', () => {
		expect(
			update('<report><success>true</success><contact><id>5</id></contact><n>1</n></report>'),
		).toEqual({ success: true, contact: { id: 5 }, n: '1' });
	});

	test('a report is known by its name', () => {
		expect(isReport(readXml('<report/>'))).toBe(true);
		expect(isReport(readXml('<contact/>'))).toBe(false);
	});
});

describe('error codes', () => {
	test('the documented ones have words of their own', () => {
		const messages = Array.from({ length: 27 }, (_, index) => codeText(index + 1));
		for (const { message, description } of messages) {
			expect(message).not.toContain('Unknown');
			expect(description).toMatch(/\.$/);
		}
		expect(messages[2]?.message).toBe('Email is invalid.');
		expect(messages[20]?.message).toBe('Custom field does not exist.');
	});

	test.each([0, 28, 4711, 'E7'])('%p keeps its number and says that it is unknown', (code) => {
		expect(codeText(code).message).toBe(`Unknown error code ${code}.`);
	});
});

test.each([
	['true', true],
	['TRUE', true],
	[' 1 ', true],
	['yes', true],
	['false', false],
	['0', false],
	['', false],
	[null, false],
	[undefined, false],
])('the boolean %p is %p', (text, value) => {
	expect(readBoolean(text)).toBe(value);
});

test.each<[string, unknown]>([
	['<a>t</a>', 't'],
	['<a/>', ''],
	['<a nil="true"/>', null],
	['<a k="v"/>', { k: 'v' }],
	['<a k="v">t</a>', { k: 'v', text: 't' }],
	['<a><b>1</b><b>2</b><c/></a>', { b: ['1', '2'], c: '' }],
])('%s as JSON', (xml, json) => {
	expect(xmlToJson(readXml(xml))).toEqual(json);
});

describe('what Maileon writes carelessly', () => {
	test.each([
		['true', true],
		[' Yes ', true],
		['1', true],
		['untrue', false],
		['true story', false],
		['no', false],
		['', false],
		[null, false],
		[undefined, false],
	])('%j as a boolean is %p', (text, expected) => {
		expect(readBoolean(text)).toBe(expected);
	});

	test.each([
		['12', 12],
		[' 12 ', 12],
		['about 12', null],
		['12 or so', null],
		['', null],
	])('%j as a number of contacts is %p', (text, expected) => {
		const xml = `<report><count_contacts>${text}</count_contacts></report>`;
		expect(synchronization(xml).count_contacts).toBe(expected);
	});

	const refusedFor = (error: string) =>
		synchronization(
			`<report><invalid_contacts><contact><email>a@x.de</email><id>7</id><id/>${error}</contact></invalid_contacts></report>`,
		).invalid_contacts[0];

	test.each([
		['10', 10],
		['10a', '10a'],
		['a10', 'a10'],
	])('the code %s is %p', (code, expected) => {
		const contact = refusedFor(
			`<error code="${code}"><error_message>because</error_message></error>`,
		);
		expect(contact?.error.code).toBe(expected);
		expect(contact?.error.description).toMatch(/(^|\S )because\.$/);
		expect(Object.keys(contact?.error ?? {})).not.toContain('field');
	});

	test('the parts of a contact are not mixed with its errors', () => {
		const contact = refusedFor('<error code="10"/><error code="21"/>');
		expect(Object.keys(contact ?? {}).sort()).toEqual(['email', 'error', 'errors', 'id']);
	});

	test('blanks around the text beside elements are not kept', () => {
		expect(xmlToJson(readXml('<a> t <b>1</b> </a>'))).toEqual({ b: '1', text: 't' });
	});
});
