import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { addContacts, createMailing, DRAFT, SENT, sentTo } from '../../support/mailings';
import { all, MINUTE, NOON } from '../../support/reportsAccount';
import type { Client } from '../../support/sandboxClient';
import { clientOf, valueOf } from '../../support/sandboxClient';

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
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const path = `/mailings/${DRAFT}/schedule`;
const TOMORROW = 'date=2026-03-05&hours=08&minutes=30';
const AT = Date.UTC(2026, 2, 5, 8, 30);
const put = async (query = TOMORROW) => await call('PUT', `${path}?${query}`);
const post = async (query = TOMORROW) => await call('POST', `${path}?${query}`);
const get = async () => await call('GET', path);
const value = async (part: string, element = part) =>
	valueOf((await call('GET', `/mailings/${DRAFT}/${part}`)).text, element);
const setSubject = async () =>
	await call('POST', `/mailings/${DRAFT}/contents/subject`, { body: '<subject>New</subject>' });

describe('a schedule', () => {
	it('is created, read, changed and deleted', async () => {
		expect((await get()).status).toBe(404);
		expect(await put()).toMatchObject({ status: 200, text: '' });
		expect((await get()).text).toContain(
			'<schedule><date>2026-03-05</date><hours>08</hours><minutes>30</minutes><state>scheduled</state></schedule>',
		);
		expect(await post('date=2026-03-06&hours=9&minutes=5')).toMatchObject({
			status: 200,
			text: '',
		});
		expect((await get()).text).toContain(
			'<date>2026-03-06</date><hours>09</hours><minutes>05</minutes>',
		);
		expect((await call('DELETE', path)).status).toBe(200);
		expect((await get()).status).toBe(404);
		expect((await call('DELETE', path)).status).toBe(404);
	});

	it('shows in lists', async () => {
		await put();
		const list = async (query: string) =>
			(await call('GET', `/mailings/filter/${query}&fields=scheduleTime`)).text;
		expect(await list('states?states=draft')).toContain('<value>2026-03-05 08:30:00</value>');
		const time = 'scheduletime?scheduleTime=2026-03-05%2008%3A30%3A00&beforeSchedulingTime';
		expect(all(await list(`${time}=false`), 'id')).toEqual(['22']);
		expect(all(await list(`${time}=true`), 'id')).toEqual(['21']);
		await call('DELETE', path);
		expect(await list('states?states=draft')).toContain('<value nil="true"/>');
	});

	it.each([
		['date=2026-03-04&hours=09&minutes=15', '2026-03-04 09:15 is in the past'],
		['date=2026-02-30&hours=09&minutes=00', 'date must be yyyy-MM-dd but was 2026-02-30'],
		['date=05.03.2026&hours=09&minutes=00', 'date must be yyyy-MM-dd but was 05.03.2026'],
		['date=2026-03-05&hours=24&minutes=00', 'hours must be 0 to 23 but was 24'],
		['date=2026-03-05&hours=x&minutes=00', 'hours must be 0 to 23 but was x'],
		['date=2026-03-05&hours=09&minutes=60', 'minutes must be 0 to 59 but was 60'],
		['date=2026-03-05&minutes=00', 'query parameter hours is missing'],
		['date=2026-03-05&hours=09', 'query parameter minutes is missing'],
		['hours=09&minutes=00', 'query parameter date is missing'],
		[`${TOMORROW}&zone=UTC`, 'unknown query parameter zone'],
	])('refuses %s', async (query, message) => {
		const reply = await put(query);
		expect(reply.status).toBe(400);
		expect(reply.message).toBe(message);
		expect((await get()).status).toBe(404);
		await put();
		expect((await post(query)).status).toBe(400);
	});

	it('answers 409 where there is one, 405 to a sealed mailing, and is for regular ones', async () => {
		await put();
		const again = await put();
		expect(again.status).toBe(409);
		expect(again.message).toBe('mailing 22 has a schedule already');
		const sealed = await call('PUT', `/mailings/${SENT}/schedule?${TOMORROW}`);
		expect(sealed.status).toBe(405);
		expect(sealed.message).toBe('Mailing with ID 21 cannot be changed as it is sealed.');
		expect((await call('POST', `/mailings/${SENT}/schedule?${TOMORROW}`)).status).toBe(405);
		expect((await call('DELETE', `/mailings/${SENT}/schedule`)).status).toBe(409);
		const trigger = await createMailing(call, 'Trigger', '&type=trigger');
		expect((await call('PUT', `/mailings/${trigger}/schedule?${TOMORROW}`)).status).toBe(400);
		expect((await call('PUT', `/mailings/99/schedule?${TOMORROW}`)).status).toBe(404);
	});
});

describe('when its time comes', () => {
	it('the mailing goes out', async () => {
		await put();
		sandbox.setClock({ at: AT - 1 });
		expect(await value('state')).toBe('draft');
		sandbox.setClock({ at: AT });
		expect(await value('state')).toBe('queued');
		expect(await value('schedule', 'state')).toBe('fired');
		expect(sandbox.passTime(MINUTE)).toMatchObject([{ mailingId: DRAFT, mails: 1 }]);
		expect(await value('state')).toBe('done');
		expect(sentTo(sandbox, DRAFT)).toEqual([ADA]);
		expect((await post()).status).toBe(405);
		expect((await call('DELETE', path)).status).toBe(409);
	});

	it('it does not when content was changed afterwards', async () => {
		await put();
		await setSubject();
		expect(await value('schedule', 'state')).toBe('scheduled');
		expect(sandbox.passTime(DAY)).toEqual([]);
		expect(await value('schedule', 'state')).toBe('misfired');
		expect(await value('state')).toBe('draft');
		expect(sentTo(sandbox, DRAFT)).toEqual([]);
	});

	it.each([
		['POST', 'contents/html', '<p>', 'text/html'],
		['POST', 'contents/text', 'a', 'text/plain'],
		['POST', 'contents/sender', '<sender>a</sender>', undefined],
		['POST', 'contents/smartmailing/rss', undefined, undefined],
		['POST', 'contents/synctextversion', undefined, undefined],
		['PUT', 'contents/reset', undefined, undefined],
		['PUT', 'cms2/contents?templatePath=default%20folder%2FNewsletter', undefined, undefined],
		['POST', 'attachments?filename=a.txt', 'a', 'text/plain'],
	])('content is what %s %s sets', async (method, part, body, type) => {
		await put();
		const reply = await call(method, `/mailings/${DRAFT}/${part}`, { body, type });
		expect(reply.status).toBeLessThan(300);
		expect(sandbox.passTime(DAY)).toEqual([]);
	});

	it.each([
		['settings/tags', '<tags>a</tags>'],
		['targetgroupid', '<targetgroupid>2</targetgroupid>'],
		['name', '<name>Other name</name>'],
	])('content is not what is set by %s', async (part, body) => {
		await put();
		await call('POST', `/mailings/${DRAFT}/${part}`, { body });
		expect(sandbox.passTime(DAY)).toHaveLength(1);
	});

	it('it does when the schedule was set anew after the change', async () => {
		await put();
		await setSubject();
		await post();
		expect(sandbox.passTime(DAY)).toHaveLength(1);
	});

	it('a schedule that misfired can be set anew, or deleted', async () => {
		await put();
		await setSubject();
		sandbox.passTime(DAY);
		expect((await put('date=2026-03-06&hours=08&minutes=00')).status).toBe(409);
		expect((await post('date=2026-03-06&hours=08&minutes=00')).status).toBe(200);
		expect(sandbox.passTime(DAY)).toHaveLength(1);
	});

	it('it does not when the schedule was deleted', async () => {
		await put();
		await call('DELETE', path);
		expect(sandbox.passTime(DAY)).toEqual([]);
	});

	it('mailings go out in the order of their times', async () => {
		const other = await createMailing(call, 'Earlier');
		await put();
		await call('PUT', `/mailings/${other}/schedule?date=2026-03-05&hours=08&minutes=00`);
		expect(sandbox.passTime(DAY).map(({ mailingId }) => mailingId)).toEqual([other, DRAFT]);
	});

	it('sending now makes the schedule needless', async () => {
		await put();
		await call('POST', `/mailings/${DRAFT}/sendnow`);
		expect(sandbox.passTime(2 * DAY)).toHaveLength(1);
		expect(await value('schedule', 'state')).toBe('fired');
	});
});

describe('a spread sendout', () => {
	it.each([
		'dispatchOption=uniform&dispatchEndInHours=96&dispatchUniformInterval=30m&allowedHours=0,3,5,17-21',
		'dispatchOption=hour&dispatchEndInHours=24&clicksAsResponseReference=false&dispatchWavesGroup=1',
		'dispatchOption=weekdayhour&dispatchEndInDays=7&dispatchWavesGroup=3',
		'dispatchOption=weekdayhour&dispatchEndInDays=0&dispatchEndExactDatetime=2026-03-07 09:00',
	])('is kept and told: %s', async (spread) => {
		expect((await put(`${TOMORROW}&${spread}`)).status).toBe(200);
		const { text } = await get();
		for (const pair of spread.split('&')) {
			const [name = '', sent] = pair.split('=');
			expect(valueOf(text, name)).toBe(sent);
		}
	});

	it.each([
		['uniform', 'dispatchEndInHours=24', 24 * HOUR],
		['weekdayhour', 'dispatchEndInDays=2', 48 * HOUR],
		['hour', 'dispatchEndExactDatetime=2026-03-05%2010%3A30', 2 * HOUR],
	])('is sending until its end: %s %s', async (way, end, length) => {
		await put(`${TOMORROW}&dispatchOption=${way}&${end}`);
		sandbox.setClock({ at: AT + length - 1 });
		expect(await value('state')).toBe('sending');
		sandbox.setClock({ at: AT + length });
		expect(await value('state')).toBe('done');
	});

	it.each([
		[
			'dispatchOption=waves',
			'dispatchOption must be one of hour, weekdayhour, uniform but was waves',
		],
		['dispatchOption=uniform', 'dispatchOption uniform needs an end of the sendout'],
		['dispatchOption=uniform&dispatchEndInHours=1', 'dispatchEndInHours must be 2 to 96 but was 1'],
		['dispatchOption=hour&dispatchEndInHours=25', 'dispatchEndInHours must be 2 to 24 but was 25'],
		[
			'dispatchOption=weekdayhour&dispatchEndInHours=5',
			'dispatchOption weekdayhour takes no dispatchEndInHours',
		],
		[
			'dispatchOption=weekdayhour&dispatchEndInDays=8',
			'dispatchEndInDays must be 1 to 7 but was 8',
		],
		['dispatchOption=hour&dispatchEndInDays=2', 'dispatchOption hour takes no dispatchEndInDays'],
		[
			'dispatchOption=hour&dispatchEndExactDatetime=tomorrow',
			'dispatchEndExactDatetime must be yyyy-MM-dd HH:mm but was tomorrow',
		],
		[
			'dispatchOption=hour&dispatchEndExactDatetime=2026-03-05%2008%3A00',
			'dispatchEndExactDatetime is before the start',
		],
		['dispatchEndInHours=5', 'an end of the sendout needs a dispatchOption'],
		[
			'clicksAsResponseReference=true',
			'clicksAsResponseReference needs the dispatchOption hour or weekdayhour',
		],
		[
			'dispatchOption=uniform&dispatchEndInHours=5&dispatchWavesGroup=2',
			'dispatchWavesGroup needs the dispatchOption hour or weekdayhour',
		],
		[
			'dispatchOption=hour&dispatchEndInHours=5&dispatchWavesGroup=4',
			'dispatchWavesGroup must not exceed 3 but was 4',
		],
		[
			'dispatchOption=hour&dispatchEndInHours=5&dispatchUniformInterval=30m',
			'dispatchUniformInterval needs the dispatchOption uniform',
		],
		['allowedHours=24', 'allowedHours must be like 0,3,5,17-21 but was 24'],
		['allowedHours=5-3', 'allowedHours must be like 0,3,5,17-21 but was 5-3'],
		['allowedHours=1,,2', 'allowedHours must be like 0,3,5,17-21 but was 1,,2'],
	])('is refused: %s', async (spread, message) => {
		const reply = await put(`${TOMORROW}&${spread}`);
		expect(reply.status).toBe(400);
		expect(reply.message).toBe(message);
	});
});

describe('what the documentation leaves open', () => {
	it('names the hour in two ways, and what waits too', async () => {
		await put('date=2026-03-05&hour=08&minutes=30');
		Object.assign(sandbox.variants, { scheduleHour: 'hour', scheduleWaiting: 'schedules' });
		expect((await get()).text).toContain(
			'<hour>08</hour><minutes>30</minutes><state>schedules</state>',
		);
	});

	it('reads date and time in another zone', async () => {
		sandbox.variants.scheduleTimeZone = 'Europe/Berlin';
		await put();
		expect(sandbox.recipients.mailing(DRAFT).schedule?.at).toEqual(new Date(AT - HOUR));
		expect((await get()).text).toContain('<hours>08</hours>');
		const list = await call('GET', '/mailings/filter/states?states=draft&fields=scheduleTime');
		expect(list.text).toContain('<value>2026-03-05 08:30:00</value>');
		await post('date=2026-03-29&hours=08&minutes=30');
		expect(sandbox.recipients.mailing(DRAFT).schedule?.at).toEqual(
			new Date(Date.UTC(2026, 2, 29, 6, 30)),
		);
	});

	it('calls a mailing that waits scheduled, which can be changed all the same', async () => {
		sandbox.variants.scheduledMailing = 'scheduled';
		await put();
		expect([await value('state'), await value('sealed')]).toEqual(['scheduled', 'false']);
		expect((await setSubject()).status).toBe(200);
		expect((await put()).status).toBe(409);
		sandbox.passTime(DAY);
		expect([await value('state'), await value('schedule', 'state')]).toEqual(['draft', 'misfired']);
	});

	it('or is sealed by its schedule', async () => {
		sandbox.variants.scheduledMailing = 'sealed';
		await put();
		expect([await value('state'), await value('sealed')]).toEqual(['scheduled', 'true']);
		expect((await setSubject()).status).toBe(409);
		expect((await put()).status).toBe(409);
		expect((await post()).status).toBe(200);
		expect((await call('DELETE', path)).status).toBe(200);
		expect(await value('state')).toBe('draft');
		await put();
		expect(sandbox.passTime(DAY)).toHaveLength(1);
	});

	it('changes a schedule that is missing or fired in several ways', async () => {
		expect((await post()).status).toBe(404);
		sandbox.variants.scheduleUpdateMissing = 'created';
		expect((await post()).status).toBe(200);
		sandbox.passTime(DAY);
		sandbox.variants.scheduleUpdateSealed = 409;
		expect((await post()).status).toBe(409);
	});
});
