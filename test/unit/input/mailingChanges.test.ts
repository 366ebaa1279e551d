import type { IExecuteFunctions } from 'n8n-workflow';

import { updateMailing } from '../../../nodes/Maileon/actions/mailing/update';
import {
	isWithoutChanges,
	readChangesOfExisting,
} from '../../../nodes/Maileon/input/mailingChanges';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import type { MailingChanges } from '../../../nodes/Maileon/maileon/mailing/elements';
import { refusalOf } from '../../support/refusals';

type Values = Record<string, unknown>;

/** What is read where the node was saved with `saved`, and its expressions make `made` of it. */
function read(saved: Values, made: Values = saved): MailingChanges {
	const node = {
		getNodeParameter: (
			name: string,
			_item: number,
			fallback: unknown,
			{ rawExpressions = false } = {},
		) => {
			const values = rawExpressions ? saved : made;
			return name in values ? values[name] : fallback;
		},
	} as unknown as IExecuteFunctions;
	return readChangesOfExisting(new Parameters(node, updateMailing.properties).ofItem(0));
}

const NOTHING: MailingChanges = {
	values: {},
	cms2Template: undefined,
	html: undefined,
	text: undefined,
	replyTo: undefined,
	addedBlacklists: [],
	removedBlacklists: [],
	properties: [],
	disableChecks: false,
};

const located = (value: unknown) => ({ __rl: true, mode: 'id', value });

test.each<[string, Values, Partial<MailingChanges>]>([
	['a subject', { subject: 'Sale' }, { values: { subject: 'Sale' } }],
	['a target group', { targetGroup: located(' 12 ') }, { values: { targetGroupId: '12' } }],
	['a target group by itself', { targetGroup: 12 }, { values: { targetGroupId: '12' } }],
	['a template', { content: { template: ' a/b ' } }, { values: { template: 'a/b' } }],
	['a template of CMS2', { content: { cms2Template: ' a/b ' } }, { cms2Template: 'a/b' }],
	['a preview text', { content: { previewText: '' } }, { values: { previewText: '' } }],
	['a text with all of its characters', { content: { text: 'a\fb ' } }, { text: 'a\fb ' }],
	['a text from a number', { content: { text: 7 } }, { text: '7' }],
	[
		'HTML with all of its characters',
		{ html: '<p>\f</p>' },
		{ html: { html: '<p>\f</p>', grabImages: true, trackLinks: true } },
	],
	[
		'HTML as it is taken',
		{ html: '<p/>', content: { grabImages: 'no', trackLinks: false } },
		{ html: { html: '<p/>', grabImages: false, trackLinks: false } },
	],
	['a sender', { sender: { senderAddress: 'a@b.de' } }, { values: { sender: 'a@b.de' } }],
	['an address for replies', { sender: { replyTo: ' a@b.de ' } }, { replyTo: 'a@b.de' }],
	['no address for replies', { sender: { replyTo: ' ' } }, { replyTo: '' }],
	['a limit', { audience: { contactLimit: '500' } }, { values: { contactsLimit: '500' } }],
	['a flag', { audience: { updateTargetGroup: 0 } }, { values: { targetGroupUpdate: 'false' } }],
	[
		'blacklists',
		{
			audience: {
				blacklists: {
					blacklist: [
						{ change: 'add', blacklist: located(' 3 ') },
						{ blacklist: 3 },
						{ change: 'remove', blacklist: '4' },
					],
				},
			},
		},
		{ addedBlacklists: ['3'], removedBlacklists: ['4'] },
	],
	['tags', { settings: { tags: ' one #two, three,# ' } }, { values: { tags: 'one#two#three' } }],
	['no tags', { settings: { tags: '' } }, { values: { tags: '' } }],
	['a choice', { settings: { speedLevel: 'high' } }, { values: { speedLevel: 'high' } }],
	['checks', { settings: { disableChecks: true } }, { disableChecks: true }],
	['no checks', { settings: { disableChecks: false } }, {}],
	[
		'properties',
		{
			customProperties: {
				property: [
					{ name: ' a ', value: ' b ' },
					{ name: 'c', value: '', remove: true },
					{ name: 'd', value: 5, remove: false },
				],
			},
		},
		{
			properties: [
				{ key: 'a', value: ' b ' },
				{ key: 'c', value: null },
				{ key: 'd', value: '5' },
			],
		},
	],
])('%s', (_, values, changes) => {
	expect(read(values)).toEqual({ ...NOTHING, ...changes });
});

test('what is left empty, or that n8n does not know, is not set', () => {
	expect(read({})).toEqual(NOTHING);
	expect(read({ subject: '', html: '', targetGroup: located('') })).toEqual(NOTHING);
	expect(read({ subject: undefined, html: null, targetGroup: located(null) })).toEqual(NOTHING);
	expect(read({ content: { other: 1 } })).toEqual(NOTHING);
});

test.each<[boolean, Partial<MailingChanges>]>([
	[true, {}],
	[false, { values: { subject: 'Sale' } }],
	[false, { values: { subject: '' } }],
	[false, { cms2Template: 'a' }],
	[false, { html: { html: '', grabImages: true, trackLinks: true } }],
	[false, { text: '' }],
	[false, { replyTo: '' }],
	[false, { addedBlacklists: ['1'] }],
	[false, { removedBlacklists: ['1'] }],
	[false, { properties: [{ key: 'a', value: null }] }],
	[false, { disableChecks: true }],
])('nothing is to be set: %p for %j', (isNothing, changes) => {
	expect(isWithoutChanges({ ...NOTHING, ...changes })).toBe(isNothing);
});

const NOT_ADDED = 'Give an empty text to clear what can be empty, or take the entry out.';
const NOT_FILLED = 'Give a value, or an empty text where it is not to be set.';

test.each<[string, Values, Values, string, string]>([
	['subject', { subject: '={{ $json.a }}' }, { subject: undefined }, 'Subject', NOT_FILLED],
	['subject', { subject: '={{ $json.a }}' }, { subject: null }, 'Subject', NOT_FILLED],
	['html', { html: '={{ $json.a }}' }, { html: null }, 'HTML', NOT_FILLED],
	[
		'targetGroup',
		{ targetGroup: located('={{ $json.a }}') },
		{ targetGroup: located(undefined) },
		'Target Group',
		NOT_FILLED,
	],
	[
		'text',
		{ content: { text: '={{ $json.a }}' } },
		{ content: { text: undefined } },
		'Text',
		NOT_ADDED,
	],
	[
		'tags',
		{ settings: { tags: '={{ $json.a }}' } },
		{ settings: { tags: null } },
		'Tags',
		NOT_ADDED,
	],
])('an expression that gives nothing changes nothing: %s', (field, saved, made, label, advice) => {
	const refusal = refusalOf(() => read(saved, made));
	expect(refusal.message).toBe(`${label}: its expression gives nothing.`);
	expect(refusal.details).toEqual({ description: advice, field });
});

const blacklist = (...entries: Values[]) => ({ audience: { blacklists: { blacklist: entries } } });
const property = (...entries: Values[]) => ({ customProperties: { property: entries } });
const FROM_LIST = 'Choose from the list, or fill in the ID that Maileon shows.';

test.each<[Values, string, string, string | undefined]>([
	[
		{ content: { template: 'a', cms2Template: 'b' } },
		'A mailing has one template: of CMS1 or of CMS2.',
		'template',
		'Take one of the two out.',
	],
	[{ subject: ' ' }, 'Subject must not be empty.', 'subject', undefined],
	[
		{ targetGroup: located('VIPs') },
		'Target Group must be a number, but is "VIPs".',
		'targetGroup',
		FROM_LIST,
	],
	[
		{ targetGroup: located('1a') },
		'Target Group must be a number, but is "1a".',
		'targetGroup',
		FROM_LIST,
	],
	[
		{ content: { trackLinks: true } },
		'Track Links counts only when HTML is set.',
		'trackLinks',
		'Fill in HTML, or take the switch out.',
	],
	...['a', 'a@', '@b.de', 'a b@c.de', 'a@b.de, c@d.de', 'a@b@c'].map(
		(address): [Values, string, string, undefined] => [
			{ sender: { replyTo: ` ${address}` } },
			`Reply-To Address must be an email address, but is "${address}".`,
			'replyTo',
			undefined,
		],
	),
	[
		blacklist({ change: 'keep', blacklist: '3' }),
		'Mailing Blacklists: the change must be one of add, remove.',
		'blacklists',
		undefined,
	],
	[
		blacklist({ blacklist: located('three') }),
		'Mailing Blacklists must be a number, but is "three".',
		'blacklists',
		FROM_LIST,
	],
	[
		blacklist({ change: 'add' }),
		'Mailing Blacklists must be a number, but is "".',
		'blacklists',
		FROM_LIST,
	],
	[
		blacklist({ blacklist: '3' }, { change: 'remove', blacklist: 3 }),
		'Mailing blacklist 3 cannot be both added and removed.',
		'blacklists',
		undefined,
	],
	[
		property({ name: 'a', value: 'b' }, { name: ' a', value: 'c' }),
		'Custom property "a" is listed twice.',
		'customProperties',
		undefined,
	],
	[
		property({ name: ' ', value: 'b' }),
		'Custom property 1 has no name.',
		'customProperties',
		undefined,
	],
	[
		property({ name: 'a', value: 'b' }, { name: 'c', value: [] }),
		'Custom property 2: "[]" is a list, where a single value is needed.',
		'customProperties',
		undefined,
	],
	[
		property({ name: 'n'.repeat(256), value: 'b' }),
		`Custom property "${'n'.repeat(256)}" must have at most 255 characters, but has 256.`,
		'customProperties',
		undefined,
	],
	[
		property({ name: 'a', value: 'v'.repeat(256) }),
		'Custom property "a" must have at most 255 characters, but has 256.',
		'customProperties',
		undefined,
	],
	[
		property({ name: 'a', value: 'b', remove: true }),
		'Custom property "a" cannot both be removed and have a value.',
		'customProperties',
		'Leave Value empty to remove it.',
	],
	[
		property({ name: 'a', remove: 'no' }),
		'Custom property "a" has no value.',
		'customProperties',
		'Fill in a value. In a mailing that has the property, Remove takes it away.',
	],
	[
		property({ name: 'a', remove: 'perhaps' }),
		'Custom property 1: "perhaps" is neither true nor false.',
		'customProperties',
		undefined,
	],
])('%j is refused', (values, message, field, description) => {
	const refusal = refusalOf(() => read(values));
	expect(refusal.message).toBe(message);
	expect(refusal.details).toEqual({ field, description });
});
