import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { createMailing, DRAFT } from '../../support/mailings';
import { all, NOON } from '../../support/reportsAccount';
import type { Client } from '../../support/sandboxClient';
import { clientOf, valueOf } from '../../support/sandboxClient';

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

const PDF = 'application/pdf';
const BYTES = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe, 0x0d, 0x0a]);
const path = (part = '', id = DRAFT) => `/mailings/${id}/attachments${part}`;
const add = async (filename = 'a.pdf', body: Buffer | string = BYTES, id = DRAFT) =>
	await call('POST', path(`?filename=${encodeURIComponent(filename)}`, id), { body, type: PDF });
const list = async (id = DRAFT) => (await call('GET', path('', id))).text;
const ids = async (id = DRAFT) => all(await list(id), 'id');
const count = async () => valueOf((await call('GET', path('/count'))).text, 'count_attachments');

it('an attachment is added, listed, counted and comes back byte for byte', async () => {
	expect(await add('Prices & more ü.pdf')).toMatchObject({ status: 201, text: '' });
	const [id = ''] = await ids();
	expect(await list()).toContain(
		`<attachments><attachment><id>${id}</id><filename>Prices &amp; more ü.pdf</filename><sizekb>1</sizekb><mime_type>application/pdf</mime_type><diagnosis nil="true"/><created>2026-03-04 09:15:30</created><updated>2026-03-04 09:15:30</updated></attachment></attachments>`,
	);
	expect(await count()).toBe('1');
	for (const accept of ['*/*', PDF, 'application/vnd.maileon.api+xml', null]) {
		const file = await call('GET', path(`/${id}`), { accept });
		expect(file.bytes).toEqual(BYTES);
		expect(file.headers.get('content-type')).toBe(PDF);
		expect(sandbox.requests.at(-1)?.leniencies).toEqual([]);
	}
	sandbox.variants.answerCharset = true;
	expect((await call('GET', path(`/${id}`))).headers.get('content-type')).toBe(PDF);
});

it('there are ten at most', async () => {
	for (let index = 0; index < 10; index += 1) expect((await add()).status).toBe(201);
	const reply = await add();
	expect(reply.status).toBe(400);
	expect(reply.message).toBe('a mailing must not have more than 10 attachments');
	expect(await count()).toBe('10');
});

it('none is larger than the account allows', async () => {
	sandbox.account.maxAttachmentSize = 1;
	expect((await add('a.pdf', Buffer.alloc(1024, 1))).status).toBe(201);
	const reply = await add('b.pdf', Buffer.alloc(1025, 1));
	expect(reply.status).toBe(400);
	expect(reply.message).toBe('an attachment must not exceed 1 KB');
});

it.each([
	['?filename=a.pdf', { body: '', type: PDF }, 400, 'the attachment is empty'],
	['', { body: BYTES, type: PDF }, 400, 'query parameter filename is missing'],
	['?filename=', { body: BYTES, type: PDF }, 400, 'query parameter filename is missing'],
	[`?filename=${'x'.repeat(256)}`, { body: BYTES, type: PDF }, 400, 'filename must not exceed 255'],
	['?filename=a.pdf', { body: BYTES, type: 'pdf' }, 415, 'Content-Type must be the media type of'],
])('adding is refused: %s %j', async (query, extra, status, message) => {
	const reply = await call('POST', path(query), extra);
	expect(reply.status).toBe(status);
	expect(reply.message).toContain(message);
	expect(await count()).toBe('0');
});

it('one is renamed', async () => {
	await add();
	const [id = ''] = await ids();
	sandbox.setClock({ advance: 60_000 });
	expect((await call('PUT', path(`/${id}?filename=b.pdf`))).status).toBe(200);
	const text = await list();
	expect(valueOf(text, 'filename')).toBe('b.pdf');
	expect(valueOf(text, 'created')).toBe('2026-03-04 09:15:30');
	expect(valueOf(text, 'updated')).toBe('2026-03-04 09:16:30');
	expect((await call('PUT', path(`/${id}`))).status).toBe(400);
	expect((await call('PUT', path('/1?filename=b.pdf'))).status).toBe(404);
});

it('one is deleted, and all are; a path without an ID deletes all', async () => {
	for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await add(name);
	const [first = '', second, third] = await ids();
	expect((await call('DELETE', path(`/${first}`))).status).toBe(200);
	expect(await ids()).toEqual([second, third]);
	expect((await call('DELETE', path(`/${first}`))).status).toBe(404);
	expect((await call('DELETE', path('/'))).status).toBe(200);
	expect(sandbox.requests.at(-1)?.leniencies).toEqual(['trailing slash']);
	expect(await ids()).toEqual([]);
	await add();
	expect((await call('DELETE', path())).status).toBe(200);
	expect(await count()).toBe('0');
});

it('those of another mailing are copied, also of a sealed one', async () => {
	const other = await createMailing(call, 'Other');
	await add('a.pdf', BYTES, other);
	await add('b.pdf', BYTES, other);
	await add('own.pdf');
	sandbox.recipients.mailing(other).state = 'done';
	expect((await call('PUT', path(`?src_mailing_id=${other}`))).status).toBe(200);
	expect(all(await list(), 'filename')).toEqual(['own.pdf', 'a.pdf', 'b.pdf']);
	expect(await ids(other)).toHaveLength(2);
	expect(new Set([...(await ids()), ...(await ids(other))]).size).toBe(5);
	for (let index = 0; index < 6; index += 1) await add();
	const reply = await call('PUT', path(`?src_mailing_id=${other}`));
	expect(reply.status).toBe(400);
	expect(await count()).toBe('9');
	expect((await call('PUT', path('?src_mailing_id=99'))).status).toBe(404);
	expect((await call('PUT', path())).message).toBe('query parameter src_mailing_id is missing');
});

it('what the documentation leaves open can be played in several ways', async () => {
	Object.assign(sandbox.variants, {
		attachmentBody: 'base64',
		attachmentAddStatus: 200,
		attachmentAddAnswer: 'id',
		attachmentCountRoot: 'count',
		attachmentTimes: 'missing',
	});
	const reply = await add('a.pdf', BYTES.toString('base64'));
	expect(reply.status).toBe(200);
	const id = valueOf(reply.text, 'id') ?? '';
	expect((await call('GET', path(`/${id}`))).bytes).toEqual(BYTES);
	expect((await add()).message).toBe('the content must be Base64');
	expect((await call('GET', path('/count'))).text).toContain('<count>1</count>');
	expect(await list()).not.toContain('<created>');
	sandbox.variants.attachmentAddStatus = 204;
	expect(await add('b.pdf', 'aGk=')).toMatchObject({ status: 204, text: '' });
});
