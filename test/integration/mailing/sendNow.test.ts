import { holdClock } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { byId, DRAFT_NAME, mailingIn } from '../../support/mailingNode';
import { DRAFT, SENT, TRIGGER } from '../../support/mailings';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
beforeEach(() => {
	clock.pauses.length = 0;
});
afterAll(() => clock.release());

const send = async (mailing = byId(DRAFT), further = {}) =>
	await run('mailing.sendNow', { mailing, ...further });
const sendings = () => wire().filter(([method]) => method === 'POST');
const state = () => mailingIn(sandbox()).state;

const STATE = '/1.0/mailings/22/state';

describe('what is sent', () => {
	it('is looked at first, started, and looked at again', async () => {
		const result = await send();
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([{ id: DRAFT, started: true, state: 'queued' }]);
		expect(wire()).toEqual([
			['GET', STATE],
			['GET', '/1.0/mailings/22/type'],
			['GET', '/1.0/mailings/22/sealed'],
			['POST', '/1.0/mailings/22/sendnow'],
			['GET', STATE],
		]);
		expect(state()).toBe('queued');
	});

	it.each([200, 202, 204] as const)('whatever the status of success: %s', async (status) => {
		sandbox().variants.sendNowStatus = status;
		expect(rows((await send(byName(DRAFT_NAME))).main)).toMatchObject([{ started: true }]);
		expect(wire()[0]).toEqual(['GET', '/1.0/mailings/name/Summer%20sale%2C%20draft']);
	});

	it('is a success although its state cannot be read afterwards', async () => {
		sandbox().fail({
			path: /state$/,
			respond: undefined,
			status: 200,
			body: '<state>draft</state>',
		});
		sandbox().fail({ path: /state$/, status: 403, times: 9 });
		const result = await send();
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([{ id: DRAFT, started: true, state: null }]);
		expect(sendings()).toHaveLength(1);
	});
});

describe('what cannot be sent is refused in words', () => {
	it.each([
		[SENT, 'it has been sent', 'Copy it, and send the copy.'],
		[TRIGGER, 'it is a trigger mailing', 'It is active: it sends by itself.'],
		[13, 'it is a DOI mailing', 'Use Activate instead.'],
	])('mailing %s: %s', async (id, words, advice) => {
		const result = await send(byId(id));
		expect(result.error?.message).toBe(`The mailing with ID ${id} cannot be sent: ${words}.`);
		expect(result.error?.description).toContain(advice);
		expect(sendings()).toEqual([]);
	});

	it('by its name, while it is scheduled, in the error row', async () => {
		mailingIn(sandbox()).state = 'scheduled';
		const result = await run(
			'mailing.sendNow',
			{ mailing: byName(DRAFT_NAME) },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toEqual([
			{
				error: {
					message: 'The mailing "Summer sale, draft" cannot be sent: it is scheduled.',
					description: expect.stringContaining('Unschedule') as string,
					mailing: { id: DRAFT },
				},
			},
		]);
		expect(sendings()).toEqual([]);
	});

	it('when Maileon says that it is sealed', async () => {
		sandbox().fail({ path: /sealed$/, status: 200, body: '<sealed>true</sealed>' });
		expect((await send()).error?.message).toContain('Maileon says that it is sealed.');
		expect(sendings()).toEqual([]);
	});

	it('when there is no such mailing', async () => {
		expect((await send(byId(999))).error).toMatchObject({
			message: 'Maileon did not find the mailing with ID 999.',
			httpCode: '404',
		});
		expect(sendings()).toEqual([]);
	});

	it('by Maileon itself, when it was sent meanwhile', async () => {
		sandbox().fail({ path: /state$/, status: 200, body: '<state>draft</state>' });
		sandbox().fail({ path: /sealed$/, status: 200, body: '<sealed>false</sealed>' });
		mailingIn(sandbox()).state = 'sending';
		expect((await send()).error).toMatchObject({ httpCode: '409' });
		expect(sendings()).toHaveLength(1);
	});
});

describe('an answer that got lost', () => {
	it('does not matter where the state shows that it was started', async () => {
		sandbox().fail({ path: /sendnow$/, breakConnection: 'after' });
		const result = await send();
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([
			{ id: DRAFT, started: true, state: 'queued', confirmed_by_state: true },
		]);
		expect(sendings()).toHaveLength(1);
		expect(clock.pauses).toEqual([]);
	});

	it('is given time to show in the state', async () => {
		sandbox().fail({ path: /sendnow$/, status: 504, act: true });
		for (let reads = 0; reads < 3; reads++)
			sandbox().fail({ path: /state$/, status: 200, body: '<state>draft</state>' });
		expect(rows((await send()).main)).toMatchObject([
			{ started: true, state: 'queued', confirmed_by_state: true },
		]);
		expect(clock.pauses).toEqual([2_000, 5_000]);
	});

	it('is told where the mailing is still a draft: it had not been started', async () => {
		sandbox().fail({ path: /sendnow$/, breakConnection: 'before' });
		const { error } = await send();
		expect(error?.message).toBe(
			'Maileon had not started to send the mailing with ID 22 when it was asked for its state.',
		);
		expect(error?.description).toContain('The connection to Maileon was lost');
		expect(error?.description).toContain('run this item again if it is still a draft.');
		expect(sendings()).toHaveLength(1);
		expect(state()).toBe('draft');
	});

	it('is told where the state cannot be read either', async () => {
		sandbox().fail({ path: /sendnow$/, status: 500, act: true });
		sandbox().fail({ path: /state$/, status: 200, body: '<state>draft</state>' });
		sandbox().fail({ path: /state$/, status: 403, times: 9 });
		const result = await run(
			'mailing.sendNow',
			{ mailing: byId(DRAFT) },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toEqual([
			{
				error: {
					message: 'It is not known whether Maileon has started to send the mailing with ID 22.',
					description: expect.stringContaining('Check the mailing in Maileon before') as string,
					http_status: 500,
					mailing: { id: DRAFT },
				},
			},
		]);
		expect(sendings()).toHaveLength(1);
	});

	it('counts as lost when something else than Maileon answered with success', async () => {
		sandbox().fail({ path: /sendnow$/, status: 200, body: '<html>Login</html>' });
		expect((await send()).error?.message).toMatch(/^Maileon had not started/);
		expect(sendings()).toHaveLength(1);
	});
});
