import type { IPollFunctions } from 'n8n-workflow';

import {
	parametersOf,
	readSettings,
	reportTriggerProperties,
} from '../../../../nodes/Maileon/trigger/report/parameters';
import { DEFAULT_SETTINGS } from '../../../../nodes/Maileon/trigger/report/poll';
import { refusalOf } from '../../../support/refusals';

const BERLIN = 'Europe/Berlin';
const MINUTE = 60_000;

function read(values: Record<string, unknown>) {
	const context = {
		getNodeParameter: (name: string, preset: unknown) => (name in values ? values[name] : preset),
	} as unknown as IPollFunctions;
	return readSettings(parametersOf(context), BERLIN);
}

describe('the settings of the trigger', () => {
	test('are the usual ones where nothing is set', () => {
		const { queries, ...settings } = read({});
		expect(settings).toEqual({ kinds: ['click'], poll: DEFAULT_SETTINGS, isSimple: true });
		expect([...queries]).toEqual([
			[
				'click',
				[
					['mailing_id', undefined],
					['exclude_anonymous_clicks', true],
				],
			],
		]);
	});

	test('are those of the options', () => {
		const options = {
			delay: 0,
			lookBack: '60',
			mostEvents: 1,
			startFrom: '2026-07-01 12:00',
		};
		expect(read({ options, simplify: false })).toMatchObject({
			isSimple: false,
			poll: {
				...DEFAULT_SETTINGS,
				delay: 0,
				lookBack: 60 * MINUTE,
				mostEvents: 1,
				startFrom: Date.UTC(2026, 6, 1, 10),
			},
		});
	});

	test.each<[object, string, string]>([
		[{ delay: -1 }, 'Delay must be a whole number from 0 to 1440, but is "-1".', 'delay'],
		[{ delay: 1441 }, 'Delay must be a whole number from 0 to 1440, but is "1441".', 'delay'],
		[
			{ lookBack: 10_081 },
			'Look Back must be a whole number from 0 to 10080, but is "10081".',
			'lookBack',
		],
		[
			{ mostEvents: 0 },
			'Most Events per Run must be a whole number from 1 to 100000, but is "0".',
			'mostEvents',
		],
	])('have limits: %j', (options, message, field) => {
		const refusal = refusalOf(() => read({ options }));
		expect(refusal.message).toBe(message);
		expect(refusal.details.field).toBe(field);
	});

	test('narrow down each kind by what it has', () => {
		const { kinds, queries } = read({
			events: ['sent', 'click', 'block', 'click'],
			mailing: { mode: 'id', value: '501' },
			filters: { emails: 'a@b.de', format: 'html', newStatus: 'blocked' },
			options: { includeAnonymous: true },
		});
		expect(kinds).toEqual(['recipient', 'click', 'block']);
		expect(Object.fromEntries(queries)).toEqual({
			recipient: [
				['mailing_id', '501'],
				['emails', 'a@b.de'],
				['exclude_deleted_recipients', false],
			],
			click: [
				['mailing_id', '501'],
				['emails', 'a@b.de'],
				['format', 'html'],
				['exclude_anonymous_clicks', false],
			],
			block: [
				['emails', 'a@b.de'],
				['new_status', 'blocked'],
				['exclude_anonymous_blocks', false],
			],
		});
	});

	test('keep recipients who were deleted, whoever is left out', () => {
		expect(
			[...read({ events: 'sent,reply' }).queries.values()].map((query) => query.at(-1)),
		).toEqual([
			['exclude_deleted_recipients', false],
			['exclude_anonymous_replies', true],
		]);
	});

	test.each<[unknown, string, RegExp]>([
		[[], 'No event is chosen.', /under "Events"/],
		['', 'No event is chosen.', /under "Events"/],
		[['click', 'recipient'], 'Events holds an unknown event.', /^Choose from .*\bsent\b/],
	])('have events, not %j', (events, message, advice) => {
		const refusal = refusalOf(() => read({ events }));
		expect(refusal.message).toBe(message);
		expect(refusal.details).toEqual({
			description: expect.stringMatching(advice) as string,
			field: 'events',
		});
	});
});

describe('the filters in the editor', () => {
	const filters = reportTriggerProperties.find(({ name }) => name === 'filters');
	const shown = Object.fromEntries(
		(filters?.options ?? []).map((option) => [
			option.name,
			'displayOptions' in option ? option.displayOptions?.show?.['/events'] : undefined,
		]),
	);

	test('are shown where one of the chosen events has them', () => {
		expect(shown).toMatchObject({
			emails: undefined,
			linkIds: ['click'],
			blockReasons: ['block'],
			bounceType: ['bounce'],
		});
		expect(shown.format).toEqual(expect.arrayContaining(['click', 'open']));
	});

	test('have labels of their own, in the order of the alphabet', () => {
		const labels = (filters?.options ?? []).map((option) =>
			'displayName' in option ? option.displayName : '',
		);
		expect(new Set(labels).size).toBe(labels.length);
		expect(labels).toEqual([...labels].sort((one, other) => one.localeCompare(other, 'en')));
		expect(labels).toEqual(expect.arrayContaining(['Bounce Type', 'Reply Type', 'Emails']));
	});
});
