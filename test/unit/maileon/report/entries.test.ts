import {
	numberOf,
	readEntries,
	readEntry,
	simplifyEntry,
} from '../../../../nodes/Maileon/maileon/report/entries';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const entriesIn = (xml: string, name?: string) => readEntries(readXml(xml), name);

describe('the entries of a list', () => {
	const opens = '<opens><open><mailing_id>1</mailing_id></open><open/></opens>';

	it('are read from a list of the right name, alone or inside of a response', () => {
		expect(entriesIn(opens, 'opens')).toEqual([{ mailing_id: 1 }, {}]);
		expect(entriesIn(`<response>${opens}</response>`, 'opens')).toEqual([{ mailing_id: 1 }, {}]);
		expect(entriesIn('<opens/>', 'opens')).toEqual([]);
		expect(entriesIn('<response><opens> </opens></response>', 'opens')).toEqual([]);
	});

	it('are not read from anything else', () => {
		expect(entriesIn(opens, 'clicks')).toBeUndefined();
		expect(entriesIn(`<response>${opens}${opens}</response>`, 'opens')).toBeUndefined();
		expect(entriesIn(`<other>${opens}</other>`, 'opens')).toBeUndefined();
	});

	it('are what there is where the name of the list is not documented', () => {
		expect(entriesIn(opens)).toEqual([{ mailing_id: 1 }, {}]);
		expect(entriesIn('<anything> </anything>')).toEqual([]);
		expect(entriesIn('<error>Not today</error>')).toBeUndefined();
	});
});

describe('an entry', () => {
	const read = (parts: string) => readEntry(readXml(`<entry>${parts}</entry>`));

	it.each([
		['mailing_id', '9007199254740993', '9007199254740993'],
		['link_id', ' 7 ', 7],
		['site_id', '', null],
		['count', '12', 12],
		['count_total', '12', 12],
		['recipients', ' 3 ', 3],
		['opens_unique', '2', 2],
		['replies', '0', 0],
		['revenue', '-12.50', -12.5],
		['value', '1e3', '1e3'],
		['archived', 'true', true],
		['timestamp', '1772615730000', '1772615730000'],
		['msg_id', '007', '007'],
		['recount', '12', '12'],
	])('has %s of "%s" as %p', (name, text, value) => {
		expect(read(`<${name}>${text}</${name}>`)).toEqual({ [name]: value });
	});

	it('has its tags as a list', () => {
		expect(read('<link_tags><tag>a</tag><tag/></link_tags>')).toEqual({ link_tags: ['a', ''] });
	});
});

it.each([
	['12', 12],
	['-0.25', -0.25],
	['12.', undefined],
	['.5', undefined],
	['12.25.5', undefined],
	['a12', undefined],
	['12a', undefined],
	['', undefined],
])('%p is the number %p', (text, number) => {
	expect(numberOf(text)).toBe(number);
});

it('a flat entry begins with when, which mailing and who', () => {
	const contact = { id: 7, email: 'ada@example.com', anonymous: false, standard_fields: { A: 1 } };
	const entry = { contact, link_id: 3, mailing_id: 5, timestamp: 'now' };
	expect(Object.entries(simplifyEntry(entry))).toEqual([
		['timestamp', 'now'],
		['mailing_id', 5],
		['contact_id', 7],
		['email', 'ada@example.com'],
		['link_id', 3],
		['standard_fields', { A: 1 }],
	]);
	expect(simplifyEntry({ contact: { anonymous: true } })).toEqual({ anonymous: true });
	const whole = { contact: 'nobody', link_id: 3 };
	expect(simplifyEntry(whole)).toBe(whole);
});
