import type { IHttpRequestOptions, INode, IPollFunctions } from 'n8n-workflow';

import { poll } from '../../../../nodes/Maileon/trigger/report/polling';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await Promise.resolve(),
}));

const NODE = { id: 'n', name: 'Reports', type: 'maileonReportTrigger', parameters: {} };
const START = Date.UTC(2026, 2, 4, 9);
const MINUTE = 60_000;

const CLICK =
	'<click><timestamp>1772614860000</timestamp><contact><id>7</id><email>ada@example.com</email>' +
	'<standard_fields/></contact><mailing_id>501</mailing_id><link_id>9</link_id></click>';

/** A status, a fault of the network, or the answers to a count and to a list. */
type Maileon = number | Error | { count: string; list: string };

const QUIET: Maileon = { count: '<count>0</count>', list: '<clicks></clicks>' };
const BUSY: Maileon = { count: '<count>1</count>', list: `<clicks>${CLICK}</clicks>` };

/** An active workflow with the trigger in it, polled by and by. */
function workflow(mode: 'trigger' | 'manual', parameters: Record<string, unknown> = {}) {
	const staticData = {};
	const said: Array<[level: string, text: string]> = [];
	const log = (level: string) => (text: string) => said.push([level, text]);
	const polled = async (maileon: Maileon, minutes: number, more: object = {}) => {
		const context = {
			getNode: () => NODE as unknown as INode,
			getWorkflow: () => ({ id: 'w' }),
			getMode: () => mode,
			getTimezone: () => 'UTC',
			getWorkflowStaticData: () => staticData,
			getCredentials: async () =>
				await Promise.resolve({ apiKey: 'key', baseUrl: 'https://api.example.com/1.0' }),
			getNodeParameter: (name: string, preset: unknown) => parameters[name] ?? preset,
			logger: { info: log('info'), warn: log('warn'), debug: () => undefined },
			helpers: {
				httpRequestWithAuthentication: async (_type: string, { url }: IHttpRequestOptions) => {
					if (maileon instanceof Error) throw maileon;
					if (typeof maileon === 'number')
						return await Promise.resolve({ statusCode: maileon, headers: {} });
					const isCount = new URL(url).pathname.endsWith('/count');
					const body = isCount ? maileon.count : maileon.list;
					return { statusCode: 200, headers: { 'x-pages': '1', 'x-items': '1' }, body };
				},
			},
			...more,
		};
		const clock = jest.spyOn(Date, 'now').mockReturnValue(START + minutes * MINUTE);
		return await poll(context as unknown as IPollFunctions).finally(() => {
			clock.mockRestore();
		});
	};
	return { polled, said };
}

describe('a poll', () => {
	test('gives what is new, beside its event and the moment in which it came', async () => {
		const { polled, said } = workflow('trigger');
		expect(await polled(QUIET, 0)).toBeNull();
		expect(said).toEqual([
			[
				'info',
				'Reports: Started. The workflow gets what happens from 2026-03-04T09:00:00.000Z on.',
			],
		]);
		expect(await polled(QUIET, 1)).toBeNull();
		const [[item, ...others] = []] = (await polled(BUSY, 5)) ?? [];
		expect(others).toEqual([]);
		expect(item?.json).toMatchObject({
			event: 'click',
			received_at: '2026-03-04T09:05:00.000Z',
			email: 'ada@example.com',
			link_id: 9,
		});
		expect(await polled(BUSY, 6)).toBeNull();
	});

	test('gives the entries of Maileon as they are where that is chosen', async () => {
		const { polled } = workflow('trigger', { simplify: false });
		await polled(QUIET, 0);
		const [[item] = []] = (await polled(BUSY, 5)) ?? [];
		expect(item?.json).toMatchObject({ event: 'click', contact: { email: 'ada@example.com' } });
	});

	test('that takes longer than n8n waits gives nothing yet', async () => {
		const { polled, said } = workflow('trigger');
		await polled(QUIET, 0);
		const granted = { getPollBudgetMs: () => -1 };
		expect(await polled(BUSY, 5, granted)).toBeNull();
		expect(said.at(-1)?.[1]).toContain('longer than n8n waits');
		expect(await polled(BUSY, 6)).toHaveLength(1);
	});
});

describe('a fault', () => {
	const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

	test.each<[string, Maileon]>([
		['429', 429],
		['500', 500],
		['503', 503],
		['a broken connection', reset],
		['an unreachable host', Object.assign(new Error('no'), { code: 'ENOTFOUND' })],
		['a time-out', Object.assign(new Error('no'), { code: 'ETIMEDOUT' })],
	])('that passes is only told: %s', async (_, maileon) => {
		const { polled, said } = workflow('trigger');
		await polled(QUIET, 0);
		expect(await polled(maileon, 5)).toBeNull();
		expect(said.at(-1)).toEqual([
			'warn',
			expect.stringMatching(/^Reports: The reports could not be read: .*[^.]\. The next poll/),
		]);
		expect(await polled(BUSY, 6)).toHaveLength(1);
	});

	test.each<[string, Maileon]>([
		['400', 400],
		['401', 401],
		['499', 499],
		['what is no report', { count: '<html></html>', list: '' }],
		['an error of Maileon', { count: '<error><message>no</message></error>', list: '' }],
	])('that lasts ends the poll: %s', async (_, maileon) => {
		const { polled } = workflow('trigger');
		await polled(QUIET, 0);
		await expect(polled(maileon, 5)).rejects.toMatchObject({
			name: expect.stringMatching(/^Node(Api|Operation)Error$/) as string,
			description: undefined,
		});
	});

	test('on activation is shown, with what to do in the message', async () => {
		await expect(workflow('trigger').polled(503, 0)).rejects.toMatchObject({
			httpCode: '503',
			message: expect.stringMatching(/^.+\. .+\.$/) as string,
		});
	});

	test('of the settings is shown, too', async () => {
		const { polled } = workflow('trigger', { events: [' '] });
		await expect(polled(QUIET, 0)).rejects.toMatchObject({
			message: 'No event is chosen. Choose what has to happen under "Events".',
		});
	});
});

describe('by hand', () => {
	test('gives what happened of late', async () => {
		const { polled, said } = workflow('manual');
		expect(await polled(BUSY, 5)).toMatchObject([[{ json: { event: 'click' } }]]);
		expect(said).toEqual([]);
	});

	test('says so where nothing did', async () => {
		await expect(workflow('manual').polled(QUIET, 5)).rejects.toMatchObject({
			message: expect.stringMatching(/^Nothing of the kind happened/) as string,
		});
	});
});
