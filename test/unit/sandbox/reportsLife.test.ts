import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Client } from '../../support/sandboxClient';
import { clientOf, PLAIN_JSON } from '../../support/sandboxClient';
import { all, fillAccount, MINUTE, NOON, root } from '../../support/reportsAccount';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => await fillAccount(sandbox, call));

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const read = async (path: string) => root((await call('GET', `/reports/${path}`)).text);

interface ControlReply {
	status: number;
	result?: Record<string, unknown>;
	error?: string;
}

async function control(name: string, input: object = {}): Promise<ControlReply> {
	const response = await fetch(`${sandbox.url}/control/${name}`, {
		method: 'POST',
		body: JSON.stringify(input),
	});
	return { status: response.status, ...((await response.json()) as Omit<ControlReply, 'status'>) };
}

describe('what happens is told by reports', () => {
	it('a DOI mail and its confirmation', async () => {
		await call('POST', '/contacts/email/new%40example.com?permission=1&doi=true&doiplus=true', {
			body: '<contact/>',
		});
		const [mail] = sandbox.mails;
		expect(mail).toMatchObject({ kind: 'doi+', mailingId: 11, sent: NOON });
		expect(all(await read('recipients?mailing_id=11'), 'msg_id')).toEqual([String(mail?.msgId)]);
		expect(await read('subscribers')).toBe('<subscribers/>');
		await control('confirm', { email: 'new@example.com', at: NOON + MINUTE });
		await control('confirm', { email: 'new@example.com', at: NOON + MINUTE });
		const subscribers = await read('subscribers?mailing_id=11');
		expect(all(subscribers, 'timestamp')).toEqual(['2026-03-04 09:16:30']);
		expect(subscribers).toContain('<email>new@example.com</email>');
	});

	it('the mail of a contact event, with its transaction', async () => {
		const send = async (type: string, content: object) =>
			await call('POST', '/transactions', {
				type: PLAIN_JSON,
				accept: PLAIN_JSON,
				body: JSON.stringify([{ typeName: type, contact: { email: ADA }, content }]),
			});
		await send('shop_order', { 'order.id': '1', transaction_id: 'T-1' });
		await send('page_log', { text: 'x' });
		expect(sandbox.mails).toMatchObject([{ mailingId: 31 }, { mailingId: null }]);
		const recipients = await read('recipients?embed_transaction_id=true');
		expect(recipients).toContain('<mailing_id>31</mailing_id>');
		expect(recipients).toContain('<mailing_id nil="true"/>');
		expect(all(recipients, 'transaction_id')).toEqual([
			'T-1',
			String(sandbox.account.transactions[1]?.txId),
		]);
		await control('click', { msgId: sandbox.mails[0]?.msgId });
		const clicks = await read('clicks?embed_transaction_id=true');
		expect(all(clicks, 'transaction_id')).toEqual(['T-1']);
		expect(all(clicks, 'link_url')).toEqual(['https://shop.example.com/order']);
	});

	it('a mailing that goes out to those who may get it, and what they do with it', async () => {
		expect(await control('sendMailing', { id: 22 })).toMatchObject({ result: { mails: 2 } });
		expect(sandbox.account.mailings.get(22)).toMatchObject({
			state: 'done',
			scheduleTime: new Date(NOON),
		});
		expect(await control('open', { email: ADA, deviceType: 'MOBILE', at: NOON + 1000 })).toEqual({
			status: 200,
			result: {
				at: NOON + 1000,
				contactId: 1001,
				tracked: true,
				mailingId: 22,
				msgId: sandbox.mails[0]?.msgId,
			},
		});
		await control('click', { email: ADA, mailingId: 22, link: 'https://shop.example.com/news' });
		await control('reply', { email: ADA, type: 'out_of_office_vacation' });
		await control('convert', { email: ADA, value: 12, site: { id: 7, name: 'Blog' } });
		expect(all(await read('opens?device_type=MOBILE'), 'timestamp')).toEqual([
			'2026-03-04 09:15:31',
		]);
		expect(all(await read('clicks?link_id=9221'), 'mailing_id')).toEqual(['22']);
		expect(all(await read('replies'), 'type')).toEqual(['out_of_office_vacation']);
		const conversions = await read('analytics/conversions?site_ids=7');
		expect(all(conversions, 'value')).toEqual(['12']);
		expect(all(conversions, 'mailing_sent_date')).toEqual([String(NOON)]);
	});

	it('a bounce, the block that follows, and its end', async () => {
		await control('bounce', { email: ADA, type: 'transient', statusCode: '4.4.1' });
		expect(await read('blocks')).toBe('<blocks/>');
		await control('bounce', { email: ADA });
		await control('bounce', { email: ADA });
		expect(all(await read('bounces'), 'status_code')).toEqual(['4.4.1', '5.1.1', '5.1.1']);
		await control('unblock', { email: ADA, at: NOON + MINUTE });
		await control('unblock', { email: ADA });
		await control('block', { email: ADA, reason: 'blacklist', at: NOON + 2 * MINUTE });
		const blocks = await read('blocks');
		expect(all(blocks, 'new_status')).toEqual(['blocked', 'allowed', 'blocked']);
		expect(all(blocks, 'reason')).toEqual(['bounce_policy', 'bounce_policy', 'blacklist']);
	});

	it('an unsubscription by a link, after which the events are anonymous', async () => {
		await control('sendMailing', { id: 21, emails: [ADA] });
		await control('click', { email: ADA });
		await control('unsubscribe', { email: ADA, reasons: ['no_demand'] });
		const unsubscriptions = await read('unsubscriptions?source=link');
		expect(all(unsubscriptions, 'email')).toEqual([ADA]);
		expect(all(unsubscriptions, 'mailing_id')).toEqual(['21']);
		expect(all(await read('unsubscriptions/reasons'), 'reason')).toEqual(['no_demand']);
		expect(await read('clicks')).toBe('<clicks/>');
		expect(await read('clicks?exclude_anonymous_clicks=false')).toContain(
			'<contact anonymous="true"/>',
		);
		expect(all(await read('mailing_summaries?mailing_id=21'), 'clicks_unique')).toEqual(['1']);
	});

	it('an unsubscription by the API, of a mailing or of none, and reasons given later', async () => {
		await call(
			'DELETE',
			'/contacts/email/ada%40example.com/unsubscribe?mailingId=21&reason=other%7Cmoved',
		);
		await call('DELETE', '/contacts/email/bob%40example.com/unsubscribe');
		await call(
			'PUT',
			'/contacts/contact/unsubscribe/reasons?id=1002&ignore_checksum=true&reason=no_demand',
		);
		const unsubscriptions = await read('unsubscriptions?source=other');
		expect(all(unsubscriptions, 'email')).toEqual([ADA, BOB]);
		expect(all(unsubscriptions, 'mailing_id')).toEqual(['21']);
		expect(all(await read('unsubscriptions/reasons'), 'reason')).toEqual(['moved', 'no_demand']);
	});

	it('an unsubscription that is carried out later', async () => {
		sandbox.variants.unsubscribeLater = true;
		await call('DELETE', '/contacts/email/ada%40example.com/unsubscribe');
		expect(await read('unsubscriptions')).toBe('<unsubscriptions/>');
		await sandbox.settleUnsubscriptions();
		expect(all(await read('unsubscriptions'), 'email')).toEqual([ADA]);
	});

	it('unsubscribers as the account says: without a name, or with their fields', async () => {
		sandbox.account.anonymousUnsubscribers = true;
		await control('unsubscribe', { email: BOB });
		expect(await read('unsubscriptions')).toContain('<contact anonymous="true"/>');
		sandbox.account.anonymousUnsubscribers = false;
		sandbox.account.keepsUnsubscriberFields = true;
		await control('unsubscribe', { email: ADA });
		expect(await read('unsubscriptions?standard_field=FIRSTNAME&custom_field=COLOR')).toContain(
			'<value>Ada</value></field></standard_fields><custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields>',
		);
	});

	it('a contact that was filtered', async () => {
		await control('filter', { email: ADA, mailingId: 21, cause: 'blacklist' });
		const filtered = await read('filtered_contacts?mailing_id=21');
		expect(all(filtered, 'cause')).toEqual(['blacklist']);
		expect(all(filtered, 'email')).toEqual([ADA]);
	});

	it('nothing more after a new start', async () => {
		await control('sendMailing', { id: 21 });
		await control('reset');
		expect(await read('recipients')).toBe('<recipients/>');
	});
});

describe('the controls', () => {
	it('add and change mailings', async () => {
		const { result } = await control('addMailing', {
			name: 'Autumn',
			tags: ['sale'],
			links: [{ url: 'https://a.example/', tags: ['a'] }, { type: 'ICAL' }],
		});
		const id = Number(result?.id);
		expect(sandbox.account.mailings.get(id)).toMatchObject({
			name: 'Autumn',
			subject: 'Autumn',
			type: 'regular',
			state: 'draft',
			links: [
				{ type: 'STANDARD', url: 'https://a.example/', tags: ['a'] },
				{ type: 'ICAL', url: null },
			],
		});
		await control('changeMailing', {
			id,
			state: 'archived',
			name: 'Fall',
			scheduleTime: '2026-01-01T00:00:00Z',
		});
		expect(sandbox.account.mailings.get(id)).toMatchObject({
			name: 'Fall',
			state: 'archived',
			tags: ['sale'],
			scheduleTime: new Date(Date.UTC(2026, 0, 1)),
		});
	});

	it('record events exactly as given', async () => {
		const events = [
			{ email: ADA, mailingId: 21, at: NOON + 1, link: 9211 },
			{ contactId: 1003, mailingId: 21, at: '2026-03-04T09:15:00Z', msgId: 5 },
			{ email: ADA, mailingId: 21, at: NOON + 1, link: 9211 },
		];
		expect(await control('record', { kind: 'clicks', events })).toMatchObject({
			result: { total: 3 },
		});
		const clicks = await read('clicks');
		expect(all(clicks, 'id')).toEqual(['1003', '1001', '1001']);
		expect(all(clicks, 'msg_id')).toEqual(['5', '1001000021', '1001000021']);
	});

	it.each([
		'recipients',
		'opens',
		'clicks',
		'bounces',
		'blocks',
		'subscribers',
		'unsubscriptions',
		'conversions',
		'filteredContacts',
		'replies',
	])('make up %s', async (kind) => {
		const span = { from: NOON - MINUTE, to: NOON };
		const seeded = await control('seed', { kind, count: 6, contacts: 3, ...span });
		expect(seeded).toMatchObject({ result: { total: 6 } });
		const times = sandbox.account.happenings
			.timeline(kind as 'opens')
			.all.map(({ time, contact }) => [time - NOON, contact.email]);
		expect(times).toEqual(
			[-60, -50, -40, -30, -20, -10].map((after, index) => [
				after * 1000,
				`seed-${(index % 3) + 1}@example.com`,
			]),
		);
	});

	it('make up anonymous events and whole seconds', async () => {
		await control('seed', {
			kind: 'opens',
			count: 4,
			contacts: 1,
			mailingIds: [21, 22],
			anonymousEvery: 2,
			wholeSeconds: true,
			from: NOON,
			to: NOON + 2000,
		});
		const opens = sandbox.account.happenings.timeline('opens').all;
		expect(opens.map(({ tracked, mailingId }) => [tracked, mailingId])).toEqual([
			[true, 21],
			[false, 22],
			[true, 21],
			[false, 22],
		]);
		expect(opens.map(({ time }) => time - NOON + 250)).toEqual([0, 0, 1000, 1000]);
	});

	it('move the clock', async () => {
		expect(await control('clock')).toMatchObject({ result: { now: NOON } });
		expect(await control('clock', { advance: MINUTE })).toMatchObject({
			result: { now: NOON + MINUTE, iso: '2026-03-04T09:16:30.250Z' },
		});
		await control('clock', { at: '2026-05-01T00:00:00Z' });
		expect(sandbox.account.now()).toEqual(new Date(Date.UTC(2026, 4, 1)));
		await control('clock', { at: NOON, running: true });
		const later = sandbox.account.now().getTime() - NOON;
		expect(later).toBeGreaterThanOrEqual(0);
		expect(later).toBeLessThan(MINUTE);
		await control('clock', { real: true });
		expect(Math.abs(sandbox.account.now().getTime() - Date.now())).toBeLessThan(MINUTE);
	});

	it.each([
		['open', {}, 'there is no contact without a name'],
		['open', { email: 'x@example.com' }, 'there is no contact x@example.com'],
		['open', { email: ADA }, 'the contact got no such mail'],
		['open', { msgId: 5 }, 'there is no mail 5'],
		['open', { email: ADA, format: 'pdf' }, 'format must be one of html, text'],
		['click', { email: ADA, device: 'MOBILE' }, 'unknown key device'],
		['bounce', { email: ADA, type: 'hard' }, 'type must be one of permanent, transient'],
		['record', { kind: 'opens' }, 'events is missing'],
		[
			'record',
			{ kind: 'open', events: [] },
			'kind must be one of recipients, opens, clicks, bounces, blocks, subscribers, unsubscriptions, conversions, filteredContacts, replies',
		],
		[
			'record',
			{ kind: 'clicks', events: [{ email: ADA, mailingId: 21, link: 5 }] },
			'mailing 21 has no link 5',
		],
		[
			'record',
			{ kind: 'opens', events: [{ email: ADA, at: 'noon' }] },
			'at must be a moment: epoch milliseconds or an ISO date',
		],
		['seed', { kind: 'opens' }, 'count is missing'],
		['sendMailing', { id: 99 }, 'there is no mailing 99'],
		['addMailing', {}, 'name is missing'],
		['clock', { at: true }, 'at must be a moment: epoch milliseconds or an ISO date'],
		['constructor', {}, undefined],
	])('refuse %s %j', async (name, input, error) => {
		const reply = await control(name, input);
		expect(reply.status).toBe(error === undefined ? 404 : 400);
		if (error !== undefined) expect(reply.error).toBe(error);
		expect(sandbox.account.happenings.timeline('opens')).toHaveLength(0);
		expect(sandbox.account.happenings.timeline('bounces')).toHaveLength(0);
	});
});

describe('the page', () => {
	it('gets mailings and the latest events', async () => {
		await control('sendMailing', { id: 21, emails: [ADA] });
		await control('click', { email: ADA, at: NOON + 1 });
		const state = (await (await fetch(`${sandbox.url}/state`)).json()) as Record<string, unknown>;
		expect(state).toMatchObject({
			happenings: { recipients: 1, clicks: 1, opens: 0 },
			latest: [
				{ kind: 'recipients', email: ADA },
				{ kind: 'clicks', email: ADA, about: { mailingId: 21, link: { id: 9210 } } },
			],
		});
		expect(state.mailings).toContainEqual(
			expect.objectContaining({ id: 21, recipients: 1, opens: 0, clicks: 1 }),
		);
	});
});
