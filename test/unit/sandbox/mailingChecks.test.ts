import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { addContacts, createMailing, DRAFT, SENT, TRIGGER } from '../../support/mailings';
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
beforeEach(async () => {
	sandbox.reset();
	sandbox.setClock({ at: NOON });
	await addContacts(call, ADA);
});

const ADA = 'ada@example.com';
const path = (part: string, id = DRAFT) => `/mailings/${id}/${part}`;
const check = (name: string, id = DRAFT) => path(`checks/${name}`, id);
const result = async (name: string) => await call('GET', check(name));

describe('a test mail to one address', () => {
	const send = async (query: string, body?: string, type = PLAIN_JSON) =>
		await call('POST', path(`sendtestemail?${query}`), body === undefined ? {} : { body, type });

	it('goes to a contact with its data, and to any other address', async () => {
		await call('POST', path('contents/subject'), { body: '<subject>For [[CONTACT|ID]]</subject>' });
		expect(await send('email=ADA%40example.com')).toMatchObject({ status: 200, text: '' });
		expect((await send('email=someone%40example.org&format=text')).status).toBe(200);
		expect(sandbox.mails).toMatchObject([
			{
				kind: 'test',
				email: 'ADA@example.com',
				contactId: 1001,
				mailingId: DRAFT,
				sent: NOON,
				format: 'auto',
				subject: 'For 1001',
			},
			{ email: 'someone@example.org', contactId: null, format: 'text', subject: 'For ' },
		]);
	});

	it('stands in no report, and a sent mailing can be tested too', async () => {
		expect((await call('POST', path('sendtestemail?email=a%40b.example', SENT))).status).toBe(200);
		expect((await call('GET', '/reports/recipients')).text).toContain('<recipients/>');
	});

	it('is filled with the content of a contact event', async () => {
		const body = '<subject>Order [[TRANSACTION|order.id]]</subject>';
		await call('POST', path('contents/subject'), { body });
		await send('email=ada%40example.com', '{"order.id":"A-1"}');
		await send('email=ada%40example.com&txAuto=true', '{"order.id":"A-1"}');
		await send('email=ada%40example.com', '{"order.id":"A-1"}', 'text/plain');
		expect(sandbox.mails.map(({ subject }) => subject)).toEqual(['Order A-1', 'Order ?', 'Order ']);
	});

	it('cannot be filled by itself where the event has a boolean field', async () => {
		const trigger = path('sendtestemail?email=ada%40example.com&txAuto=true', TRIGGER);
		const reply = await call('POST', trigger);
		expect(reply.status).toBe(400);
		expect(reply.message).toBe('the field order.express cannot be filled with &quot;?&quot;');
	});

	it.each([
		['email=ada', undefined, 'email must be an email address but was ada'],
		['format=html', undefined, 'query parameter email is missing'],
		[
			'email=a%40b.example&format=pdf',
			undefined,
			'format must be one of auto, text, html but was pdf',
		],
		['email=a%40b.example', '[1]', 'the body must be'],
		['email=a%40b.example', '{', 'malformed JSON'],
	])('is refused: %s %s', async (query, body, message) => {
		const reply = await send(query, body);
		expect(reply.status).toBe(400);
		expect(reply.message).toContain(message);
		expect(sandbox.mails).toEqual([]);
	});
});

describe.each([
	['testsendout', 'test'],
	['approvalprocess', 'approval'],
])('%s', (name, kind) => {
	const start = async (group: number) =>
		await call('POST', `${check(name)}?test_targetgroup_id=${group}`);

	it('sends to a test target group, and has a result a moment later', async () => {
		await call('POST', '/contacts/email/none%40example.com?permission=1', { body: '<contact/>' });
		expect((await result(name)).status).toBe(404);
		expect(await start(3)).toMatchObject({ status: 200, text: '' });
		expect(sandbox.mails).toMatchObject([{ kind, email: ADA, mailingId: DRAFT }]);
		const early = await result(name);
		expect(early.status).toBe(404);
		expect(early.message).toBe(`mailing 22 has no result of the ${name} check`);
		expect((await result(name)).text).toContain(
			'<sendoutcheck><mailingid>22</mailingid><timestamp>2026-03-04T09:15:30+00:00</timestamp><state>success</state></sendoutcheck>',
		);
	});

	it.each([
		['test_targetgroup_id=1', 400, 'target group 1 must be of type test'],
		['test_targetgroup_id=99', 404, "target group 99 isn't found"],
		[
			'test_targetgroup_id=x',
			400,
			'test_targetgroup_id must be a whole number but was &quot;x&quot;',
		],
		['', 400, 'query parameter test_targetgroup_id is missing'],
	])('refuses %s', async (query, status, message) => {
		const reply = await call('POST', `${check(name)}?${query}`);
		expect(reply.status).toBe(status);
		expect(reply.message).toBe(message);
		expect(sandbox.mails).toEqual([]);
	});
});

it('an approval can be asked of target groups for approvals where the variant says so', async () => {
	const query = '?test_targetgroup_id=4';
	expect((await call('POST', check('approvalprocess') + query)).status).toBe(400);
	sandbox.variants.approvalGroups = 'testAndApproval';
	expect((await call('POST', check('approvalprocess') + query)).status).toBe(200);
	expect((await call('POST', check('testsendout') + query)).status).toBe(400);
	sandbox.variants.testSendoutStatus = 204;
	const test = await call('POST', `${check('testsendout')}?test_targetgroup_id=3`);
	expect(test.status).toBe(204);
});

describe.each(['attention', 'display'])('the %s check', (name) => {
	const start = async () => await call('POST', check(name));

	it('is started, and not again while it is in progress', async () => {
		expect(await start()).toMatchObject({ status: 200, text: '' });
		const again = await start();
		expect(again.status).toBe(400);
		expect(again.message).toBe(`the ${name} check of mailing 22 is in progress`);
		sandbox.setClock({ advance: MINUTE });
		expect((await start()).status).toBe(200);
	});

	it('may not be enabled', async () => {
		sandbox.variants.checksEnabled = false;
		const reply = await start();
		expect(reply.status).toBe(412);
		expect(reply.message).toBe(`the ${name} check is not enabled`);
	});

	it('has no documented result', async () => {
		expect((await result(name)).status).toBe(405);
	});
});

describe('results', () => {
	it('take as many questions as the variant says, or a minute', async () => {
		sandbox.variants.checkQuestions = 3;
		const ask = async () => (await result('testsendout')).status;
		const start = `${check('testsendout')}?test_targetgroup_id=3`;
		await call('POST', start);
		expect([await ask(), await ask(), await ask(), await ask()]).toEqual([404, 404, 404, 200]);
		await call('POST', start);
		expect(await ask()).toBe(404);
		sandbox.setClock({ advance: MINUTE });
		expect(await ask()).toBe(200);
	});

	it('of the bounce check', async () => {
		await addContacts(call, 'bob@example.com', 'eve@example.com', 'gus@example.com');
		await sandbox.bounce('bob@example.com');
		expect((await result('bounce')).text).toContain(
			'<bouncecheck><mailingid>22</mailingid><timestamp>1970-01-01T00:00:00+00:00</timestamp><state>success</state><totalcontactcount>4</totalcontactcount><samplesize>4</samplesize><bouncecount>1</bouncecount><bounceforcast>0.25</bounceforcast><boucelimit>0.2</boucelimit></bouncecheck>',
		);
		await call('POST', path('targetgroupid'), { body: '<targetgroupid>5</targetgroupid>' });
		expect(valueOf((await result('bounce')).text, 'bounceforcast')).toBe('0.0');
	});

	it('of the image check', async () => {
		const html =
			'<img src="http://a.example/1.png" alt="A &amp; B" width="20"><img title="T" src="cid:2">';
		const extra = { body: html, type: 'text/html', accept: 'text/html' };
		await call('POST', path('contents/html?doImageGrabbing=true'), extra);
		expect((await result('image')).text).toContain(
			'<images><image><hosted>true</hosted><src>https://news.example.com/images/22/1/1.png</src><alt>A &amp; B</alt><width>20</width></image><image><hosted>false</hosted><src>cid:2</src><title>T</title></image></images></imagecheck>',
		);
	});

	it('of the link check, whose root is not known', async () => {
		expect((await result('link')).text).toContain('<linkcheck><mailingid>22</mailingid>');
		sandbox.variants.linkCheckRoot = 'imagecheck';
		expect((await result('link')).text).toContain('<imagecheck><mailingid>22</mailingid>');
	});

	it('have other states and times where the variants say so', async () => {
		Object.assign(sandbox.variants, { checkState: 'warning', checkTime: 'fraction' });
		const { text } = await result('link');
		expect(valueOf(text, 'state')).toBe('warning');
		expect(valueOf(text, 'timestamp')).toBe('1970-01-01T00:00:00.000+00:00');
	});

	it('are there only for checks that were started', async () => {
		const id = await createMailing(call, 'News');
		for (const name of ['bounce', 'image', 'link']) {
			expect((await call('GET', check(name, id))).status).toBe(404);
		}
		await fetch(`${sandbox.url}/control/startCheck`, {
			method: 'POST',
			body: JSON.stringify({ id, check: 'image' }),
		});
		sandbox.setClock({ advance: MINUTE });
		expect(all((await call('GET', check('image', id))).text, 'mailingid')).toEqual([String(id)]);
	});
});
