import type { IDataObject } from 'n8n-workflow';

import { byId, mailingIn } from '../../support/mailingNode';
import { DRAFT, SENT, TRIGGER } from '../../support/mailings';
import { operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

const FUTURE = '2099-07-01T09:30:00';

const schedule = async (parameters: IDataObject = {}, id = DRAFT) =>
	await run('mailing.schedule', {
		mailing: byId(id),
		scheduleTime: FUTURE,
		timeZone: 'Europe/Berlin',
		...parameters,
	});
const changes = () => wire().filter(([method]) => method !== 'GET');
const path = '/1.0/mailings/22/schedule';
const given = () => mailingIn(sandbox()).schedule;

describe('a schedule', () => {
	it('is created, and comes out as Maileon has it', async () => {
		const result = await schedule();
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([
			{
				id: DRAFT,
				scheduled: true,
				schedule: { date: '2099-07-01', hours: '09', minutes: '30', state: 'scheduled' },
				previous_schedule: null,
				time_zone: 'Europe/Berlin',
			},
		]);
		expect(wire()).toEqual([
			['GET', '/1.0/mailings/22/state'],
			['GET', '/1.0/mailings/22/type'],
			['GET', path],
			['PUT', `${path}?date=2099-07-01&hours=09&minutes=30`],
			['GET', path],
		]);
	});

	it.each(['draft', 'scheduled'] as const)(
		'is changed where there is one, while the mailing is %s',
		async (scheduledMailing) => {
			sandbox().variants.scheduledMailing = scheduledMailing;
			await schedule();
			sandbox().requests.length = 0;
			const result = await schedule({ scheduleTime: '2099-07-02T10:00:00' });
			expect(rows(result.main)).toMatchObject([
				{
					schedule: { date: '2099-07-02', hours: '10', minutes: '00' },
					previous_schedule: { date: '2099-07-01', hours: '09', minutes: '30' },
				},
			]);
			expect(changes()).toEqual([['POST', `${path}?date=2099-07-02&hours=10&minutes=00`]]);
		},
	);

	it('is changed where one came meanwhile', async () => {
		await schedule();
		sandbox().requests.length = 0;
		sandbox().fail({ method: 'GET', path: /schedule$/, status: 404 });
		const result = await schedule({ scheduleTime: '2099-07-02T10:00:00' });
		expect(rows(result.main)).toMatchObject([{ schedule: { date: '2099-07-02' } }]);
		expect(changes().map(([method]) => method)).toEqual(['PUT', 'POST']);
	});

	it.each(['unscheduled', 'misfired'])('that Maileon calls %s is told apart', async (state) => {
		const body = `<schedule><date>2099-01-01</date><hour>1</hour><minutes>0</minutes><state>${state}</state></schedule>`;
		sandbox().fail({ method: 'GET', path: /schedule$/, status: 200, body });
		await schedule();
		expect(changes()[0]?.[0]).toBe(state === 'unscheduled' ? 'PUT' : 'POST');
	});

	it('with the other name of its hour and a misspelt state', async () => {
		Object.assign(sandbox().variants, { scheduleHour: 'hour', scheduleWaiting: 'schedules' });
		expect(rows((await schedule()).main)).toMatchObject([
			{ schedule: { hours: '09', state: 'scheduled' } },
		]);
	});
});

describe('date and time', () => {
	it.each([
		['2099-07-01T09:30:00', 'Europe/Berlin', '2099-07-01 09:30'],
		['2099-07-01T09:30:00Z', 'Europe/Berlin', '2099-07-01 11:30'],
		['2099-07-01T09:30:59+02:00', 'UTC', '2099-07-01 07:30'],
		['={{ DateTime.fromISO("2099-12-31T23:30:00Z") }}', 'Asia/Tokyo', '2100-01-01 08:30'],
		['2099-07-01T09:30:00', '', '2099-07-01 09:30'],
	])('%s in the zone "%s" is %s', async (scheduleTime, timeZone, clock) => {
		await schedule({ scheduleTime, timeZone });
		expect(`${given()?.date} ${given()?.hours}:${given()?.minutes}`).toBe(clock);
	});

	it.each([
		['2020-01-01T09:30:00', 'Europe/Berlin', 'is in the past: 2020-01-01 09:30 in Europe/Berlin'],
		['2099-07-01', 'UTC', 'has no time of day'],
		['tomorrow', 'UTC', 'is not a date'],
		['={{ "" }}', 'UTC', 'Date and Time is empty'],
		[FUTURE, 'Berlin', '"Berlin" is no time zone'],
	])(
		'%s in %s is refused before anything is sent: it %s',
		async (scheduleTime, timeZone, words) => {
			const result = await schedule({ scheduleTime, timeZone });
			expect(result.error?.message).toContain(words);
			expect(wire()).toEqual([]);
		},
	);
});

describe('dispatch', () => {
	it('goes along', async () => {
		const dispatch = {
			dispatchOption: 'uniform',
			dispatchEndExactDatetime: '2099-07-02T12:00:00',
			dispatchUniformInterval: '20m',
			allowedHours: '8-12, 17-21',
		};
		const result = await schedule({ dispatch });
		expect(result.error).toBeUndefined();
		expect(changes()).toEqual([
			[
				'PUT',
				`${path}?date=2099-07-01&hours=09&minutes=30&dispatchOption=uniform&dispatchEndExactDatetime=2099-07-02%2012%3A00&dispatchUniformInterval=20m&allowedHours=8-12%2C17-21`,
			],
		]);
		expect(rows(result.main)).toMatchObject([
			{
				schedule: {
					dispatch_option: 'uniform',
					dispatch_end_exact_datetime: '2099-07-02 12:00',
					allowed_hours: '8-12,17-21',
				},
			},
		]);
	});

	it('by response, without clicks', async () => {
		await schedule({
			dispatch: {
				dispatchOption: 'weekdayhour',
				dispatchEndInDays: 7,
				clicksAsResponseReference: false,
				dispatchWavesGroup: 2,
			},
		});
		expect(given()?.spread).toEqual({
			dispatchOption: 'weekdayhour',
			dispatchEndInDays: '7',
			clicksAsResponseReference: 'false',
			dispatchWavesGroup: '2',
		});
	});

	it.each<[IDataObject, string]>([
		[{ dispatchOption: 'uniform' }, 'Dispatch, Spread: Sending that is spread needs one end'],
		[{ dispatchOption: 'hour', dispatchEndInHours: 30 }, 'Dispatch, End After Hours: '],
		[{ dispatchOption: 'hour', dispatchEndInHours: 97 }, 'End After Hours must be a whole number'],
		[{ allowedHours: '25' }, 'Dispatch, Allowed Hours: It takes hours from 0 to 23'],
		[{ dispatchWavesGroup: 2 }, 'Dispatch, Waves: It belongs to'],
	])('%j is refused before anything is sent', async (dispatch, words) => {
		const result = await schedule({ dispatch });
		expect(result.error?.message).toContain(words);
		expect(wire()).toEqual([]);
	});
});

describe('what cannot be scheduled', () => {
	it.each([
		[SENT, 'it has been sent'],
		[TRIGGER, 'it is a trigger mailing'],
	])('mailing %s is refused: %s', async (id, words) => {
		const result = await schedule({}, id);
		expect(result.error?.message).toContain(words);
		expect(changes()).toEqual([]);
	});

	it('because it was sent meanwhile is told so', async () => {
		sandbox().fail({ method: 'PUT', status: 405 });
		const result = await schedule();
		expect(result.error?.message).toBe('Maileon does not allow this for the mailing with ID 22.');
		expect(result.error?.description).toContain('has been sent, or is on its way');
	});
});

describe('an answer that got lost', () => {
	it.each(['before', 'after'] as const)(
		'is sent again, and the schedule is the one: %s',
		async (breakConnection) => {
			sandbox().fail({ method: 'PUT', breakConnection });
			const result = await schedule();
			expect(result.error).toBeUndefined();
			expect(rows(result.main)).toMatchObject([{ schedule: { date: '2099-07-01' } }]);
		},
	);

	it('is found in the schedule that Maileon has', async () => {
		sandbox().fail({ method: 'PUT', status: 500, act: true });
		expect(rows((await schedule()).main)).toMatchObject([{ scheduled: true }]);
	});

	it('is told where Maileon has no such schedule', async () => {
		sandbox().fail({ method: 'PUT', status: 500 });
		const result = await schedule();
		expect(result.error).toMatchObject({ httpCode: '500' });
		expect(result.error?.description).toContain('Maileon may have accepted the request');
	});

	it('does not matter for the schedule that is read back: what was sent comes out', async () => {
		sandbox().fail({ method: 'GET', path: /schedule$/, status: 404 });
		sandbox().fail({ method: 'GET', path: /schedule$/, status: 403, times: 9 });
		expect(rows((await schedule()).main)).toMatchObject([
			{ schedule: { date: '2099-07-01', hours: '09', minutes: '30', state: null } },
		]);
	});
});

describe('unschedule', () => {
	const unschedule = async (parameters: IDataObject = {}, id = DRAFT) =>
		await run('mailing.unschedule', { mailing: byId(id), ...parameters });

	it.each(['draft', 'scheduled', 'sealed'] as const)(
		'makes a draft of a mailing that is %s',
		async (scheduledMailing) => {
			sandbox().variants.scheduledMailing = scheduledMailing;
			await schedule();
			sandbox().requests.length = 0;
			const result = await unschedule();
			expect(rows(result.main)).toEqual([{ id: DRAFT, unscheduled: true, state: 'draft' }]);
			expect(changes()).toEqual([['DELETE', path]]);
			expect(given()).toBeNull();
		},
	);

	it.each([
		['fail', undefined],
		['nothing', []],
		['emptyItem', [{}]],
	])('a mailing without a schedule: %s', async (ifNotFound, expected) => {
		const result = await unschedule({ ifNotFound });
		if (expected) expect(rows(result.main)).toEqual(expected);
		else expect(result.error?.description).toContain('schedule it first');
	});

	it('is done when it was done by an attempt whose answer got lost', async () => {
		await schedule();
		sandbox().fail({ method: 'DELETE', breakConnection: 'after' });
		expect(rows((await unschedule()).main)).toMatchObject([{ unscheduled: true, state: 'draft' }]);
	});

	it('comes too late for a mailing that went out', async () => {
		const result = await unschedule({}, SENT);
		expect(result.error?.message).toBe(
			'The mailing with ID 21 cannot be unscheduled: it has been sent.',
		);
		expect(changes()).toEqual([]);
	});
});
