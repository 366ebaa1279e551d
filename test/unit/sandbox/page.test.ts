import { createContext, Script } from 'node:vm';

import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { MINUTE, NOON } from '../../support/reportsAccount';
import { clientOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ apiKey: 'key-of-the-page' });
});
afterAll(async () => await sandbox.close());

const served = async (path: string) => {
	const response = await fetch(`${sandbox.url}${path}`);
	const type = response.headers.get('content-type');
	return { status: response.status, type, text: await response.text() };
};
const everyMatch = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].map(([, found = '']) => found);

describe('the files of the page', () => {
	it('are served with their types, and link to nothing outside the sandbox', async () => {
		const { type, text } = await served('/');
		expect(type).toBe('text/html; charset=utf-8');
		const links = everyMatch(text, /(?:href|src)="([^"]+)"/g).filter((link) => link !== 'data:,');
		const types = await Promise.all(links.map(async (link) => (await served(link)).type));
		expect(Object.fromEntries(links.map((link, index) => [link, types[index]]))).toEqual({
			'/page/style.css': 'text/css; charset=utf-8',
			'/page/words.js': 'text/javascript; charset=utf-8',
			'/page/script.js': 'text/javascript; charset=utf-8',
		});
	});

	it('are no others', async () => {
		expect((await served('/page/page.ts')).status).toBe(404);
		expect((await served('/page/../page.ts')).status).toBe(404);
	});

	it.each(['/page/words.js', '/page/script.js'])(
		'hold a script without errors: %s',
		async (path) => {
			const { text } = await served(path);
			expect(() => new Script(text, { filename: path })).not.toThrow();
			expect(text).not.toMatch(/\b(prompt|alert|confirm)\(/);
		},
	);

	it('hold every element that the script looks for, and every section that it fills', async () => {
		const ids = everyMatch((await served('/')).text, / id="([^"]+)"/g);
		const { text } = await served('/page/script.js');
		const wanted = everyMatch(text, /\b(?:byId|table)\('([^']+)'/g);
		expect(wanted).toEqual(expect.arrayContaining(['key', 'change', 'contacts', 'requests']));
		expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
	});
});

it('tells the page its key, but not among what the account holds', async () => {
	const access: unknown = JSON.parse((await served('/access')).text);
	expect(access).toEqual({ apiKey: 'key-of-the-page', baseUrl: sandbox.baseUrl });
	expect((await served('/state')).text).not.toContain('key-of-the-page');
});

it('tells the page the fields that a link can change', async () => {
	const state: unknown = JSON.parse((await served('/state')).text);
	expect(state).toMatchObject({
		standardFields: expect.arrayContaining(['FIRSTNAME', 'BIRTHDAY']),
		customFields: { COLOR: 'string' },
	});
});

it('tells the page when mailings go out, but not their contents and files', async () => {
	const call = clientOf(sandbox);
	sandbox.setClock({ at: NOON });
	const file = { body: 'bytes of a file', type: 'text/plain' };
	await call('POST', '/mailings/22/attachments?filename=a.txt', file);
	await call('PUT', '/mailings/22/schedule?date=2026-03-05&hours=08&minutes=00');
	const { text } = await served('/state');
	const { mailings } = JSON.parse(text) as { mailings: object[] };
	expect(mailings).toContainEqual(
		expect.objectContaining({
			id: 22,
			state: 'draft',
			schedule: { at: Date.UTC(2026, 2, 5, 8), state: 'scheduled' },
			recipients: 0,
		}),
	);
	expect(JSON.stringify(mailings)).not.toMatch(/<html>|bytes|attachments/);
});

it('lets happen what is due whenever the page looks', async () => {
	sandbox.reset();
	sandbox.setClock({ at: NOON });
	await clientOf(sandbox)('POST', '/mailings/22/sendnow');
	sandbox.account.now = () => new Date(NOON + MINUTE);
	const { mailings } = JSON.parse((await served('/state')).text) as { mailings: object[] };
	expect(mailings).toContainEqual(expect.objectContaining({ id: 22, state: 'done' }));
	sandbox.reset();
});

describe('the words of the page', () => {
	const context = createContext({});
	const inWords = (name: string, ...values: unknown[]): unknown =>
		new Script(`${name}(...${JSON.stringify(values)})`).runInContext(context);
	beforeAll(async () => {
		new Script((await served('/page/words.js')).text).runInContext(context);
	});

	it.each([
		[{ result: [{ status: 200 }, { status: 200 }] }, 'Called 2 webhooks: 200, 200'],
		[{ result: [{ status: 500 }] }, 'Called 1 webhook: 500'],
		[{ result: [{ error: 'read ECONNRESET' }] }, 'Called 1 webhook: read ECONNRESET'],
		[{ result: [] }, 'Done; no webhook waits for this'],
		[{ result: { mails: 0 } }, 'Sent 0 mails'],
		[{ result: { mails: 1 } }, 'Sent 1 mail'],
		[{ result: { contactId: 1001, tracked: true } }, 'Recorded'],
		[{ result: { contactId: 1001, tracked: false } }, 'Recorded anonymously'],
		[{ result: null }, 'Done'],
		[{ error: 'SCORE: not a number' }, 'Failed: SCORE: not a number'],
		[
			{
				result: {
					now: Date.UTC(2026, 2, 5, 9),
					wentOut: [
						{ name: 'News', mails: 3 },
						{ name: 'Offer', mails: 1 },
					],
				},
			},
			'It is 2026-03-05 09:00:00. Sent: News (3 mails), Offer (1 mail)',
		],
		[
			{ result: { now: Date.UTC(2026, 2, 5, 9), wentOut: [] } },
			'It is 2026-03-05 09:00:00. Nothing was due',
		],
	])('after a button was pressed: %j', (answer, words) => {
		expect(inWords('doneInWords', answer)).toBe(words);
	});

	it.each([
		[{ permission: 1, pendingDoi: { plus: false }, block: null }, 'none, DOI mail sent'],
		[{ permission: 5, pendingDoi: null, block: null }, 'double opt-in plus'],
		[{ permission: 6, pendingDoi: null, block: { reason: 'blacklist' } }, 'other, blocked'],
	])('of a permission: %j', (contact, words) => {
		expect(inWords('permissionInWords', contact)).toBe(words);
	});

	const at = Date.UTC(2026, 2, 4, 9, 5);
	it.each([
		[{ scheduleTime: null, schedule: null }, ''],
		[{ scheduleTime: '2026-03-02T08:00:00.000Z', schedule: null }, '2026-03-02 08:00:00'],
		[{ scheduleTime: null, schedule: { at, state: 'scheduled' } }, '2026-03-04 09:05:00'],
		[{ scheduleTime: null, schedule: { at, state: 'fired' } }, '2026-03-04 09:05:00'],
		[
			{ scheduleTime: null, schedule: { at, state: 'misfired' } },
			'2026-03-04 09:05:00, not sent: content was changed',
		],
	])('of a schedule: %j', (mailing, words) => {
		expect(inWords('scheduleInWords', mailing)).toBe(words);
	});

	it('of counts, kinds, events, moments, fields and preferences', () => {
		expect(inWords('countInWords', 3, 3)).toBe('3');
		expect(inWords('countInWords', 200, 4711)).toBe('200 of 4711');
		expect(inWords('kindInWords', 'filteredContacts')).toBe('filtered contacts');
		expect(inWords('eventInWords', { tracked: false, link: { type: 'unsubscribe' } })).toBe(
			'anonymous, unsubscribe',
		);
		expect(inWords('eventInWords', { tracked: true, value: 0 })).toBe('0');
		expect(inWords('momentInWords', Date.UTC(2026, 2, 4, 9, 5))).toBe('2026-03-04 09:05:00');
		expect(inWords('fieldsInWords', { FIRSTNAME: 'Ada', COLOR: 'BLUE' })).toBe(
			'FIRSTNAME: Ada\nCOLOR: BLUE',
		);
		const topics = [true, false, null].map((value) => ({ category: 'News', name: 'A', value }));
		expect(inWords('preferencesInWords', topics)).toBe(
			'News / A: yes\nNews / A: no\nNews / A: no answer',
		);
	});
});
