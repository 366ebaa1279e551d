import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { addContacts, createMailing, DRAFT, sentTo, TRIGGER } from '../../support/mailings';
import { MINUTE, NOON } from '../../support/reportsAccount';
import type { Client } from '../../support/sandboxClient';
import { clientOf, PLAIN_JSON, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;
let id: number;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	sandbox.setClock({ at: NOON });
	id = await createMailing(call, 'My trigger', '&type=trigger');
});

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ADA = 'ada@example.com';
const path = (part = '', mailing = id) => `/mailings/${mailing}/dispatching${part}`;
const elements = (parts: Record<string, unknown>) =>
	Object.entries(parts)
		.map(([name, value]) => `<${name}>${String(value)}</${name}>`)
		.join('');
const put = async (parts: Record<string, unknown>, root = 'dispatch_options', mailing = id) =>
	await call('PUT', path('', mailing), { body: `<${root}>${elements(parts)}</${root}>` });
const get = async () => (await call('GET', path())).text;
const activate = async (mailing = id) => await call('POST', path('/activate', mailing));
const deactivate = async (mailing = id) => await call('DELETE', path('', mailing));
const state = async (mailing = id) =>
	valueOf((await call('GET', `/mailings/${mailing}/state`)).text, 'state');

const SINGLE = { type: 'SINGLE', event: 44 };
const DAILY = {
	type: 'MULTI',
	target: 'CONTACTFILTER',
	contact_filter_id: 4,
	interval: 'DAY',
	hours: 8,
};

async function log(email = ADA): Promise<void> {
	await call('POST', '/transactions', {
		type: PLAIN_JSON,
		accept: PLAIN_JSON,
		body: JSON.stringify([{ typeName: 'page_log', contact: { email } }]),
	});
}

describe('a dispatching', () => {
	it('is set and read', async () => {
		expect((await call('GET', path())).status).toBe(404);
		expect(await put({ ...SINGLE, speed_level: 'HIGH', start_trigger: false })).toMatchObject({
			status: 200,
			text: '',
		});
		expect(await get()).toContain(
			'<dispatch_options><type>SINGLE</type><event>44</event><speed_level>HIGH</speed_level><delivery_limit>0</delivery_limit></dispatch_options>',
		);
		expect(await state()).toBe('draft');
	});

	it('keeps every part, and reads words without their case', async () => {
		const parts = {
			type: 'multi',
			target: 'rss',
			speed_level: 'medium',
			interval: 'month',
			day_of_month: 31,
			hours: 23,
			minutes: 59,
			contact_filter_id: 1,
			rss_feed_url: 'https://example.com/feed',
			rss_unique_feature: 'pubdate',
			rss_order_by: 'title',
			rss_order_asc: true,
			rss_min_new_entries: 2,
			delivery_limit: 3,
			delivery_limit_unit: 'week',
		};
		expect((await put(parts)).status).toBe(200);
		const upper = { type: 'MULTI', target: 'RSS', speed_level: 'MEDIUM', interval: 'MONTH' };
		expect(await get()).toContain(
			`<dispatch_options>${elements({ ...parts, ...upper })}</dispatch_options>`,
		);
		sandbox.variants.dispatchingCase = 'lower';
		expect(await get()).toContain(`<dispatch_options>${elements(parts)}</dispatch_options>`);
	});

	it('names the event in several ways, and takes each', async () => {
		await put({ type: 'SINGLE', event_id: 43, event: 43 });
		expect(valueOf(await get(), 'event')).toBe('43');
		sandbox.variants.dispatchingEvent = 'event_id';
		expect(await get()).toContain('<type>SINGLE</type><event_id>43</event_id><speed');
		sandbox.variants.dispatchingEvent = 'both';
		expect(await get()).toContain('<event>43</event><event_id>43</event_id>');
		expect((await put({ type: 'SINGLE', event: 'DOI' })).status).toBe(200);
		expect((await put({ type: 'EXTERNAL' })).status).toBe(200);
	});

	it.each([
		[{}, 'type is missing in dispatch_options'],
		[{ type: 'ONCE' }, 'type must be one of SINGLE, MULTI, EXTERNAL but was ONCE'],
		[{ type: 'SINGLE' }, 'type SINGLE needs event'],
		[{ type: 'SINGLE', event: 99 }, 'there is no transaction type 99'],
		[{ type: 'MULTI' }, 'type MULTI needs target'],
		[{ ...DAILY, interval: '' }, 'type MULTI needs interval'],
		[{ ...DAILY, target: 'EVENT' }, 'target EVENT needs event'],
		[{ ...DAILY, contact_filter_id: '' }, 'target CONTACTFILTER needs contact_filter_id'],
		[{ ...DAILY, contact_filter_id: 99 }, 'there is no contact filter 99'],
		[{ ...DAILY, hours: '' }, 'interval DAY needs hours'],
		[{ ...DAILY, interval: 'WEEK' }, 'interval WEEK needs day_of_week'],
		[{ ...DAILY, interval: 'MONTH' }, 'interval MONTH needs day_of_month'],
		[
			{ ...DAILY, interval: 'MONTH', day_of_month: 32 },
			'day_of_month must be a number from 1 to 31 but was 32',
		],
		[
			{ ...DAILY, interval: 'WEEK', day_of_week: 0 },
			'day_of_week must be a number from 1 to 7 but was 0',
		],
		[{ ...DAILY, hours: 24 }, 'hours must be a number from 0 to 23 but was 24'],
		[{ ...DAILY, rss_feed_url: 'https://a.example' }, 'rss_feed_url needs target RSS'],
		[
			{ ...DAILY, delivery_limit_unit: 'hour' },
			'delivery_limit_unit must be one of day, week, month',
		],
		[{ ...SINGLE, start_trigger: 1 }, 'start_trigger must be one of true, false but was 1'],
		[{ ...SINGLE, name: 'a' }, 'element name is not allowed in dispatch_options'],
	])('is refused: %j', async (parts, message) => {
		const reply = await put(parts);
		expect(reply.status).toBe(400);
		expect(reply.message).toContain(message);
		expect((await call('GET', path())).status).toBe(404);
	});

	it('is for triggers only', async () => {
		const reply = await put(SINGLE, 'dispatch_options', DRAFT);
		expect(reply.status).toBe(400);
		expect(reply.message).toBe(
			'this needs a mailing of type trigger but mailing 22 is of type regular',
		);
	});
});

describe('a trigger', () => {
	it('needs a dispatching before it is activated, and is sealed then', async () => {
		const early = await activate();
		expect(early.status).toBe(400);
		expect(early.message).toBe(`mailing ${id} needs a dispatching before it is activated`);
		await put(SINGLE);
		expect((await activate()).status).toBe(200);
		expect(await state()).toBe('released');
		expect((await put(SINGLE)).status).toBe(409);
		expect((await activate()).status).toBe(409);
	});

	it('starts at once where that is wanted', async () => {
		await put({ ...SINGLE, start_trigger: true });
		expect(await state()).toBe('released');
	});

	it('is deactivated and can be changed then, or is gone', async () => {
		expect((await deactivate()).status).toBe(409);
		await put({ ...SINGLE, start_trigger: true });
		expect((await deactivate()).status).toBe(200);
		expect(await state()).toBe('draft');
		expect((await put(SINGLE)).status).toBe(200);
		await activate();
		sandbox.variants.deactivatedTrigger = 'deleted';
		await deactivate();
		expect((await call('GET', `/mailings/${id}/state`)).status).toBe(404);
	});

	it('goes out when its event comes in, as long as it is active', async () => {
		await addContacts(call, ADA);
		await put({ ...SINGLE, start_trigger: true });
		await log();
		expect(sentTo(sandbox, id)).toEqual([ADA]);
		await deactivate();
		await log();
		expect(sentTo(sandbox, id)).toEqual([ADA]);
	});

	it('goes to contacts without a permission only where it ignores the permission', async () => {
		const none = 'none@example.com';
		await call('POST', '/contacts/email/none%40example.com?permission=1', { body: '<contact/>' });
		await put({ ...SINGLE, start_trigger: true });
		await log(none);
		expect(sentTo(sandbox, id)).toEqual([]);
		await deactivate();
		await call('POST', `/mailings/${id}/settings/ignorepermission`, {
			body: '<ignore_permission>true</ignore_permission>',
		});
		await activate();
		await log(none);
		sandbox.block(none);
		await log(none);
		expect(sentTo(sandbox, id)).toEqual([none]);
	});
});

describe('a mass mail', () => {
	const start = async (parts: Record<string, unknown>) =>
		await put({ ...parts, start_trigger: true });
	const runs = (milliseconds: number) =>
		sandbox.passTime(milliseconds).map(({ time }) => new Date(time).toISOString().slice(0, 16));

	beforeEach(async () => await addContacts(call, ADA));

	it.each([
		[
			{ ...DAILY, interval: 'HOUR', minutes: 30 },
			2 * HOUR,
			['2026-03-04T09:30', '2026-03-04T10:30'],
		],
		[DAILY, 2 * DAY, ['2026-03-05T08:00', '2026-03-06T08:00']],
		[
			{ ...DAILY, interval: 'WEEK', day_of_week: 1, minutes: 5 },
			14 * DAY,
			['2026-03-08T08:05', '2026-03-15T08:05'],
		],
		[
			{ ...DAILY, interval: 'MONTH', day_of_month: 31 },
			58 * DAY,
			['2026-03-31T08:00', '2026-04-30T08:00'],
		],
	])('goes out again and again: %j', async (parts, time, expected) => {
		await start(parts);
		expect(runs(time)).toEqual(expected);
		expect(sentTo(sandbox, id)).toEqual([ADA, ADA]);
	});

	it('goes to the contacts that had the event', async () => {
		await addContacts(call, 'bob@example.com');
		await log();
		await log();
		await start({ type: 'MULTI', target: 'EVENT', event: 44, interval: 'DAY', hours: 8 });
		sandbox.passTime(DAY);
		expect(sentTo(sandbox, id)).toEqual([ADA]);
	});

	it('goes to one recipient no more often than its limit allows', async () => {
		await start({ ...DAILY, delivery_limit: 2, delivery_limit_unit: 'week' });
		expect(runs(5 * DAY)).toHaveLength(5);
		expect(sentTo(sandbox, id)).toHaveLength(2);
		sandbox.passTime(5 * DAY);
		expect(sentTo(sandbox, id)).toHaveLength(4);
	});

	it('stops when it is deactivated', async () => {
		await start(DAILY);
		await deactivate();
		expect(runs(2 * DAY)).toEqual([]);
	});
});

describe('a DOI mailing', () => {
	it('works while it is active', async () => {
		const doi = await createMailing(call, 'My confirmation', '&type=doi');
		const ask = async () =>
			(
				await call('POST', `/contacts/email/new%40example.com?doi=true&doimailing=doi-${doi}`, {
					body: '<contact/>',
				})
			).status;
		expect(await ask()).toBe(400);
		expect((await activate(doi)).status).toBe(200);
		expect(await state(doi)).toBe('released');
		expect(await ask()).toBe(201);
		expect((await deactivate(doi)).status).toBe(200);
		expect(await ask()).toBe(400);
	});
});

it('a regular mailing is neither activated nor deactivated', async () => {
	expect((await activate(DRAFT)).status).toBe(400);
	expect((await deactivate(DRAFT)).status).toBe(400);
});

it('the triggers of the start have a dispatching', async () => {
	const reply = await call('GET', path('', TRIGGER));
	expect(reply.text).toContain('<type>SINGLE</type><event>42</event>');
});
