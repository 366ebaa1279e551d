import type { IDataObject, INode } from 'n8n-workflow';

import type { Fault } from '../../../sandbox';
import { holdClock, runNode, tellingPart, type OnError } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { byId, DRAFT_NAME, storeContacts } from '../../support/mailingNode';
import { DRAFT } from '../../support/mailings';
import { nodeOf, operationTests, rows } from '../../support/operations';

/**
 * What is sent, activated, tested or charged happens once, whatever goes wrong: with a fault at each of the
 * requests, with "Retry On Fail", and with two items that name the same mailing in two ways.
 */

const { sandbox, credentials } = operationTests();

const SETTINGS: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const NEW_TRIGGER = { id: 901, name: 'New trigger' };
const NEW_DOI = { id: 902, name: 'New DOI mailing' };

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
afterAll(() => clock.release());
beforeEach(() => {
	const { account } = sandbox();
	storeContacts(sandbox(), 'ada@example.com', 'bob@example.com');
	account.addMailing({ name: NEW_TRIGGER.name, type: 'trigger' }, [], NEW_TRIGGER.id);
	account.addMailing({ name: NEW_DOI.name, type: 'doi' }, [], NEW_DOI.id);
});

interface Started {
	/** The operation, and what tells it from the same one with other parameters. */
	title: string;
	operation: string;
	parameters: IDataObject;
	mailing: { id: number; name: string };
	/** The end of the path of the request that must not be carried out twice. */
	start: RegExp;
	/** The same for its other requests. */
	others: readonly RegExp[];
}

const THE_DRAFT = { id: DRAFT, name: DRAFT_NAME };
const WAIT = { waitForResult: true, longestWait: 3 };
const BY_NAME = /\/mailings\/name\//;
const STATE = /\/state$/;
const TYPE = /\/type$/;

const STARTED: readonly Started[] = [
	{
		title: 'Send Now',
		operation: 'mailing.sendNow',
		parameters: {},
		mailing: THE_DRAFT,
		start: /\/sendnow$/,
		others: [BY_NAME, STATE, TYPE, /\/sealed$/],
	},
	{
		title: 'Activate with a dispatching',
		operation: 'mailing.activate',
		parameters: { dispatching: 'event', transactionType: byId(42) },
		mailing: NEW_TRIGGER,
		start: /\/activate$/,
		others: [BY_NAME, STATE, TYPE, /\/dispatching$/],
	},
	{
		title: 'Activate a DOI mailing',
		operation: 'mailing.activate',
		parameters: {},
		mailing: NEW_DOI,
		start: /\/activate$/,
		others: [BY_NAME, STATE, TYPE],
	},
	{
		title: 'Send Test to an address',
		operation: 'mailing.sendTest',
		parameters: { email: 'ada@example.com' },
		mailing: THE_DRAFT,
		start: /\/sendtestemail$/,
		others: [BY_NAME],
	},
	{
		title: 'Send Test to a group',
		operation: 'mailing.sendTest',
		parameters: { to: 'group', testTargetGroup: byId(3), ...WAIT },
		mailing: THE_DRAFT,
		start: /\/checks\/testsendout$/,
		others: [BY_NAME],
	},
	{
		title: 'Request Approval',
		operation: 'mailing.requestApproval',
		parameters: { testTargetGroup: byId(3), ...WAIT },
		mailing: THE_DRAFT,
		start: /\/checks\/approvalprocess$/,
		others: [BY_NAME],
	},
	{
		title: 'Run Checks that cost money',
		operation: 'mailing.runChecks',
		parameters: { checks: ['attention', 'display', 'bounce'], longestWait: 0 },
		mailing: THE_DRAFT,
		start: /\/checks\/display$/,
		others: [BY_NAME, STATE, /\/attention$/, /\/bounce$/],
	},
];

type Trouble = Omit<Fault, 'path' | 'method'>;

const TROUBLES: ReadonlyArray<readonly [string, Trouble]> = [
	['breaks the connection after it acted', { breakConnection: 'after' }],
	['breaks the connection before it acted', { breakConnection: 'before' }],
	['answers 500 although it acted', { status: 500, act: true }],
	['answers 500', { status: 500 }],
	['answers 502 although it acted', { status: 502, act: true }],
	['answers 504 although it acted', { status: 504, act: true }],
	['answers 503', { status: 503 }],
	['answers 429', { status: 429 }],
	['answers 400', { status: 400 }],
	['answers 403', { status: 403 }],
	['answers 409', { status: 409 }],
	['answers with a web page although it acted', { status: 200, body: '<html>x</html>', act: true }],
	['cuts its answer although it acted', { status: 200, body: '<a><b>', act: true }],
	[
		'says in its answer that it did not',
		{ status: 200, body: '<error><message>x</message></error>' },
	],
];
const TROUBLES_ELSEWHERE = TROUBLES.filter(([title]) => /before it acted|500$|403/.test(title));

/** The statuses after which Maileon surely did nothing. */
const REFUSED = new Set([400, 401, 403, 404, 405, 409, 412, 429, 503]);

/** What Maileon answered to the requests that start something; 0 where it did not come to that. */
function starts({ start }: Started): number[] {
	return sandbox()
		.requests.filter(({ method, path }) => method === 'POST' && start.test(path))
		.map(({ status }) => status);
}

/** None follows the first that may have been carried out. */
function expectOnce(started: Started): void {
	const statuses = starts(started);
	const first = statuses.findIndex((status) => !REFUSED.has(status));
	expect(statuses.slice(first < 0 ? statuses.length : first + 1)).toEqual([]);
	const mailsOfEach = new Map<string, number>();
	for (const { kind, email } of sandbox().mails)
		mailsOfEach.set(`${kind} ${email}`, (mailsOfEach.get(`${kind} ${email}`) ?? 0) + 1);
	expect([...mailsOfEach.values()].filter((count) => count > 1)).toEqual([]);
}

async function runTwoItems({ operation, parameters, mailing }: Started, onError: OnError) {
	const [resource = '', value] = operation.split('.');
	return await runNode({
		node: {
			type: nodeOf(resource),
			parameters: {
				resource,
				operation: value,
				mailing: '={{ $json.mailing }}',
				...parameters,
				options: { retries: 1 },
			},
			onError,
			settings: SETTINGS,
		},
		items: [{ mailing: mailing.id }, { mailing: mailing.name }],
		credentials: credentials(),
	});
}

/** A mailing that was started still looks as if it was not. */
function lagBehind(): void {
	sandbox().fail({ path: STATE, status: 200, body: '<state>draft</state>', times: 99 });
	sandbox().fail({ path: /\/sealed$/, status: 200, body: '<sealed>false</sealed>', times: 99 });
}

const MODES: readonly OnError[] = ['stopWorkflow', 'continueErrorOutput'];

describe.each(STARTED.map((started) => [started.title, started] as const))(
	'%s',
	(_title, started) => {
		it('is done once for two items that name the same mailing, and the second says so', async () => {
			const result = await runTwoItems(started, 'continueErrorOutput');
			expect(rows(result.main)).not.toEqual([]);
			expect(result.errors).toHaveLength(1);
			expect(starts(started)).toEqual([200]);
			expectOnce(started);
		});

		it('is done once although the state still is that of a draft', async () => {
			lagBehind();
			const result = await runTwoItems(started, 'continueErrorOutput');
			expect(rows(result.errors)).toMatchObject([
				{ error: { message: 'Another item of this run asked Maileon for exactly the same.' } },
			]);
			expect(starts(started)).toEqual([200]);
		});

		describe.each(tellingPart(MODES, 1))('%s', (onError) => {
			it.each(
				TROUBLES.flatMap(([title, trouble]) => [
					[`${title} once`, { ...trouble, times: 1 }] as const,
					[`${title} always`, { ...trouble, times: 99 }] as const,
				]),
			)('where Maileon %s, when it is asked to', async (_trouble, trouble) => {
				sandbox().fail({ method: 'POST', path: started.start, ...trouble });
				await runTwoItems(started, onError);
				expectOnce(started);
				expect(starts(started).length).toBeGreaterThan(0);
			});

			it.each(TROUBLES)(
				'where Maileon %s, and its state lags behind',
				async (_trouble, trouble) => {
					lagBehind();
					sandbox().fail({ method: 'POST', path: started.start, ...trouble });
					await runTwoItems(started, onError);
					expectOnce(started);
				},
			);
		});

		it.each(
			started.others.flatMap((path) =>
				TROUBLES_ELSEWHERE.flatMap(([title, trouble]) =>
					[0, 1].map((before) => [title, path.source, before, path, trouble] as const),
				),
			),
		)(
			'where Maileon %s at %s, after %s requests',
			async (_trouble, _path, before, path, trouble) => {
				if (before > 0) sandbox().fail({ path, delayMs: 0, times: before });
				sandbox().fail({ path, ...trouble });
				await runTwoItems(started, 'continueErrorOutput');
				expectOnce(started);
			},
		);
	},
);
