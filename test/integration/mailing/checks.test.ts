import type { IDataObject } from 'n8n-workflow';

import { holdClock } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { byId, mailingIn } from '../../support/mailingNode';
import { DRAFT, SENT } from '../../support/mailings';
import { operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
beforeEach(() => {
	clock.pauses.length = 0;
});
afterAll(() => clock.release());

const check = async (checks: unknown, parameters: IDataObject = {}, id = DRAFT) =>
	await run('mailing.runChecks', {
		mailing: byId(id),
		checks: checks as IDataObject,
		...parameters,
	});
const starts = () => wire().filter(([method]) => method === 'POST');
const STATE = ['GET', '/1.0/mailings/22/state'];
const path = (name: string) => `/1.0/mailings/22/checks/${name}`;

/** A check that is not running, and that nobody started. */
const forget = (...names: Array<'bounce' | 'image' | 'link'>) => {
	for (const name of names) mailingIn(sandbox()).checks.delete(name);
};

it('gives the results that there are, one item for each check', async () => {
	const result = await check(['link', 'bounce', 'image']);
	expect(result.error).toBeUndefined();
	const common = { id: DRAFT, state: 'success', mailingid: DRAFT, timestamp: expect.any(String) };
	expect(rows(result.main)).toEqual([
		{
			...common,
			check: 'bounce',
			totalcontactcount: 0,
			samplesize: 0,
			bouncecount: 0,
			bounceforcast: 0,
			boucelimit: 0.2,
		},
		{ ...common, check: 'image', images: expect.any(Array) },
		{ ...common, check: 'link' },
	]);
	expect(wire()).toEqual([
		STATE,
		['GET', path('bounce')],
		['GET', path('image')],
		['GET', path('link')],
	]);
});

it.each(['linkcheck', 'imagecheck'] as const)(
	'takes a link check whose root is %s',
	async (root) => {
		sandbox().variants.linkCheckRoot = root;
		expect(rows((await check(['link'])).main)).toMatchObject([{ check: 'link', state: 'success' }]);
	},
);

it('waits for the results that are missing, and for those only', async () => {
	mailingIn(sandbox()).checks.set('image', {
		started: sandbox().account.now().getTime(),
		questions: -1,
	});
	const result = await check(['image', 'bounce']);
	expect(rows(result.main).map(({ state }) => state)).toEqual(['success', 'success']);
	expect(wire()).toEqual([
		STATE,
		['GET', path('bounce')],
		['GET', path('image')],
		['GET', path('image')],
		['GET', path('image')],
	]);
	expect(clock.pauses).toEqual([2_000, 3_000]);
});

it.each([
	[0, []],
	[4, [2_000, 2_000]],
])(
	'a check without a result after %s seconds comes out all the same',
	async (longestWait, pauses) => {
		forget('image');
		const result = await check(['image', 'bounce'], { longestWait });
		expect(rows(result.main)).toMatchObject([
			{ check: 'bounce', state: 'success' },
			{ id: DRAFT, check: 'image', state: null, waiting: true },
		]);
		expect(clock.pauses).toEqual(pauses);
	},
);

it('reads what came of a test sendout and of an approval', async () => {
	const now = sandbox().account.now().getTime();
	for (const name of ['testsendout', 'approvalprocess'] as const)
		mailingIn(sandbox()).checks.set(name, { started: now, questions: 5 });
	expect(rows((await check(['testsendout', 'approvalprocess'])).main)).toMatchObject([
		{ check: 'approvalprocess', state: 'success' },
		{ check: 'testsendout', state: 'success' },
	]);
	expect(starts()).toEqual([]);
});

it('starts what can be started, what costs money last, and says where the result is', async () => {
	const result = await check(['display', 'attention', 'bounce']);
	expect(rows(result.main)).toMatchObject([
		{ id: DRAFT, check: 'attention', state: null, started: true },
		{ check: 'bounce', state: 'success' },
		{ id: DRAFT, check: 'display', state: null, started: true },
	]);
	expect(starts()).toEqual([
		['POST', path('attention')],
		['POST', path('display')],
	]);
});

describe('what costs money', () => {
	it.each(['={{ ["display"] }}', ['={{ "display" }}']])(
		'is not chosen by an expression: %j',
		async (checks) => {
			const result = await check(checks);
			expect(result.error?.message).toBe('The check "display" costs money each time.');
			expect(wire()).toEqual([]);
		},
	);

	it('is not started when a check before it is refused', async () => {
		sandbox().fail({ path: /attention$/, status: 400 });
		await check(['display', 'attention']);
		expect(starts()).toEqual([['POST', path('attention')]]);
	});

	it('that was started before a refusal is told', async () => {
		sandbox().fail({ path: /display$/, status: 400 });
		const result = await run(
			'mailing.runChecks',
			{ mailing: byId(DRAFT), checks: ['display', 'attention'] },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: expect.stringMatching(/^The display check could not be started: /) as string,
					done: ['attention'],
					not_done: ['display'],
					mailing: { id: DRAFT },
				},
			},
		]);
	});

	it('is not started again where its answer got lost', async () => {
		sandbox().fail({ path: /display$/, breakConnection: 'after', times: 9 });
		const result = await check(['display']);
		expect(result.error?.message).toMatch(/^The display check could not be started: /);
		expect(result.error?.description).toContain('Maileon may have accepted the request');
		expect(starts()).toHaveLength(1);
	});
});

describe('what is refused', () => {
	it('in words, a check that is not enabled', async () => {
		sandbox().variants.checksEnabled = false;
		const result = await check(['attention']);
		expect(result.error).toMatchObject({
			message: 'The attention check is not enabled for this account.',
			httpCode: '412',
		});
		expect(result.error?.description).toContain('Settings, Mailings, Quality assurance');
	});

	it('a check that is running', async () => {
		await check(['attention']);
		const result = await check(['attention']);
		expect(result.error?.message).toContain('The attention check could not be started');
		expect(result.error?.description).toContain('may be running already');
	});

	it('the results of a mailing that was sent', async () => {
		expect((await check(['bounce'], {}, SENT)).error?.description).toContain(
			'The results of a sealed mailing cannot be read.',
		);
	});

	it('a mailing that is not there, without waiting', async () => {
		expect((await check(['bounce'], {}, 999)).error?.message).toBe(
			'Maileon did not find the mailing with ID 999.',
		);
		expect(clock.pauses).toEqual([]);
	});

	it.each([
		['={{ [] }}', 'Checks is empty.'],
		[['spam'], 'Checks does not know "spam".'],
	])('the choice %j', async (checks, message) => {
		expect((await check(checks)).error?.message).toBe(message);
		expect(wire()).toEqual([]);
	});
});
