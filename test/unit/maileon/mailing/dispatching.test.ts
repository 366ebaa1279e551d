import {
	dispatchingDocument,
	type Dispatching,
	type Occasion,
} from '../../../../nodes/Maileon/maileon/mailing/dispatching';

const DAILY = { interval: 'DAY', hours: 6, minutes: 0 } as const;

/** The parts of a document, in their order. */
function partsOf(dispatching: Dispatching): string[] {
	const document = dispatchingDocument(dispatching);
	expect(document).toMatch(
		/^<\?xml version="1.0" encoding="UTF-8"\?><dispatch_options>.*<\/dispatch_options>$/,
	);
	return [...document.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(
		([, name, value]) => `${name} ${value}`,
	);
}

describe('a dispatching', () => {
	test.each<[string, Occasion, string[]]>([
		['one mail for each event', { kind: 'event', event: '17' }, ['type SINGLE', 'event 17']],
		[
			'a mass mail to the contacts of an event',
			{ kind: 'contactsOfEvent', event: '17', interval: { interval: 'HOUR', minutes: 15 } },
			['type MULTI', 'event 17', 'target EVENT', 'interval HOUR', 'minutes 15'],
		],
		[
			'a mass mail to the contacts of a filter',
			{ kind: 'contactFilter', contactFilterId: '12', interval: DAILY },
			[
				'type MULTI',
				'target CONTACTFILTER',
				'interval DAY',
				'hours 6',
				'minutes 0',
				'contact_filter_id 12',
			],
		],
		[
			'news of a feed',
			{
				kind: 'feed',
				contactFilterId: '12',
				interval: { interval: 'WEEK', dayOfWeek: 1, hours: 0 },
				feed: { url: 'https://shop.example.com/a?b=1&c=2', minNewEntries: 3, ascending: false },
			},
			[
				'type MULTI',
				'target RSS',
				'interval WEEK',
				'day_of_week 1',
				'hours 0',
				'contact_filter_id 12',
				'rss_feed_url https://shop.example.com/a?b=1&amp;c=2',
				'rss_order_asc false',
				'rss_min_new_entries 3',
			],
		],
	])('of %s', (_what, occasion, parts) => {
		expect(partsOf({ occasion })).toEqual([...parts, 'start_trigger false']);
	});

	test('with its speed, its limit and everything of a feed', () => {
		expect(
			partsOf({
				occasion: {
					kind: 'feed',
					contactFilterId: '12',
					interval: { interval: 'MONTH', dayOfMonth: 31, hours: 23, minutes: 59 },
					feed: { url: 'https://a.example', uniqueFeature: 'link', orderBy: 'title' },
				},
				speedLevel: 'HIGH',
				deliveryLimit: 0,
				deliveryLimitUnit: 'week',
			}),
		).toEqual([
			'type MULTI',
			'target RSS',
			'speed_level HIGH',
			'interval MONTH',
			'day_of_month 31',
			'hours 23',
			'minutes 59',
			'contact_filter_id 12',
			'rss_feed_url https://a.example',
			'rss_unique_feature link',
			'rss_order_by title',
			'delivery_limit 0',
			'delivery_limit_unit week',
			'start_trigger false',
		]);
	});
});
