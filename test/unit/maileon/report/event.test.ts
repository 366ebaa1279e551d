import {
	EVENT_KINDS,
	identityOf,
	oldestFirst,
	type EventKind,
	type ReportEvent,
} from '../../../../nodes/Maileon/maileon/report/event';

const click = (data: Record<string, unknown>): ReportEvent => ({
	kind: 'click',
	data: {
		timestamp: '2026-03-04 09:15:30',
		contact: { id: 1001, email: 'ada@example.com' },
		mailing_id: 501,
		link_id: 9001,
		...data,
	},
});

describe('identityOf', () => {
	it.each<[string, Record<string, unknown>]>([
		['time', { timestamp: '2026-03-04 09:15:31' }],
		['message', { msg_id: 7 }],
		['contact', { contact: { id: 1002 } }],
		['mailing', { mailing_id: 502 }],
		['link', { link_id: 9002 }],
	])('differs by %s', (_, data) => {
		expect(identityOf(click(data))).not.toBe(identityOf(click({})));
	});

	it('differs by kind', () => {
		const one = new Set(EVENT_KINDS.map((kind) => identityOf({ ...click({}), kind })));
		expect(one.size).toBe(EVENT_KINDS.length);
	});

	it.each<[string, Record<string, unknown>]>([
		['an address that changed', { contact: { id: 1001, email: 'other@example.com' } }],
		['a number as text', { mailing_id: '501' }],
		['what a request can ask for besides', { client: { os_name: 'X' }, link_tags: ['a'] }],
	])('is the same with %s', (_, data) => {
		expect(identityOf(click(data))).toBe(identityOf(click({})));
	});

	it.each<[EventKind, Record<string, unknown>, Record<string, unknown>]>([
		['block', { new_status: 'blocked' }, { new_status: 'allowed' }],
		['bounce', { type: 'permanent' }, { type: 'transient' }],
		['conversion', { contact_id: 1, value: '9.90' }, { contact_id: 1, value: '8.90' }],
		['conversion', { contact_id: 1 }, { contact_id: 2 }],
		['open', { contact_hash: 'a' }, { contact_hash: 'b' }],
		['open', { contact: { id: 5 } }, { contact_hash: '5' }],
		['unsubscription', { contact: { email: 'a@b.c' } }, { contact: { email: 'd@b.c' } }],
	])('tells events of the kind %s apart', (kind, one, other) => {
		expect(identityOf({ kind, data: one })).not.toBe(identityOf({ kind, data: other }));
	});

	it.each(EVENT_KINDS)('takes an empty entry of the kind %s', (kind) => {
		const empty = identityOf({ kind, data: {} });
		expect(identityOf({ kind, data: { contact: null, timestamp: null } })).toBe(empty);
	});
});

describe('oldestFirst', () => {
	it('sorts by time and keeps the order of equal times', () => {
		const events = [
			click({ timestamp: '2026-03-04 09:15:31', name: 1 }),
			click({ timestamp: '1772615730000', timestamp_sql: '2026-03-04 09:15:30', name: 2 }),
			click({ timestamp: '2026-03-04 09:15:31', name: 3 }),
			click({ timestamp: '2026-03-03 10:00:00', name: 4 }),
			click({ timestamp: undefined, name: 5 }),
		];
		expect(oldestFirst(events).map(({ data }) => data.name)).toEqual([5, 4, 2, 1, 3]);
	});
});
