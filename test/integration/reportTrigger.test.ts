import type { IDataObject } from 'n8n-workflow';

import {
	callMethod,
	holdClock,
	openPoll,
	type PollAnswer,
	type PollSession,
} from '../support/engine';
import { operationTests } from '../support/operations';

const { sandbox, credentials, wire } = operationTests();

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = Date.UTC(2026, 2, 4, 9);
const MAILING = 21;

/** The clock of the sandbox and of the node. */
let now = START;

beforeEach(() => at(START));

function at(moment: number): void {
	now = moment;
	sandbox().setClock({ at: moment });
}

async function open(parameters: IDataObject = {}, staticData?: IDataObject): Promise<PollSession> {
	return await openPoll({
		parameters: { events: ['click'], ...parameters },
		credentials: credentials(),
		...(staticData && { staticData }),
	});
}

/** A node that was switched on now. */
async function started(parameters: IDataObject = {}): Promise<PollSession> {
	const session = await open(parameters);
	const answer = await session.poll(now);
	expect([answer.error, answer.items]).toEqual([undefined, null]);
	return session;
}

function outOf({ items, error }: PollAnswer): IDataObject[] {
	expect(error).toBeUndefined();
	return (items ?? []).map(({ json }) => json);
}

/** Contacts that are tracked, known by `seed-1@example.com` and so on. */
function seeded(): [number, number] {
	const [one, two] = sandbox().recipients.seedContacts(2);
	if (!one || !two) throw new Error('There are no contacts');
	return [one.id, two.id];
}

function click(contactId: number, moment: number, tracked = true): void {
	sandbox().recipients.record('clicks', [{ contactId, mailingId: MAILING, at: moment, tracked }]);
}

describe('polling', () => {
	it('gives nothing at first, then each event once, the oldest first', async () => {
		const [ada, bob] = seeded();
		click(ada, START - MINUTE);
		const node = await started();
		click(bob, START + 20 * SECOND);
		click(ada, START + 10 * SECOND);
		expect(outOf(await node.poll((now = START + 30 * SECOND)))).toEqual([]);
		at(START + 2 * MINUTE);
		const found = outOf(await node.poll(now));
		expect(found).toMatchObject([
			{ event: 'click', received_at: '2026-03-04T09:02:00.000Z', contact_id: ada },
			{ event: 'click', mailing_id: MAILING, email: 'seed-2@example.com' },
		]);
		expect(Object.keys(found[0] ?? {}).slice(0, 5)).toEqual([
			'event',
			'received_at',
			'timestamp',
			'mailing_id',
			'contact_id',
		]);
		at(START + 3 * MINUTE);
		expect((await node.poll(now)).items).toBeNull();
	});

	it('tells two equal clicks apart, and finds what Maileon tells late', async () => {
		const [ada] = seeded();
		const node = await started();
		const moment = START + 10 * SECOND;
		click(ada, moment);
		at(START + 2 * MINUTE);
		expect(outOf(await node.poll(now))).toHaveLength(1);
		click(ada, moment);
		at(START + 5 * MINUTE);
		expect(outOf(await node.poll(now))).toHaveLength(1);
		at(START + 6 * MINUTE);
		expect(outOf(await node.poll(now))).toEqual([]);
	});

	it('goes on after a restart with what n8n stored', async () => {
		const [ada, bob] = seeded();
		const node = await started();
		click(ada, START + 10 * SECOND);
		at(START + 2 * MINUTE);
		expect(outOf(await node.poll(now))).toHaveLength(1);
		const stored = node.staticData();
		click(bob, START + 3 * MINUTE);
		at(START + 3 * 24 * 60 * MINUTE);
		const restarted = await open({}, stored);
		expect(outOf(await restarted.poll(now))).toMatchObject([{ contact_id: bob }]);
		expect(outOf(await restarted.poll(now + MINUTE))).toEqual([]);
	});

	it('reads several kinds, each with its own filters and flag', async () => {
		const [ada] = seeded();
		const node = await started({
			events: ['open', 'click', 'block', 'sent', 'doi', 'conversion'],
			mailing: { __rl: true, mode: 'id', value: '21' },
			filters: { linkTags: 'offer', contactIds: String(ada) },
			standardFields: ['FIRSTNAME'],
		});
		expect(wire().map(([, url]) => url.replace(/(from|to)_date=\d+&/g, ''))).toEqual([
			`/1.0/reports/opens/count?mailing_id=21&ids=${ada}&exclude_anonymous_opens=true`,
			`/1.0/reports/clicks/count?mailing_id=21&ids=${ada}&link_tag=offer&exclude_anonymous_clicks=true`,
			`/1.0/reports/blocks/count?ids=${ada}&exclude_anonymous_blocks=true`,
			`/1.0/reports/recipients/count?mailing_id=21&ids=${ada}&exclude_deleted_recipients=false`,
			`/1.0/reports/subscribers/count?mailing_id=21&ids=${ada}&exclude_anonymous_contacts=true`,
			`/1.0/reports/analytics/conversions/count?mailing_id=21&ids=${ada}`,
		]);
		const { recipients } = sandbox();
		const who = { contactId: ada, mailingId: MAILING };
		recipients.record('opens', [{ ...who, at: START + SECOND }]);
		recipients.record('blocks', [{ contactId: ada, at: START + 2 * SECOND }]);
		recipients.record('recipients', [{ ...who, at: START + 3 * SECOND }]);
		recipients.record('conversions', [{ ...who, at: START + 4 * SECOND }]);
		at(START + 2 * MINUTE);
		const found = outOf(await node.poll(now));
		expect(found.map(({ event }) => event)).toEqual(['open', 'block', 'sent', 'conversion']);
		const page = wire().find(([, url]) => url.includes('/reports/opens?'))?.[1];
		expect(page).toContain('page_index=1&page_size=1000&');
		expect(page).toContain('standard_field=FIRSTNAME');
		expect(wire().some(([, url]) => url.includes('embed_contact_hash'))).toBe(false);
	});

	it('gives what Maileon says itself where it is not to simplify', async () => {
		const [ada] = seeded();
		const node = await started({ simplify: false });
		click(ada, START + SECOND);
		at(START + 2 * MINUTE);
		expect(outOf(await node.poll(now))).toMatchObject([
			{ event: 'click', contact: { id: ada, email: 'seed-1@example.com' } },
		]);
	});

	it('leaves anonymous people out unless they are asked for', async () => {
		const [ada] = seeded();
		const without = await started();
		const including = await started({ options: { includeAnonymous: true } });
		click(ada, START + SECOND, false);
		at(START + 2 * MINUTE);
		expect(outOf(await without.poll(now))).toEqual([]);
		expect(outOf(await including.poll(now))).toMatchObject([{ event: 'click', anonymous: true }]);
		expect(outOf(await including.poll(now + MINUTE))).toEqual([]);
	});

	it('keeps to its options', async () => {
		const [ada] = seeded();
		click(ada, START - 30 * MINUTE);
		click(ada, START - 20 * MINUTE);
		click(ada, START - 10 * MINUTE);
		const node = await started({
			options: { startFrom: '2026-03-04T08:35:00Z', mostEvents: 1, delay: 5, lookBack: 0 },
		});
		expect(outOf(await node.poll(now))).toMatchObject([{ timestamp: '2026-03-04 08:40:00' }]);
		expect(outOf(await node.poll(now))).toMatchObject([{ timestamp: '2026-03-04 08:50:00' }]);
		click(ada, START + MINUTE);
		at(START + 2 * MINUTE);
		expect(outOf(await node.poll(now))).toEqual([]);
		at(START + 7 * MINUTE);
		expect(outOf(await node.poll(now))).toHaveLength(1);
	});

	it('starts anew when its filters have changed, and says so', async () => {
		const [ada] = seeded();
		const node = await started();
		click(ada, START + SECOND);
		at(START + 2 * MINUTE);
		const changed = await open({ filters: { linkIds: '9001' } }, node.staticData());
		const answer = await changed.poll(now);
		expect(answer.items).toBeNull();
		expect(answer.logs).toMatchObject([
			{ level: 'warn', message: expect.stringMatching(/^Maileon Report Trigger: .*starts anew/) },
		]);
		at(START + 4 * MINUTE);
		expect((await changed.poll(now)).items).toBeNull();
	});

	it('works a burst off in pieces', async () => {
		const node = await started({ options: { mostEvents: 900 } });
		sandbox().recipients.seed('clicks', { count: 2_500, from: START, to: START + 10 * MINUTE });
		at(START + 20 * MINUTE);
		const given: IDataObject[] = [];
		for (let poll = 0; poll < 8 && given.length < 2_500; poll += 1) {
			const some = outOf(await node.poll(now));
			expect(some.length).toBeLessThanOrEqual(900);
			given.push(...some);
		}
		expect(new Set(given.map(({ timestamp, msg_id: id }) => `${timestamp} ${id}`)).size).toBe(
			2_500,
		);
		expect(given).toHaveLength(2_500);
		const times = given.map(({ timestamp }) => String(timestamp));
		expect(times).toEqual([...times].sort());
		expect(outOf(await node.poll(now))).toEqual([]);
	});
});

describe('faults', () => {
	it('leave everything to the next poll, with a line in the log', async () => {
		const clock = await holdClock();
		try {
			const [ada] = seeded();
			const node = await started();
			const before = node.staticData();
			click(ada, START + SECOND);
			at(START + 2 * MINUTE);
			const body = '<error><message>maintenance</message></error>';
			sandbox().fail({ path: '/reports/clicks', status: 503, times: 10, body });
			const answer = await node.poll(now);
			expect([answer.error, answer.items]).toEqual([undefined, null]);
			expect(answer.logs).toMatchObject([
				{
					level: 'warn',
					message: expect.stringMatching(
						/^Maileon Report Trigger: The reports could not be read: Maileon .*maintenance.*\. The next poll tries again and loses nothing\.$/,
					),
				},
			]);
			expect(node.staticData()).toEqual(before);
			sandbox().clearFaults();
			expect(outOf(await node.poll(now))).toHaveLength(1);
		} finally {
			clock.release();
		}
	});

	it('of one kind hold up no other', async () => {
		const [ada] = seeded();
		const node = await started({ events: ['click', 'open'] });
		click(ada, START + SECOND);
		at(START + 2 * MINUTE);
		sandbox().fail({ path: '/reports/opens/count', status: 403, times: 1 });
		const answer = await node.poll(now);
		expect(outOf(answer)).toHaveLength(1);
		expect(answer.logs).toMatchObject([
			{ level: 'warn', message: expect.stringContaining('The API key lacks the right') },
		]);
	});

	it('tell on the first poll in words what to do', async () => {
		const wrongKey = await openPoll({
			parameters: { events: ['click'] },
			credentials: { ...credentials(), apiKey: 'wrong' },
		});
		const refused = await wrongKey.poll(now);
		expect(refused.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(/^Maileon refused the API key\. Check the key/),
		});
		expect(wrongKey.staticData()).not.toHaveProperty(['node:Maileon Report Trigger', 'reports']);
		const clock = await holdClock();
		try {
			sandbox().fail({ path: '/reports/clicks/count', status: 503, times: 10 });
			const down = await (await open()).poll(now);
			expect(down.error?.message).toMatch(/^Maileon could not process the request/);
		} finally {
			clock.release();
		}
	});

	it('that last are told later, too', async () => {
		const node = await started();
		sandbox().fail({ path: '/reports/clicks/count', status: 401, times: 1 });
		const answer = await node.poll(now + 2 * MINUTE);
		expect(answer.error?.message).toMatch(/^Maileon refused the API key\./);
	});

	it.each<[IDataObject, RegExp]>([
		[{ events: [] }, /^No event is chosen\. Choose what has to happen/],
		[{ events: ['open', 'sneeze'] }, /^Events holds an unknown event\. Choose from block, bounce/],
		[{ mailing: { __rl: true, mode: 'id', value: 'x' } }, /^Mailing must be a number/],
		[{ options: { lookBack: -1 } }, /^Look Back must be a whole number from 0/],
		[{ options: { startFrom: 'soon' } }, /^Start From/],
	])('of a person are told before anything is asked: %j', async (parameters, message) => {
		const answer = await (await open(parameters)).poll(now);
		expect(answer.error?.message).toMatch(message);
		expect(wire()).toEqual([]);
	});
});

describe('Fetch Test Event', () => {
	it('gives the newest ten of the last 30 days and remembers nothing', async () => {
		const [ada] = seeded();
		const day = 24 * 60 * MINUTE;
		click(ada, START - 31 * day);
		for (let index = 1; index <= 12; index += 1) click(ada, START - index * day);
		const node = await open();
		const found = outOf(await node.poll(now, 'manual'));
		expect(found).toHaveLength(10);
		expect(found[0]).toMatchObject({ event: 'click', timestamp: '2026-02-22 09:00:00' });
		expect(found.at(-1)).toMatchObject({ timestamp: '2026-03-03 09:00:00' });
		expect(JSON.stringify(node.staticData())).not.toContain('reports');
	});

	it('says in words that nothing happened', async () => {
		const answer = await (await open()).poll(now, 'manual');
		expect(answer.error?.message).toMatch(
			/^Nothing of the kind happened in the last 30 days\. Change the events/,
		);
	});
});

it('lists mailings for the editor', async () => {
	const { results } = await callMethod('listSearch', 'searchMailings', {
		type: 'maileonReportTrigger',
		credentials: credentials(),
	});
	expect(results).not.toEqual([]);
});
