import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import {
	addContacts,
	createMailing,
	DRAFT,
	idOf,
	SENT,
	sentTo,
	TRIGGER,
} from '../../support/mailings';
import { all, MINUTE, NOON } from '../../support/reportsAccount';
import type { Client } from '../../support/sandboxClient';
import { clientOf, PLAIN_JSON, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.reset();
	sandbox.setClock({ at: NOON });
});

const SECOND = 1000;
const [ADA, BOB, EVE] = ['ada@example.com', 'bob@example.com', 'eve@example.com'];
const get = async (id: number, part: string) => {
	const { text } = await call('GET', `/mailings/${id}/${part}`);
	return valueOf(text, part.split('/').at(-1) ?? '');
};
const set = async (id: number, part: string, body: string) =>
	await call('POST', `/mailings/${id}/${part}`, { body });
const stored = (id: number) => sandbox.recipients.mailing(id);

describe('create', () => {
	it('makes a draft with the defaults of the account, under the name of the key', async () => {
		const reply = await call('POST', '/mailings?name=My+news&subject=Hello+%F0%9F%8E%89+%3C%3E');
		expect(reply.status).toBe(201);
		const id = idOf(reply);
		expect(stored(id)).toMatchObject({
			name: 'My news',
			subject: 'Hello 🎉 <>',
			type: 'regular',
			state: 'draft',
			editor: 'cms2',
			sender: 'newsletter@news.example.com',
			template: 'default folder/Newsletter',
			html: expect.stringContaining('Our newsletter'),
			text: 'Our newsletter\n',
			targetGroupId: 1,
		});
		expect(await get(id, 'author')).toMatch(/^API-[0-9a-f]{8}$/);
		expect(stored(await createMailing(call, 'More news')).creator).toBe(stored(id).creator);
		sandbox.addKey('other', ['POST']);
		const other = await call('POST', '/mailings?name=Other&subject=a', { key: 'other' });
		expect(stored(idOf(other)).creator).not.toBe(stored(id).creator);
	});

	it.each([
		['1', 'cms1'],
		['v1', 'cms1'],
		['2', 'cms2'],
		['v2', 'cms2'],
	])('with the editor %s', async (version, editor) => {
		const id = await createMailing(call, 'News', `&editorVersion=${version}`);
		expect(stored(id).editor).toBe(editor);
	});

	it.each(['regular', 'trigger', 'doi'])('of type %s', async (type) => {
		expect(await get(await createMailing(call, 'News', `&type=${type}`), 'type')).toBe(type);
	});

	it.each([
		['name=News', 'query parameter subject is missing'],
		['subject=a', 'query parameter name is missing'],
		['name=ab&subject=a', 'name must have 3 to 64 characters but had 2'],
		['name=Spring+sale&subject=a', 'mailing with name Spring sale exists already'],
		['name=News&subject=a%0Ab', 'subject must not have control characters'],
		[
			'name=News&subject=a&type=newsletter',
			'type must be one of regular, trigger, doi but was newsl',
		],
		['name=News&subject=a&editorVersion=', 'editorVersion must be one of 1, 2, v1, v2 but was '],
		['name=News&subject=a&sender=b', 'unknown query parameter sender'],
	])('refuses %s', async (query, message) => {
		const before = sandbox.account.mailings.size;
		const reply = await call('POST', `/mailings?${query}`);
		expect(reply.status).toBe(400);
		expect(reply.message).toContain(message);
		expect(sandbox.account.mailings.size).toBe(before);
	});

	it('takes no body', async () => {
		const reply = await call('POST', '/mailings?name=News&subject=a', { body: '<mailing/>' });
		expect(reply.status).toBe(400);
	});
});

describe('copy', () => {
	it('is a draft with everything but the schedule and the checks', async () => {
		const id = await createMailing(call, 'News');
		await set(id, 'settings/tags', '<tags>a#b</tags>');
		const html = '<a href="https://shop.example.com/">Shop</a>';
		await call('POST', `/mailings/${id}/contents/html?doLinkTracking=true`, {
			body: html,
			type: 'text/html',
			accept: 'text/html',
		});
		await call('POST', `/mailings/${id}/attachments?filename=a.txt`, {
			body: 'a',
			type: 'text/plain',
		});
		await set(
			id,
			'settings/properties',
			'<properties><property><key>k</key><value>v</value></property></properties>',
		);
		await call('POST', `/mailings/${id}/mailingblacklists/1`);
		await call('PUT', `/mailings/${id}/schedule?date=2026-03-05&hours=08&minutes=00`);
		const reply = await call('POST', `/mailings/${id}/copy`);
		expect(reply.status).toBe(201);
		const [original, copy] = [stored(id), stored(idOf(reply))];
		expect(copy).toMatchObject({
			name: 'Copy of News',
			state: 'draft',
			tags: ['a', 'b'],
			text: original.text,
			attachments: [{ filename: 'a.txt', bytes: Buffer.from('a') }],
			properties: new Map([['k', 'v']]),
			blacklistIds: new Set([1]),
			schedule: null,
			scheduleTime: null,
			links: [{ url: 'https://shop.example.com/' }],
		});
		expect(copy.attachments[0]?.id).not.toBe(original.attachments[0]?.id);
		expect(copy.html).toContain(`/link/${copy.links[0]?.id}"`);
		expect(copy.links[0]?.id).not.toBe(original.links[0]?.id);
	});

	it('of a sent mailing, and of a copy', async () => {
		const first = idOf(await call('POST', `/mailings/${SENT}/copy`));
		const second = idOf(await call('POST', `/mailings/${SENT}/copy`));
		expect(await get(first, 'name')).toBe('Copy of Spring sale');
		expect(await get(second, 'name')).toBe('Copy 2 of Spring sale');
		expect(await get(first, 'state')).toBe('draft');
		expect(sandbox.account.happenings.sumsOf(first)).toBeUndefined();
	});

	it('has other words and another status where the variants say so', async () => {
		Object.assign(sandbox.variants, { copyName: 'after', copyStatus: 200 });
		const reply = await call('POST', `/mailings/${SENT}/copy`);
		expect(reply.status).toBe(200);
		expect(await get(idOf(reply), 'name')).toBe('Spring sale Copy');
	});

	it('keeps within the length of names, and gives a DOI mailing a key of its own', async () => {
		const id = await createMailing(call, 'x'.repeat(64), '&type=doi');
		const copy = idOf(await call('POST', `/mailings/${id}/copy`));
		expect(await get(copy, 'name')).toBe('Copy of mailing');
		expect(await get(copy, 'settings/doi_key')).toBe(`doi-${copy}`);
	});
});

describe('delete', () => {
	it('takes a mailing away', async () => {
		expect((await call('DELETE', `/mailings/${DRAFT}`)).status).toBe(200);
		expect((await call('GET', `/mailings/${DRAFT}/name`)).status).toBe(404);
		expect((await call('DELETE', `/mailings/${DRAFT}`)).status).toBe(404);
	});

	it('refuses an active trigger', async () => {
		const reply = await call('DELETE', `/mailings/${TRIGGER}`);
		expect(reply.status).toBe(409);
		expect(reply.message).toBe('Mailing with ID 31 is an active trigger.');
		await call('DELETE', `/mailings/${TRIGGER}/dispatching`);
		expect((await call('DELETE', `/mailings/${TRIGGER}`)).status).toBe(200);
	});

	it('can put it into the trash, where it does not go out', async () => {
		sandbox.variants.deletedMailing = 'trash';
		await addContacts(call, ADA);
		await call('PUT', `/mailings/${DRAFT}/schedule?date=2026-03-05&hours=08&minutes=00`);
		await call('DELETE', `/mailings/${DRAFT}`);
		const trash = await call('GET', '/mailings/filter/types?types=regular&trash=true');
		expect(all(trash.text, 'id')).toEqual([String(DRAFT)]);
		expect(sandbox.passTime(2 * 24 * 60 * MINUTE)).toEqual([]);
	});
});

describe('names and addresses', () => {
	it('finds the ID of a name', async () => {
		const reply = await call('GET', '/mailings/name/Summer%20sale%2C%20draft');
		expect(valueOf(reply.text, 'id')).toBe(String(DRAFT));
		expect((await call('GET', '/mailings/name/Winter')).status).toBe(404);
		await set(DRAFT, 'name', '<name>name</name>');
		expect((await call('GET', '/mailings/name/name')).text).toContain(`<id>${DRAFT}</id>`);
	});

	it.each([
		['archiveurl', 'https://news.example.com/archive/21'],
		['reporturl', 'https://news.example.com/report/21'],
	])('%s', async (part, url) => {
		expect((await call('GET', `/mailings/21/${part}`)).text).toContain(`<url>${url}</url>`);
		sandbox.variants.urlAnswer = 'archive_url';
		expect((await call('GET', `/mailings/21/${part}`)).text).toContain(
			`<archive_url>${url}</archive_url>`,
		);
		sandbox.variants.urlAnswer = 'raw';
		expect((await call('GET', `/mailings/21/${part}`)).text).toBe(url);
	});
});

describe('send now', () => {
	beforeEach(async () => await addContacts(call, ADA, BOB, EVE));

	it('passes through its states as time goes on, and stands in the reports', async () => {
		expect(await call('POST', `/mailings/${DRAFT}/sendnow`)).toMatchObject({
			status: 200,
			text: '',
		});
		const states = [await get(DRAFT, 'state')];
		expect(sentTo(sandbox, DRAFT)).toEqual([]);
		for (let second = 0; second < 3; second += 1) {
			sandbox.setClock({ advance: SECOND });
			states.push((await get(DRAFT, 'state')) ?? '');
		}
		expect(states).toEqual(['queued', 'checks', 'sending', 'done']);
		expect(sentTo(sandbox, DRAFT)).toEqual([ADA, BOB, EVE]);
		const recipients = await call('GET', `/reports/recipients?mailing_id=${DRAFT}`);
		expect(all(recipients.text, 'timestamp')).toEqual(Array(3).fill('2026-03-04 09:15:32'));
		const { result } = (await (
			await fetch(`${sandbox.url}/control/click`, {
				method: 'POST',
				body: JSON.stringify({ email: ADA, mailingId: DRAFT }),
			})
		).json()) as { result: object };
		expect(result).toMatchObject({ mailingId: DRAFT, tracked: true });
	});

	it('leaves the checks out where they are disabled', async () => {
		expect((await call('PUT', `/mailings/${DRAFT}/settings/disableQosChecks`)).status).toBe(200);
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.setClock({ advance: SECOND });
		expect(await get(DRAFT, 'state')).toBe('sending');
	});

	it('is archived some months later', async () => {
		sandbox.account.archivalDuration = 1;
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.setClock({ at: Date.UTC(2026, 3, 4) });
		expect(await get(DRAFT, 'state')).toBe('done');
		sandbox.setClock({ at: Date.UTC(2026, 3, 5) });
		expect(await get(DRAFT, 'state')).toBe('archived');
	});

	it('goes to the target group alone, and to those that are always included', async () => {
		await set(DRAFT, 'targetgroupid', '<targetgroupid>5</targetgroupid>');
		const id = sandbox.account.addContactFilter('Eve', ({ email }) => email === EVE);
		const group = { id: 9, name: 'Always', type: 'permanent', contactFilterId: id } as const;
		sandbox.account.targetGroups.set(9, { ...group, author: 'a', created: new Date(NOON) });
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.passTime(MINUTE);
		expect(sentTo(sandbox, DRAFT)).toEqual([EVE]);
	});

	it('leaves out who has no permission, is blocked, or stands on a blacklist of the mailing', async () => {
		await call('POST', '/contacts/email/none%40example.com?permission=1', { body: '<contact/>' });
		await addContacts(call, 'PRESS@example.com', 'boss@competitor.example');
		sandbox.block(BOB);
		await call('POST', `/mailings/${DRAFT}/mailingblacklists/1`);
		await call('POST', `/mailings/${DRAFT}/mailingblacklists/2`);
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.passTime(MINUTE);
		expect(sentTo(sandbox, DRAFT)).toEqual([ADA, EVE]);
		const filtered = await call('GET', `/reports/filtered_contacts?mailing_id=${DRAFT}`);
		expect(all(filtered.text, 'email')).toEqual(['PRESS@example.com', 'boss@competitor.example']);
		expect(all(filtered.text, 'cause')).toEqual(['blacklist', 'blacklist']);
	});

	it('sends no more mails than its limit', async () => {
		await set(DRAFT, 'settings/contacts_limit', '<contacts_limit>2</contacts_limit>');
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.passTime(MINUTE);
		expect(sentTo(sandbox, DRAFT)).toEqual([ADA, BOB]);
	});

	it('deletes target group and filter afterwards where that is wanted', async () => {
		await set(DRAFT, 'settings/post_sendout_cleanup', '<cleanup>true</cleanup>');
		await set(DRAFT, 'targetgroupid', '<targetgroupid>2</targetgroupid>');
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.passTime(MINUTE);
		expect(sandbox.account.targetGroups.has(2)).toBe(false);
		expect(sandbox.account.contactFilters.has(2)).toBe(false);
	});

	it('keeps a filter that another target group needs', async () => {
		await set(DRAFT, 'settings/post_sendout_cleanup', '<cleanup>true</cleanup>');
		await set(DRAFT, 'targetgroupid', '<targetgroupid>3</targetgroupid>');
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		sandbox.passTime(MINUTE);
		expect(sandbox.account.targetGroups.has(3)).toBe(false);
		expect(sandbox.account.contactFilters.has(4)).toBe(true);
	});

	it.each([
		[SENT, 409, 'Mailing with ID 21 cannot be changed as it is sealed.'],
		[99, 404, "mailing with ID 99 isn't found"],
	])('refuses mailing %i', async (id, status, message) => {
		const reply = await call('POST', `/mailings/${id}/sendnow`);
		expect(reply.status).toBe(status);
		expect(reply.message).toBe(message);
	});

	it('is for regular mailings, and only once', async () => {
		const trigger = await createMailing(call, 'Trigger', '&type=trigger');
		const reply = await call('POST', `/mailings/${trigger}/sendnow`);
		expect(reply.status).toBe(400);
		expect(reply.message).toBe(
			`this needs a mailing of type regular but mailing ${trigger} is of type trigger`,
		);
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		expect((await call('POST', `/mailings/${DRAFT}/sendnow`)).status).toBe(409);
		sandbox.passTime(MINUTE);
		expect(sentTo(sandbox, DRAFT)).toHaveLength(3);
	});

	it('answers another status where the variant says so', async () => {
		sandbox.variants.sendNowStatus = 204;
		expect((await call('POST', `/mailings/${DRAFT}/sendnow`)).status).toBe(204);
	});
});

describe('the controls', () => {
	const control = async (name: string, input: object = {}) => {
		const body = JSON.stringify(input);
		const response = await fetch(`${sandbox.url}/control/${name}`, { method: 'POST', body });
		return (await response.json()) as { result?: Record<string, unknown>; error?: string };
	};

	it('send a day, and several', async () => {
		await addContacts(call, ADA);
		await call('PUT', `/mailings/${DRAFT}/schedule?date=2026-03-05&hours=08&minutes=00`);
		expect((await control('sendDay')).result).toEqual({
			now: NOON + 24 * 60 * MINUTE,
			iso: '2026-03-05T09:15:30.250Z',
			wentOut: [
				{
					mailingId: DRAFT,
					name: 'Summer sale, draft',
					mails: 1,
					time: Date.UTC(2026, 2, 5, 8, 0, 2),
				},
			],
		});
		expect((await control('sendDay', { days: 3 })).result).toMatchObject({
			iso: '2026-03-08T09:15:30.250Z',
			wentOut: [],
		});
	});

	it('let a running clock run on', async () => {
		await control('clock', { at: NOON, running: true });
		await control('sendDay');
		expect(sandbox.account.isClockRunning).toBe(true);
		await control('clock', { at: NOON });
		await control('sendDay');
		expect(sandbox.account.isClockRunning).toBe(false);
		expect(sandbox.account.now().getTime()).toBe(NOON + 24 * 60 * MINUTE);
	});

	it('start a check', async () => {
		const id = await createMailing(call, 'News');
		expect((await control('startCheck', { id, check: 'link' })).error).toBeUndefined();
		expect(stored(id).checks.get('link')).toEqual({ started: NOON, questions: 0 });
		expect((await control('startCheck', { id, check: 'spam' })).error).toContain('one of');
		expect((await control('startCheck', { id: 99, check: 'link' })).error).toBe(
			'there is no mailing 99',
		);
	});

	it('stop what was due when they change the state of a mailing or send it at once', async () => {
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		await control('changeMailing', { id: DRAFT, state: 'paused' });
		expect(sandbox.passTime(MINUTE)).toEqual([]);
		expect(await get(DRAFT, 'state')).toBe('paused');
		await control('changeMailing', { id: DRAFT, state: 'draft' });
		await call('PUT', `/mailings/${DRAFT}/schedule?date=2026-03-05&hours=08&minutes=00`);
		await control('sendMailing', { id: DRAFT });
		expect(sandbox.passTime(2 * 24 * 60 * MINUTE)).toEqual([]);
		expect(await get(DRAFT, 'state')).toBe('done');
	});

	it('make a trigger that a contact event sends', async () => {
		const { result } = await control('addMailing', {
			name: 'Log',
			type: 'trigger',
			state: 'released',
			transactionTypeId: 44,
		});
		await addContacts(call, ADA);
		await call('POST', '/transactions', {
			type: PLAIN_JSON,
			accept: PLAIN_JSON,
			body: JSON.stringify([{ typeName: 'page_log', contact: { email: ADA } }]),
		});
		expect(sentTo(sandbox, Number(result?.id))).toEqual([ADA]);
	});
});
