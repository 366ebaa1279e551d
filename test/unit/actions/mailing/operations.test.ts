import type { IDataObject } from 'n8n-workflow';

import type { MaileonRequest } from '../../../../nodes/Maileon/maileon/request';
import type { MaileonAnswer } from '../../../../nodes/Maileon/transport/client';
import { answerOf, failureOf, type Answering } from '../../../support/fakeRun';
import { runItems } from '../../../support/runItems';

const chosen = (value: string, mode = 'id'): IDataObject => ({ __rl: true, mode, value });
const DRAFT = { mailing: chosen('22') };
const TEST_GROUP = { testTargetGroup: chosen('3') };

const pathOf = ({ path }: MaileonRequest) => path.join('/');
const resultOf = (value: string) => answerOf(`<result>${value}</result>`);

/** A Maileon that tells these values of its mailings, and answers everything else in the given way. */
function telling(
	values: Record<string, string>,
	others: Answering = () => answerOf(''),
): Answering {
	return (request, options) => {
		const value = request.method === 'GET' ? values[request.path.at(-1) ?? ''] : undefined;
		return value === undefined ? others(request, options) : resultOf(value);
	};
}

const bytesOf = (type: string): MaileonAnswer => ({
	...answerOf(''),
	answer: { kind: 'bytes', bytes: Buffer.from('A'), type },
});

const REGULAR = { state: 'draft', type: 'regular', sealed: 'true', name: ' News ' };

describe('what cannot be done with a mailing is told with its ID', () => {
	it.each<[string, IDataObject, Record<string, string>]>([
		['mailing.sendNow', {}, { ...REGULAR, state: 'done' }],
		['mailing.schedule', { scheduleTime: '2099-01-31T09:30:00' }, { ...REGULAR, state: 'done' }],
		['mailing.unschedule', {}, { ...REGULAR, state: 'done' }],
		['mailing.activate', { dispatching: 'keep' }, REGULAR],
		['mailing.deactivate', {}, REGULAR],
		['mailing.delete', {}, { ...REGULAR, state: 'released' }],
		['mailing.update', { subject: 'New' }, { ...REGULAR, state: 'done' }],
	])('%s', async (name, parameters, values) => {
		const { errors, sent } = await runItems(name, { ...DRAFT, ...parameters }, telling(values));
		expect(errors).toMatchObject([{ mailing: { id: 22 } }]);
		expect(sent.every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('test target groups', () => {
	it.each([
		['3', '3'],
		['003', '3'],
		['30', '30'],
		['0', '0'],
		['00', '0'],
		[' 102 ', '102'],
	])('are named by their number: %j is %s', async (given, id) => {
		const { sent } = await runItems('mailing.requestApproval', {
			...DRAFT,
			testTargetGroup: chosen(given),
		});
		expect(sent.map(({ query }) => query)).toEqual([[['test_targetgroup_id', id]]]);
	});
});

describe('send test', () => {
	it('takes an address without the spaces around it', async () => {
		const { output, sent } = await runItems('mailing.sendTest', { ...DRAFT, email: ' a@x.de ' });
		expect(output).toMatchObject([{ id: 22, test_sent: true, email: 'a@x.de' }]);
		expect(sent[0]?.query).toContainEqual(['email', 'a@x.de']);
	});
});

describe('copy', () => {
	const copy = async (parameters: IDataObject, name: MaileonAnswer | Error) =>
		await runItems('mailing.copy', { ...DRAFT, ...parameters }, (request) => {
			if (request.method === 'POST' && pathOf(request).endsWith('copy')) return resultOf('501');
			if (request.method !== 'GET') return answerOf('');
			if (name instanceof Error) throw name;
			return name;
		});
	const REFUSED = failureOf({ method: 'GET', path: [] }, 500);

	it('tells the name that Maileon gave, without the spaces around it', async () => {
		const { output, sent } = await copy({}, resultOf(' Copy of News '));
		expect(output).toStrictEqual([
			{ copied: true, source_id: 22, id: 501, name: 'Copy of News', updated: [] },
		]);
		expect(sent).toHaveLength(2);
	});

	it.each(['', '  '])('is not given the name %j', async (newName) => {
		const { sent } = await copy({ newName }, resultOf('Copy'));
		expect(sent).toHaveLength(2);
	});

	it('tells no name that cannot be read, and does not swallow what else went wrong', async () => {
		expect((await copy({}, REFUSED)).output).toStrictEqual([
			{ copied: true, source_id: 22, id: 501, updated: [] },
		]);
		expect((await copy({}, new Error('n8n broke'))).errors).toEqual([{ message: 'n8n broke.' }]);
	});

	it('names the mailing that there is none of', async () => {
		const { errors } = await runItems('mailing.copy', DRAFT, (request) => {
			throw failureOf(request, 500, 'unclear');
		});
		expect(errors).toMatchObject([
			{
				description: expect.stringContaining('Look in Maileon whether there is a copy.') as string,
			},
		]);
		expect(errors[0]).not.toHaveProperty('mailing');
	});
});

describe('update', () => {
	const SCHEDULE =
		'<schedule><date>2099-01-31</date><hours>9</hours><minutes>5</minutes><state>scheduled</state></schedule>';
	const update = async (
		parameters: IDataObject,
		failing?: (request: MaileonRequest) => Error | undefined,
	) =>
		await runItems(
			'mailing.update',
			{ ...DRAFT, ...parameters },
			telling(REGULAR, (request) => {
				const error = failing?.(request);
				if (error) throw error;
				return answerOf(request.path.at(-1) === 'schedule' ? SCHEDULE : '');
			}),
		);
	const ANYWAY = { options: { ifScheduled: 'anyway' } };
	const NOT_SENT = 'Maileon does not send it until it is scheduled again.';

	it('tells the name of the mailing, without the spaces around it', async () => {
		expect((await update({ subject: 'New', ...ANYWAY })).output).toEqual([
			{ id: 22, name: 'News', updated: ['subject'], schedule_broken: true },
		]);
	});

	it('leaves a scheduled mailing alone, and says which', async () => {
		const { errors, sent } = await update({ subject: 'New' });
		expect(errors).toMatchObject([{ field: 'ifScheduled', mailing: { id: 22 } }]);
		expect(sent.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('tells how many schedules it broke', async () => {
		const { hints } = await runItems(
			'mailing.update',
			{ ...DRAFT, subject: 'New', ...ANYWAY },
			telling(REGULAR, ({ path }) => answerOf(path.at(-1) === 'schedule' ? SCHEDULE : '')),
			[{}, {}],
		);
		expect(hints).toEqual([
			'The content of 2 scheduled mailings was changed. Maileon does not send them until they are scheduled again.',
		]);
		expect((await update({ subject: 'New', ...ANYWAY })).hints).toEqual([
			'The content of 1 scheduled mailing was changed. Maileon does not send it until it is scheduled again.',
		]);
	});

	it.each([
		['refused', 400, false],
		['unclear', 500, true],
	] as const)(
		'that is %s says whether the mailing still goes out',
		async (outcome, status, isBroken) => {
			const { errors } = await update({ subject: 'New', ...ANYWAY }, (request) =>
				request.method === 'GET' ? undefined : failureOf(request, status, outcome),
			);
			expect(String(errors[0]?.description).includes(NOT_SENT)).toBe(isBroken);
			expect(errors).toMatchObject([{ mailing: { id: 22 }, done: [], not_done: ['subject'] }]);
		},
	);
});

describe('content', () => {
	const contentOf = async (parameters: IDataObject, answering: Answering) =>
		await runItems('mailing.getContent', { ...DRAFT, ...parameters }, answering);
	const PREVIEW = { content: 'preview', contact: chosen('a@x.de', 'email') };

	it.each(['{"a":1}', ''])('is no HTML where the answer is %j', async (answer) => {
		const { errors } = await contentOf({ content: 'html' }, () => answerOf(answer));
		expect(errors).toMatchObject([{ message: 'Unexpected response from Maileon.' }]);
	});

	it.each(['[]', '', '<a/>'])('is no preview where the answer is %j', async (answer) => {
		const { errors } = await contentOf(PREVIEW, () => answerOf(answer));
		expect(errors).toMatchObject([
			{ description: expect.stringContaining('It holds no preview.') as string },
		]);
	});

	it('of a preview becomes a file only where there is some', async () => {
		const file = { ...PREVIEW, output: 'file', binaryPropertyName: 'data' };
		const { rows } = await contentOf(file, () => answerOf('{"html":"<p>","subject":"Hello"}'));
		expect(rows).toMatchObject([
			{
				json: { id: 22, subject: 'Hello' },
				binary: { data: { fileName: 'mailing-22-preview.html', mimeType: 'text/html' } },
			},
		]);
		const { errors } = await contentOf(file, () => answerOf('{"subject":"Hello"}'));
		expect(errors).toMatchObject([
			{ description: expect.stringContaining('It holds no content') as string },
		]);
	});

	it.each([
		['image/png', 'image/png', 'png'],
		['image/jpeg', 'image/jpeg', 'jpg'],
		['image/svg+xml', 'image/svg+xml', 'svg'],
		['application/octet-stream', 'image/jpeg', 'jpg'],
		['', 'image/jpeg', 'jpg'],
	])('of the type %j is the picture %s', async (type, mimeType, ending) => {
		const parameters = { content: 'thumbnail', binaryPropertyName: 'data' };
		const { rows } = await contentOf(parameters, () => bytesOf(type));
		expect(rows).toMatchObject([
			{ json: { id: 22 }, binary: { data: { fileName: `mailing-22.${ending}`, mimeType } } },
		]);
	});

	it('comes out with the ID of the mailing, whatever it is', async () => {
		const { rows } = await contentOf({ content: 'zip', binaryPropertyName: 'data' }, () =>
			bytesOf('application/zip'),
		);
		expect(rows).toMatchObject([{ json: { id: 22 }, binary: { data: { data: 'QQ==' } } }]);
	});
});

describe('activate', () => {
	const activate = async (
		parameters: IDataObject,
		values: Record<string, string>,
		others?: Answering,
	) => await runItems('mailing.activate', { ...DRAFT, ...parameters }, telling(values, others));
	const TRIGGER = { state: 'draft', type: 'trigger' };
	const BY_FILTER = { dispatching: 'contactFilter', contactFilter: chosen('2') };
	const TIME = { dayOfMonth: 5, dayOfWeek: 3, hours: 8, minutes: 30 };

	it.each([
		['HOUR', '<minutes>30</minutes>'],
		['DAY', '<hours>8</hours><minutes>30</minutes>'],
		['WEEK', '<day_of_week>3</day_of_week><hours>8</hours><minutes>30</minutes>'],
		['MONTH', '<day_of_month>5</day_of_month><hours>8</hours><minutes>30</minutes>'],
	])('says of the interval %s no more than belongs to it', async (interval, parts) => {
		const { sent } = await activate({ ...BY_FILTER, interval, ...TIME }, TRIGGER);
		const body = sent.map((request) => String(request.body?.content)).join('');
		expect(body).toContain(`<interval>${interval}</interval>${parts}`);
		expect(body.match(/<(day_of|hours|minutes)/g)).toHaveLength(parts.split('</').length - 1);
	});

	it('takes no limit for a limit of 0, which needs no period', async () => {
		const dispatchingSettings = { deliveryLimit: 0 };
		const { errors } = await activate(
			{ ...BY_FILTER, ...TIME, interval: 'DAY', dispatchingSettings },
			TRIGGER,
		);
		expect(errors).toEqual([]);
	});

	it('takes no type without an ID', async () => {
		const event = { dispatching: 'event', transactionType: chosen('order', 'name') };
		const { errors } = await activate(event, TRIGGER, ({ path }) =>
			answerOf(
				path.includes('types') ? '<transaction_type><name>order</name></transaction_type>' : '',
			),
		);
		expect(errors).toMatchObject([
			{ description: expect.stringContaining('It holds a type without an ID.') as string },
		]);
	});

	it('says which mailing nothing makes send', async () => {
		const { errors } = await activate({ dispatching: 'keep' }, TRIGGER, (request) => {
			throw failureOf(request, 404);
		});
		expect(errors).toMatchObject([
			{
				message: 'The mailing with ID 22 has no dispatching: nothing makes it send.',
				mailing: { id: 22 },
				field: 'dispatching',
			},
		]);
	});

	it('says that the dispatching was set where the rest was refused', async () => {
		const refused =
			(status: number): Answering =>
			(request) => {
				if (pathOf(request).endsWith('dispatching')) return answerOf('');
				throw failureOf(request, status);
			};
		const given = { ...BY_FILTER, ...TIME, interval: 'DAY' };
		expect((await activate(given, TRIGGER, refused(404))).errors).toMatchObject([
			{
				message: 'Maileon did not find the mailing with ID 22.',
				mailing: { id: 22 },
				done: ['dispatching'],
				not_done: ['activation'],
			},
		]);
	});
});

describe('run checks', () => {
	const check = async (
		checks: string[],
		failing: (path: string) => number | Error | undefined,
		items = [{}],
	) =>
		await runItems(
			'mailing.runChecks',
			{ ...DRAFT, checks, longestWait: 0 },
			telling({ state: 'draft' }, (request) => {
				const trouble = request.method === 'GET' ? undefined : failing(pathOf(request));
				if (trouble instanceof Error) throw trouble;
				if (trouble) throw failureOf(request, trouble, trouble < 500 ? 'refused' : 'unclear');
				return answerOf('');
			}),
			items,
		);
	const onDisplay = (trouble: number) => (path: string) =>
		path.includes('display') ? trouble : undefined;

	it('tells what was started, and only that, before one is refused', async () => {
		const { errors } = await check(['attention', 'bounce', 'display'], onDisplay(400));
		expect(errors).toEqual([
			{
				message: expect.stringMatching(/^The display check could not be started: /) as string,
				http_status: 400,
				mailing: { id: 22 },
				done: ['attention'],
				not_done: ['display'],
			},
		]);
	});

	it('does not count one that may have been started among those that were not', async () => {
		const { errors } = await check(['attention', 'display'], onDisplay(500));
		expect(errors).toMatchObject([{ done: ['attention'], not_done: [] }]);
	});

	it('says nothing of steps where the first is refused', async () => {
		const { errors } = await check(['attention', 'display'], () => 412);
		expect(errors[0]).toMatchObject({
			message: 'The attention check is not enabled for this account.',
			mailing: { id: 22 },
		});
		expect(errors[0]).not.toHaveProperty('done');
	});

	it('names the mailing that is not found', async () => {
		const { errors } = await check(['attention'], () => 404);
		expect(errors).toMatchObject([
			{
				message:
					'The attention check could not be started: Maileon did not find the mailing with ID 22.',
			},
		]);
	});

	it('starts a check once for two items about one mailing', async () => {
		const { output, errors } = await check(['attention'], () => undefined, [{}, {}]);
		expect(output).toHaveLength(2);
		expect(errors).toMatchObject([{ field: 'mailing', mailing: { id: 22 } }]);
		expect(errors[0]).not.toHaveProperty('done');
	});

	it('tells what n8n says as it is', async () => {
		const { errors } = await check(['attention'], () => new Error('n8n broke'));
		expect(errors).toEqual([{ message: 'n8n broke.' }]);
	});

	it('does not wait for what only Maileon shows', async () => {
		const parameters = { ...DRAFT, checks: ['attention', 'bounce'], longestWait: 60 };
		const { output } = await runItems(
			'mailing.runChecks',
			parameters,
			telling({ state: 'draft' }, ({ method }) =>
				answerOf(method === 'GET' ? '<check><state>FINISHED</state></check>' : ''),
			),
		);
		expect(output).toEqual([
			{ id: 22, check: 'attention', state: null, started: true },
			{ id: 22, check: 'bounce', state: 'FINISHED' },
		]);
	});
});

describe('get many', () => {
	it('tells once that a page was repeated, and never of one that was not', async () => {
		const page = '<mailings><mailing><id>1</id></mailing></mailings>';
		const list = async (pages: string) =>
			await runItems(
				'mailing.getMany',
				{ returnAll: true },
				({ query = [] }) => {
					const [, index] = query.find(([name]) => name === 'page_index') ?? [];
					const answer = Number(index) > Number(pages) ? '<mailings/>' : page;
					return { ...answerOf(answer), headers: { 'x-pages': pages } };
				},
				[{}, {}],
			);
		expect((await list('2')).hints).toHaveLength(1);
		expect((await list('1')).hints).toEqual([]);
	});

	it('gives no mailings for an answer without a body', async () => {
		const { output } = await runItems('mailing.getMany', {}, () => answerOf(''));
		expect(output).toEqual([]);
	});
});

describe('deactivate', () => {
	it.each<[string, string | 404 | 500, object]>([
		['is over', 'draft', { deactivated: true, state: 'draft', exists: true }],
		['is gone', 404, { deactivated: true, state: null, exists: false }],
		['still works', 'released', { error: expect.objectContaining({ http_status: 500 }) as object }],
		['is not known', 500, { error: expect.objectContaining({ http_status: 500 }) as object }],
	])('whose answer got lost: the mailing %s', async (_what, afterwards, row) => {
		let isAsked = false;
		const { output } = await runItems('mailing.deactivate', DRAFT, (request) => {
			if (request.method !== 'GET') {
				isAsked = true;
				throw failureOf(request, 500, 'unclear');
			}
			if (request.path.at(-1) === 'type') return resultOf('trigger');
			if (!isAsked) return resultOf('released');
			if (typeof afterwards === 'number') throw failureOf(request, afterwards);
			return resultOf(afterwards);
		});
		expect(output).toEqual([expect.objectContaining(row)]);
	});
});

it.each<[string, IDataObject, string]>([
	['mailing.runChecks', { checks: ['bounce'], longestWait: 3_601 }, 'longestWait'],
	[
		'mailing.requestApproval',
		{ ...TEST_GROUP, waitForResult: true, longestWait: -1 },
		'longestWait',
	],
	...[
		{ dispatchEndInHours: 97 },
		{ dispatchEndInDays: 8 },
		{ dispatchWavesGroup: 4 },
		{ dispatchWavesGroup: 0 },
	].map((dispatch): [string, IDataObject, string] => [
		'mailing.schedule',
		{ scheduleTime: '2099-01-31T09:30:00', dispatch },
		Object.keys(dispatch)[0] ?? '',
	]),
	[
		'mailing.activate',
		{
			dispatching: 'contactFilter',
			contactFilter: chosen('2'),
			dispatchingSettings: { deliveryLimit: -1 },
		},
		'deliveryLimit',
	],
	[
		'mailing.activate',
		{
			dispatching: 'feed',
			contactFilter: chosen('2'),
			feedUrl: 'https://x.de',
			feedSettings: { minNewEntries: -1 },
		},
		'minNewEntries',
	],
])('%s %j: a number out of its range is refused', async (name, parameters, field) => {
	const { errors, sent } = await runItems(name, { ...DRAFT, ...parameters });
	expect(errors).toMatchObject([
		{ message: expect.stringContaining('must be a whole number from') as string, field },
	]);
	expect(sent).toEqual([]);
});

it('ten files can be attached to a new mailing', async () => {
	const names = 'a,b,c,d,e,f,g,h,i,j';
	const { errors } = await runItems('mailing.create', {
		name: 'News',
		subject: 'Hello',
		attachments: names,
	});
	expect(errors).toMatchObject([
		{ message: 'The item has no file "a" to attach.', field: 'attachments' },
	]);
});
