import { readAnswer } from '../../../../nodes/Maileon/maileon/answer';
import {
	readBlacklistParts,
	readMailingBlacklists,
} from '../../../../nodes/Maileon/maileon/mailing/blacklists';
import { readMailingRows, readMailings } from '../../../../nodes/Maileon/maileon/mailing/mailings';
import { contentOfPreview, readPreview } from '../../../../nodes/Maileon/maileon/mailing/preview';
import { readTargetGroups } from '../../../../nodes/Maileon/maileon/mailing/targetGroups';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const field = (name: string, value: string) => `<field><name>${name}</name>${value}</field>`;
const mailing = (id: string, fields = '') => `<mailing>${id}<fields>${fields}</fields></mailing>`;

describe('a list of mailings', () => {
	const root = readXml(
		`<mailings>${mailing(
			'<id>501</id>',
			field('scheduleTime', '<value nil="true"/>') +
				field('state', '<value>new state</value>') +
				field('furtherThing', '<value>x</value>'),
		)}${mailing('<id>9007199254740993</id>')}${mailing('')}</mailings>`,
	);

	test('gives rows in one order, with all that Maileon tells', () => {
		const rows = readMailingRows(root, ['name', 'state', 'scheduleTime']);
		expect(rows).toEqual([
			{ id: 501, name: null, state: 'new state', schedule_time: null, further_thing: 'x' },
			{ id: '9007199254740993', name: null, state: null, schedule_time: null },
			{ id: null, name: null, state: null, schedule_time: null },
		]);
		expect(Object.keys(rows[0] ?? {}).slice(0, 4)).toEqual([
			'id',
			'name',
			'state',
			'schedule_time',
		]);
	});

	test('offers those with an ID', () =>
		expect(readMailings(root)).toEqual([
			{ id: '501', name: '', state: 'new state', type: '' },
			{ id: '9007199254740993', name: '', state: '', type: '' },
		]));
});

test('target groups that Maileon tells little of', () =>
	expect(
		readTargetGroups(
			readXml('<targetgroups><targetgroup><id> 7 </id></targetgroup><targetgroup/></targetgroups>'),
		),
	).toEqual([{ id: '7', name: '', type: '' }]));

test('blacklists that can be chosen, those with an ID', () =>
	expect(
		readMailingBlacklists(
			readXml(
				'<mailing_blacklists><mailing_blacklist><id> 2 </id></mailing_blacklist><mailing_blacklist><name>Press</name></mailing_blacklist></mailing_blacklists>',
			),
		),
	).toEqual([{ id: '2', name: '' }]));

test('blacklists with all that Maileon tells of them', () =>
	expect(
		readBlacklistParts(
			readXml(
				'<mailing_blacklists><mailing_blacklist><id>2</id><name>Press</name><created_time>1767225600000</created_time></mailing_blacklist></mailing_blacklists>',
			),
		),
	).toEqual([{ id: 2, name: 'Press', created_time: 1767225600000 }]));

describe('a preview', () => {
	const preview = readPreview(
		readAnswer('{"subject":"Hi","subjectError":null,"html":"<p>","htmlAvailable":true}'),
	);

	test('by names with underscores', () =>
		expect(preview).toEqual({
			subject: 'Hi',
			subject_error: null,
			html: '<p>',
			html_available: true,
		}));

	test.each([
		['html', { html: '<p>', text: 'T' }, '<p>', { text: 'T' }],
		['text', { html: '<p>', text: 'T' }, 'T', { html: '<p>' }],
		['text', { html: 'T', text: null }, 'T', { text: null }],
		['html', { html: null, text: 'T' }, undefined, { html: null, text: 'T' }],
	] as const)('as %s of %j', (format, value, content, rest) =>
		expect(contentOfPreview(value, format)).toEqual(
			content === undefined ? { rest } : { content, rest },
		),
	);

	test.each(['[]', '"x"', '<preview/>', ''])('%s is none', (text) =>
		expect(readPreview(readAnswer(text))).toBeUndefined(),
	);
});
