import type { IDataObject } from 'n8n-workflow';

import { holdClock } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { byId, DRAFT_NAME, storeContacts } from '../../support/mailingNode';
import { DRAFT, SENT } from '../../support/mailings';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
beforeEach(() => {
	clock.pauses.length = 0;
	storeContacts(sandbox(), 'ada@example.com', 'bob@example.com');
});
afterAll(() => clock.release());

const GROUP = 3;
const ADDRESS = '/1.0/mailings/22/sendtestemail';
const mails = () => sandbox().mails.map(({ kind, email }) => [kind, email]);
const posts = () => wire().filter(([method]) => method === 'POST');

describe('a test mail to one address', () => {
	const test = async (parameters: IDataObject = {}, id = DRAFT) =>
		await run('mailing.sendTest', { mailing: byId(id), email: 'ada@example.com', ...parameters });

	it('is sent with an empty body', async () => {
		const result = await test();
		expect(rows(result.main)).toEqual([
			{ id: DRAFT, test_sent: true, email: 'ada@example.com', format: 'auto' },
		]);
		expect(wire()).toEqual([['POST', `${ADDRESS}?email=ada%40example.com`]]);
		expect(sandbox().requests[0]?.headers['content-type']).toBeUndefined();
		expect(mails()).toEqual([['test', 'ada@example.com']]);
	});

	it('finds the mailing by its name, sent ones too, and takes a format', async () => {
		await test({ mailing: byName(DRAFT_NAME), format: 'text' });
		await test({}, SENT);
		expect(posts().map(([, url]) => url)).toEqual([
			`${ADDRESS}?email=ada%40example.com&format=text`,
			'/1.0/mailings/21/sendtestemail?email=ada%40example.com',
		]);
	});

	it.each([
		['text', '{"order.id": "A-1"}'],
		['an object', '={{ { "order.id": "A-1" } }}'],
	])('is filled with transaction content from JSON, given as %s', async (_what, contentJson) => {
		await test({ content: 'json', contentJson });
		expect(wire()).toEqual([['POST', `${ADDRESS}?email=ada%40example.com`, '{"order.id":"A-1"}']]);
		expect(sandbox().requests[0]?.headers['content-type']).toBe('application/json');
	});

	it('is filled with question marks, and then has no content', async () => {
		await test({ content: 'auto', contentJson: '{"order.id": "A-1"}' });
		expect(wire()).toEqual([['POST', `${ADDRESS}?email=ada%40example.com&txAuto=true`]]);
	});

	it.each<[IDataObject, string]>([
		[{ content: 'json', contentJson: '[1]' }, 'Content (JSON) must be a JSON object.'],
		[{ content: 'json', contentJson: '{' }, 'Content (JSON) is not valid JSON.'],
		[{ email: '={{ "" }}' }, 'Email is empty.'],
	])('%j is refused before anything is sent', async (parameters, message) => {
		const result = await test(parameters);
		expect(result.error?.message).toBe(message);
		expect(wire()).toEqual([]);
	});

	it('tells what Maileon says of an address', async () => {
		const result = await test({ email: 'nobody' });
		expect(result.error?.message).toMatch(/^Maileon refused the request: email must be/);
	});

	it('is not sent again where its answer got lost', async () => {
		sandbox().fail({ path: /sendtestemail$/, breakConnection: 'after', times: 9 });
		const result = await test();
		expect(result.error?.message).toMatch(/^The connection to Maileon was lost/);
		expect(result.error?.description).toContain('people could get it twice');
		expect(posts()).toHaveLength(1);
		expect(mails()).toHaveLength(1);
	});
});

describe.each([
	['sendTest', 'testsendout', 'test_sent', 'test'],
	['requestApproval', 'approvalprocess', 'approval_requested', 'approval'],
])('%s to a test target group', (operation, check, done, kind) => {
	const path = `/1.0/mailings/22/checks/${check}`;
	const POST = ['POST', `${path}?test_targetgroup_id=3`];
	const GET = ['GET', path];
	const toGroup = async (parameters: IDataObject = {}, id = DRAFT) =>
		await run(`mailing.${operation}`, {
			mailing: byId(id),
			...(operation === 'sendTest' && { to: 'group' }),
			testTargetGroup: byId(GROUP),
			...parameters,
		});
	const WAITING = { waitForResult: true, longestWait: 60 };

	it('is sent once, without waiting', async () => {
		const result = await toGroup();
		expect(rows(result.main)).toEqual([{ id: DRAFT, [done]: true, target_group_id: GROUP }]);
		expect(wire()).toEqual([POST]);
		expect(mails()).toEqual([
			[kind, 'ada@example.com'],
			[kind, 'bob@example.com'],
		]);
	});

	it.each([200, 201, 204] as const)('whatever the status of success: %s', async (status) => {
		sandbox().variants.testSendoutStatus = status;
		expect(rows((await toGroup()).main)).toMatchObject([{ [done]: true }]);
	});

	it('waits for the result, with pauses that grow', async () => {
		sandbox().variants.checkQuestions = 3;
		const result = await toGroup(WAITING);
		expect(rows(result.main)).toEqual([
			{
				id: DRAFT,
				[done]: true,
				target_group_id: GROUP,
				result: { mailingid: DRAFT, state: 'success', timestamp: expect.any(String) as string },
			},
		]);
		expect(wire()).toEqual([GET, POST, GET, GET, GET, GET]);
		expect(clock.pauses).toEqual([2_000, 3_000, 4_500]);
		expect(mails()).toHaveLength(2);
	});

	it('waits no longer than it is told to', async () => {
		sandbox().variants.checkQuestions = 99;
		const result = await toGroup({ ...WAITING, longestWait: 6 });
		expect(rows(result.main)).toMatchObject([{ [done]: true, result: null, waiting: true }]);
		expect(clock.pauses).toEqual([2_000, 3_000, 1_000]);
	});

	it('does not take the result of an earlier one for its own', async () => {
		const old = `<sendoutcheck><mailingid>22</mailingid><timestamp>2026-01-01T00:00:00Z</timestamp><state>warning</state></sendoutcheck>`;
		for (let times = 0; times < 3; times++)
			sandbox().fail({ method: 'GET', status: 200, body: old });
		sandbox().variants.checkQuestions = 0;
		const result = await toGroup(WAITING);
		expect(rows(result.main)).toMatchObject([{ result: { state: 'success' } }]);
		expect(clock.pauses).toEqual([2_000, 3_000]);
	});

	it('was sent, although its result cannot be read', async () => {
		sandbox().addKey('writer', ['POST']);
		const result = await run(
			`mailing.${operation}`,
			{
				mailing: byId(DRAFT),
				...(operation === 'sendTest' && { to: 'group' }),
				testTargetGroup: byId(GROUP),
				...WAITING,
			},
			{ apiKey: 'writer' },
		);
		expect(rows(result.main)).toMatchObject([
			{
				[done]: true,
				result: null,
				waiting: true,
				reason: 'The API key lacks the right for reading (GET).',
			},
		]);
		expect(mails()).toHaveLength(2);
	});

	it('takes no group by anything but its ID', async () => {
		const result = await toGroup({ testTargetGroup: { __rl: true, mode: 'id', value: 'testers' } });
		expect(result.error?.message).toBe('Test Target Group must be a number, but is "testers".');
		expect(wire()).toEqual([]);
	});

	it('tells what Maileon refuses: another kind of group, a mailing that was sent', async () => {
		expect((await toGroup({ testTargetGroup: byId(1) })).error?.message).toContain(
			'must be of type',
		);
		expect((await toGroup({}, SENT)).error?.description).toContain('Only drafts can be changed.');
		expect(mails()).toEqual([]);
	});
});
