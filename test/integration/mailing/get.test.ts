import type { IDataObject } from 'n8n-workflow';

import { mailingResources } from '../../../nodes/Maileon/actions/mailing';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const paths = () => wire().map(([, url]) => url.replace('/1.0/mailings/', ''));

async function get(id: string, parts?: string[], further: IDataObject = {}) {
	const choice = parts ? { return: 'parts', parts } : {};
	return await run('mailing.get', { mailing: byId(id), ...choice, ...further });
}

/** All that the menu of parts holds. */
function everyPart(): string[] {
	const [{ operations = [] } = {}] = mailingResources;
	const { properties = [] } = operations.find(({ value }) => value === 'get') ?? {};
	const { options = [] } = properties.find(({ name }) => name === 'parts') ?? {};
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

const mailing = (id: number) => {
	const found = sandbox().account.mailings.get(id);
	if (!found) throw new Error(`The sandbox has no mailing ${id}`);
	return found;
};

describe('the overview', () => {
	test('of a draft, by a handful of requests', async () => {
		const result = await get('22');
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([
			{
				id: 22,
				name: 'Summer sale, draft',
				state: 'draft',
				type: 'regular',
				subject: 'Summer sale, draft',
				sender: 'newsletter@news.example.com',
				target_group_id: 1,
				schedule: null,
			},
		]);
		expect(new Set(paths())).toEqual(
			new Set([
				'22/name',
				'22/state',
				'22/type',
				'22/contents/subject',
				'22/contents/sender',
				'22/targetgroupid',
				'22/schedule',
			]),
		);
		expect(paths()).toHaveLength(7);
	});

	test('tells the schedule in whichever words Maileon has for it', async () => {
		const scheduled = mailing(22);
		scheduled.schedule = {
			date: '2030-04-01',
			hours: '09',
			minutes: '30',
			at: new Date(Date.UTC(2030, 3, 1, 9, 30)),
			state: 'scheduled',
			contentChanged: false,
			spread: { dispatchOption: 'uniform', dispatchEndInHours: '12' },
		};
		const schedule = {
			date: '2030-04-01',
			hours: '09',
			minutes: '30',
			state: 'scheduled',
			dispatch_option: 'uniform',
			dispatch_end_in_hours: 12,
		};
		expect(rows((await get('22', ['schedule'])).main)).toEqual([{ id: 22, schedule }]);
		Object.assign(sandbox().variants, { scheduleHour: 'hour', scheduleWaiting: 'schedules' });
		expect(rows((await get('22', ['schedule'])).main)).toEqual([{ id: 22, schedule }]);
	});

	test('by name', async () => {
		const result = await run('mailing.get', { mailing: byName('Spring sale') });
		expect(rows(result.main)).toMatchObject([{ id: 21, state: 'done' }]);
		expect(paths()[0]).toBe('name/Spring%20sale');
	});
});

describe('chosen parts', () => {
	test('are got, and nothing else but what tells that the mailing exists', async () => {
		mailing(22).tags = ['sale', 'summer'];
		mailing(22).properties = new Map([['campaign', 'S26']]);
		mailing(22).blacklistIds = new Set([2]);
		const result = await get('22', ['tags', 'properties', 'replyTo', 'blacklists']);
		expect(rows(result.main)).toEqual([
			{
				id: 22,
				tags: ['sale', 'summer'],
				properties: [{ key: 'campaign', value: 'S26' }],
				reply_to: { active: true, auto: true, custom_email: null },
				blacklists: [
					{
						id: 2,
						name: 'Press',
						created_time: expect.any(Number) as number,
						created_user: 'admin@example.com',
					},
				],
			},
		]);
		expect(paths()).toHaveLength(5);
		expect(paths()).toContain('22/state');
	});

	test('the name alone costs one request', async () => {
		expect(rows((await get('22', ['name'])).main)).toEqual([
			{ id: 22, name: 'Summer sale, draft' },
		]);
		expect(paths()).toEqual(['22/name']);
	});

	test('no properties are an empty list, however Maileon says it', async () => {
		for (const propertiesEmpty of ['selfClosing', 'openAndClose', 'noContent'] as const) {
			sandbox().variants.propertiesEmpty = propertiesEmpty;
			expect(rows((await get('22', ['properties'])).main)).toEqual([{ id: 22, properties: [] }]);
		}
	});

	test.each([400, 405, 409] as const)(
		'what mailings of the type do not have is null (%i)',
		async (mailingTypeStatus) => {
			sandbox().variants.mailingTypeStatus = mailingTypeStatus;
			const parts = ['doiKey', 'dispatching', 'schedule', 'bounceCheck', 'approval'];
			expect(rows((await get('21', parts)).main)).toEqual([
				{
					id: 21,
					doi_key: null,
					dispatching: null,
					schedule: null,
					bounce_check: null,
					approval: null,
				},
			]);
		},
	);

	test('of a trigger and of a DOI mailing', async () => {
		expect(rows((await get('31', ['type', 'dispatching'])).main)).toEqual([
			{
				id: 31,
				type: 'trigger',
				dispatching: expect.objectContaining({ type: 'SINGLE', event: 42 }) as object,
			},
		]);
		expect(rows((await get('11', ['doiKey', 'archiveUrl'])).main)).toEqual([
			{ id: 11, doi_key: 'default-doi', archive_url: expect.stringMatching(/^http/) as string },
		]);
	});

	test('results of checks come out with numbers', async () => {
		expect(rows((await get('22', ['bounceCheck', 'imageCheck', 'linkCheck'])).main)).toEqual([
			{
				id: 22,
				bounce_check: expect.objectContaining({
					mailingid: 22,
					state: 'success',
					samplesize: 0,
					boucelimit: 0.2,
				}) as object,
				image_check: expect.objectContaining({ images: [] }) as object,
				link_check: expect.objectContaining({ state: 'success' }) as object,
			},
		]);
	});

	test('every part at once', async () => {
		const everything = everyPart();
		const result = await get('22', everything);
		expect(result.error).toBeUndefined();
		const [row = {}] = rows(result.main);
		expect(Object.keys(row)).toHaveLength(everything.length + 1);
		expect(Object.keys(row).filter((key) => !/^[a-z]+(_[a-z]+)*$/.test(key))).toEqual([]);
		expect(row).toMatchObject({
			contacts_limit: 2_147_483_647,
			ignore_permission: false,
			sealed: false,
			html_size: expect.any(Number) as number,
			report_url: expect.stringMatching(/^http/) as string,
		});
	});
});

describe('a mailing that does not exist', () => {
	test('fails, gives nothing, or an empty item', async () => {
		const failed = await get('99');
		expect(failed.error?.message).toBe('Maileon did not find the mailing with ID 99.');
		for (const [ifNotFound, expected] of [
			['nothing', []],
			['emptyItem', [{}]],
		] as const) {
			expect(rows((await get('99', undefined, { ifNotFound })).main)).toEqual(expected);
			expect(rows((await get('99', ['doiKey'], { ifNotFound })).main)).toEqual(expected);
		}
		const unknown = { mailing: byName('No such'), ifNotFound: 'nothing' };
		expect(rows((await run('mailing.get', unknown)).main)).toEqual([]);
	});
});

test.each([
	[401, /refused the API key/],
	[403, /lacks the right for reading/],
	[500, /could not process the request/],
])('status %i of one part fails', async (status, message) => {
	sandbox().fail({ status, path: /schedule$/ });
	const { error } = await get('22', undefined, { ifNotFound: 'nothing' });
	expect(error?.message).toMatch(message);
});

test.each([
	[{ return: 'parts', parts: '={{ [] }}' }, /^Parts is empty\.$/],
	[{ return: 'parts', parts: ['nonsense'] }, /^Parts holds "nonsense", which is no choice\.$/],
])('%j is refused before anything is asked', async (parameters, message) => {
	const { error } = await run('mailing.get', { mailing: byId('22'), ...parameters });
	expect(error?.message).toMatch(message);
	expect(wire()).toEqual([]);
});
