import { attempt, ifReadable } from '../../../../nodes/Maileon/actions/mailing/shared/attempt';
import { make, madeRow, type Making } from '../../../../nodes/Maileon/actions/mailing/shared/make';
import type { Part } from '../../../../nodes/Maileon/actions/mailing/shared/parts';
import type { Mailing } from '../../../../nodes/Maileon/actions/mailing/shared/perMailing';
import { setSchedule } from '../../../../nodes/Maileon/actions/mailing/shared/scheduling';
import { sendAndWait } from '../../../../nodes/Maileon/actions/mailing/shared/sendout';
import { startMailing } from '../../../../nodes/Maileon/actions/mailing/shared/start';
import { mailingChecks, mailings } from '../../../../nodes/Maileon/maileon/endpoints/mailings';
import type { MaileonRequest } from '../../../../nodes/Maileon/maileon/request';
import type { MaileonAnswer } from '../../../../nodes/Maileon/transport/client';
import { MaileonFailure } from '../../../../nodes/Maileon/transport/failure';
import { ExplainedFailure } from '../../../../nodes/Maileon/transport/refusal';
import { answerOf, failureOf, fakeNode } from '../../../support/fakeRun';

const REQUEST: MaileonRequest = { method: 'POST', path: ['mailings', '22'] };
const broken = new Error('n8n broke');
const refused = failureOf(REQUEST, 400);
const unclear = failureOf(REQUEST, 500, 'unclear');
const cancelled = new MaileonFailure({ kind: 'cancelled', outcome: 'unclear', method: 'GET' });

/** What a promise is rejected with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
	return await promise.then(
		() => undefined,
		(error: unknown) => error,
	);
}

/** What was explained of a failure. */
async function explained(promise: Promise<unknown>) {
	const error = await rejection(promise);
	expect(error).toBeInstanceOf(ExplainedFailure);
	return (error as ExplainedFailure).explanation;
}

/** Answers requests in their order; the last answer is kept to. */
function answering(...answers: Array<string | Error>) {
	const sent: MaileonRequest[] = [];
	const send = async (request: MaileonRequest): Promise<MaileonAnswer> => {
		const answer = answers[Math.min(sent.length, answers.length - 1)] ?? '';
		sent.push(request);
		await Promise.resolve();
		if (answer instanceof Error) throw answer;
		return answerOf(answer);
	};
	return { send, sent };
}

/** A mailing about which Maileon answers these, and how long it was waited for. */
function mailingWith(...answers: Array<string | Error>) {
	const pauses: number[] = [];
	const { send, sent } = answering(...answers);
	const mailing: Mailing = {
		id: '22',
		name: 'mailing with ID 22',
		send,
		node: fakeNode({ items: [] }),
		item: 0,
		pause: async (milliseconds) => {
			pauses.push(milliseconds);
			await Promise.resolve();
		},
		started: new Set(),
	};
	return { mailing, sent, pauses };
}

describe('an attempt', () => {
	it('gives the failure of Maileon, and throws every other', async () => {
		expect(await attempt(answering('').send, REQUEST)).toBeUndefined();
		expect(await attempt(answering(unclear).send, REQUEST)).toBe(unclear);
		expect(await rejection(attempt(answering(broken).send, REQUEST))).toBe(broken);
	});

	it('to read gives nothing where Maileon does not tell, and ends with the execution', async () => {
		const reading = async (error: Error) =>
			await ifReadable(async () => await Promise.reject(error));
		expect(await ifReadable(async () => await Promise.resolve(5))).toBe(5);
		expect(await reading(refused)).toBeUndefined();
		expect(await rejection(reading(cancelled))).toBe(cancelled);
		expect(await rejection(reading(broken))).toBe(broken);
	});
});

describe('a mailing that is started', () => {
	const WORDS = { deed: 'started to send', danger: 'people could get it twice' };
	const state = (word: string) => `<result>${word}</result>`;
	const start = async (mailing: Mailing) =>
		await startMailing(mailing, mailings.sendNow.request({ id: mailing.id }), WORDS);

	it.each<[string, Array<string | Error>, object, number[]]>([
		['has its new state', ['', state('sending')], { state: 'sending' }, []],
		['may have a state that is not told', ['', refused], { state: null }, []],
		[
			'is found in its state',
			[unclear, state('sending')],
			{ state: 'sending', confirmed_by_state: true },
			[],
		],
		[
			'is found in a state that could not be read at first',
			[unclear, refused, state('sending')],
			{ state: 'sending', confirmed_by_state: true },
			[2_000],
		],
		[
			'is found in a state that took its time',
			[unclear, state('draft'), refused, state('done')],
			{ state: 'done', confirmed_by_state: true },
			[2_000, 5_000],
		],
	])('%s', async (_what, answers, outcome, waited) => {
		const { mailing, pauses } = mailingWith(...answers);
		expect(await start(mailing)).toEqual(outcome);
		expect(pauses).toEqual(waited);
	});

	it.each<[string, Array<string | Error>, RegExp]>([
		[
			'is a draft afterwards',
			[unclear, state('draft')],
			/^Maileon had not started to send the mailing with ID 22 /,
		],
		['cannot be read', [unclear, refused], /^It is not known whether Maileon has started to send /],
	])('and %s is told by its ID', async (_what, answers, message) => {
		const { mailing, pauses } = mailingWith(...answers);
		expect(await explained(start(mailing))).toMatchObject({
			message: expect.stringMatching(message) as string,
			description: expect.stringContaining('people could get it twice') as string,
			mailing: { id: 22 },
		});
		expect(pauses).toEqual([2_000, 5_000]);
	});

	it('is not started again by the same run, while another one is', async () => {
		const { mailing, sent } = mailingWith('', state('sending'), '', state('sending'));
		await start(mailing);
		expect(await rejection(start(mailing))).toMatchObject({
			explanation: { field: 'mailing' },
		});
		expect(sent).toHaveLength(2);
		expect(await start({ ...mailing, id: '23' })).toEqual({ state: 'sending' });
	});

	it('can be started again where Maileon surely did not', async () => {
		const { mailing } = mailingWith(refused, '', state('sending'));
		expect(await rejection(start(mailing))).toBe(refused);
		expect(await start(mailing)).toEqual({ state: 'sending' });
	});
});

describe('a test that is sent', () => {
	const result = (word: string) => `<check><state>${word}</state></check>`;
	const send = async (mailing: Mailing, wait?: number) => {
		const request = mailingChecks.sendTestToGroup.request({ id: '22' });
		return await sendAndWait(mailing, request, mailingChecks.getTestResult, wait);
	};

	it('is waited for only where that is wanted', async () => {
		const { mailing, sent } = mailingWith('');
		expect(await send(mailing)).toEqual({});
		expect(sent).toHaveLength(1);
	});

	it('has a result that was not there before', async () => {
		const old = result('OLD');
		const { mailing, pauses } = mailingWith(old, '', old, result('FINISHED'));
		expect(await send(mailing, 60_000)).toEqual({ result: { state: 'FINISHED' } });
		expect(pauses).toEqual([2_000]);
	});

	it('fails where nobody knows whether it was sent', async () => {
		const { mailing, sent } = mailingWith('', unclear);
		expect(await rejection(send(mailing, 60_000))).toBe(unclear);
		expect(sent).toHaveLength(2);
	});

	it('was sent although its result cannot be read', async () => {
		const { mailing } = mailingWith('', '', refused);
		expect(await send(mailing, 60_000)).toEqual({
			result: null,
			waiting: true,
			reason: 'Maileon refused the request (status 400).',
		});
	});

	it.each([
		['the execution is cancelled', cancelled],
		['n8n breaks', broken],
	])('ends where %s', async (_what, error) => {
		const { mailing } = mailingWith('', '', error);
		expect(await rejection(send(mailing, 60_000))).toBe(error);
	});

	it('is waited for no longer than that', async () => {
		const { mailing } = mailingWith('');
		expect(await send(mailing, 0)).toEqual({ result: null, waiting: true });
	});
});

describe('a schedule that is set', () => {
	const QUERY = [
		['date', '2099-01-31'],
		['hours', '09'],
		['minutes', '30'],
		['dispatchOption', undefined],
		['allowedHours', '8-10'],
	] as const;
	const SET = `<schedule><date>2099-01-31</date><hours>09</hours><minutes>30</minutes><allowedHours>8-10</allowedHours><state>scheduled</state></schedule>`;
	const taken = failureOf(REQUEST, 409);
	const set = async (exists: boolean, ...answers: Array<string | Error>) => {
		const { send, sent } = answering(...answers);
		const schedule = await setSchedule({ id: '22', send }, QUERY, exists).catch(
			(error: unknown) => error,
		);
		return { schedule, methods: sent.map(({ method }) => method) };
	};

	it('is what Maileon has', async () => {
		const { schedule, methods } = await set(false, '', SET);
		expect(schedule).toMatchObject({ date: '2099-01-31', state: 'scheduled' });
		expect(methods).toHaveLength(2);
	});

	it('is what was sent, where Maileon does not tell', async () => {
		const { schedule } = await set(false, '', refused);
		expect(schedule).toStrictEqual({
			date: '2099-01-31',
			hours: '09',
			minutes: '30',
			allowed_hours: '8-10',
			state: null,
		});
	});

	it.each([true, false])(
		'is not set where Maileon refuses it (there was one: %s)',
		async (exists) => {
			const { schedule, methods } = await set(exists, refused, SET);
			expect(schedule).toBe(refused);
			expect(methods).toHaveLength(1);
		},
	);

	it('is changed where there is one already', async () => {
		const { schedule, methods } = await set(false, taken, '', SET);
		expect(schedule).toMatchObject({ state: 'scheduled' });
		expect(methods).toEqual(['PUT', 'POST', 'GET']);
	});

	it('is not set where neither is taken', async () => {
		const { schedule, methods } = await set(false, taken, refused, SET);
		expect(schedule).toBe(refused);
		expect(methods).toHaveLength(2);
	});

	it('is found where the answer got lost', async () => {
		expect((await set(false, unclear, SET)).schedule).toMatchObject({ state: 'scheduled' });
		expect((await set(false, unclear, refused)).schedule).toBe(unclear);
	});

	it('may have been set before the attempt that Maileon refuses', async () => {
		const lost = failureOf(REQUEST, 409, 'unclear');
		expect((await set(false, lost, refused, SET)).schedule).toMatchObject({ state: 'scheduled' });
	});
});

describe('a mailing that is made', () => {
	const part = (error?: Error): Part => ({
		names: ['subject'],
		what: 'subject',
		deed: 'set',
		isContent: false,
		run: async () => {
			await Promise.resolve();
			if (error) throw error;
			return undefined;
		},
	});
	const making = (further: Partial<Making> = {}): Making => ({
		request: REQUEST,
		parts: [part()],
		ifStepFails: 'keep',
		words: {
			subject: { what: 'mailing "News"', things: 'mailings' },
			step: 'copied',
			made: (id) => `The mailing ${id} was copied`,
			ifUnclear: 'Look in Maileon.',
		},
		...further,
	});
	const MADE = '<result>501</result>';

	it('comes out with its name where that is known', async () => {
		const made = await make(answering(MADE).send, making());
		expect(made).toEqual({ id: '501', done: ['subject'] });
		expect(madeRow(made, { copied: true })).toStrictEqual({
			copied: true,
			id: 501,
			updated: ['subject'],
		});
		expect(madeRow(made, { copied: true }, 'News')).toMatchObject({ name: 'News' });
	});

	it('is not made where Maileon refuses it, or n8n breaks', async () => {
		for (const error of [refused, broken])
			expect(await rejection(make(answering(error).send, making()))).toBe(error);
	});

	it('may have been made where the answer got lost', async () => {
		const told = await explained(make(answering(unclear).send, making()));
		expect(told).toMatchObject({
			description: expect.stringMatching(/\. Look in Maileon\.$/) as string,
			done: [],
			not_done: ['copied', 'subject'],
		});
		expect(told).not.toHaveProperty('mailing');
		const named = await explained(make(answering(unclear).send, making({ name: 'News' })));
		expect(named.mailing).toEqual({ name: 'News' });
	});

	it('is told by its ID where a part cannot be set', async () => {
		const parts = [part(refused)];
		const told = await explained(make(answering(MADE).send, making({ parts })));
		expect(told).toMatchObject({
			message: expect.stringMatching(
				/^The mailing 501 was copied, but its subject could not be set/,
			) as string,
			not_done: ['subject'],
		});
		expect(told.mailing).toStrictEqual({ id: 501 });
		const named = await explained(make(answering(MADE).send, making({ parts, name: 'News' })));
		expect(named.mailing).toStrictEqual({ id: 501, name: 'News' });
	});

	describe('and is to be deleted where a part cannot be set', () => {
		const failing = async (...answers: Array<string | Error>) =>
			await explained(
				make(
					answering(MADE, ...answers).send,
					making({ ifStepFails: 'delete', parts: [part(refused)] }),
				),
			);

		it.each([
			['afterwards', ''],
			['already', failureOf(REQUEST, 404)],
		])('is gone %s', async (_when, answer) => {
			expect(await failing(answer)).toMatchObject({
				message: expect.stringContaining('and deleted again') as string,
				description: expect.stringContaining('Nothing of it is left') as string,
				done: [],
				not_done: ['copied', 'subject'],
			});
		});

		it.each([
			['is there', refused, 'The draft could not be deleted either: '],
			['may be there', unclear, 'Whether the draft was deleted is not known: '],
		])('%s', async (_what, answer, words) => {
			expect((await failing(answer)).description).toContain(words);
		});

		it('is told nothing of where n8n breaks', async () => {
			const options = making({ ifStepFails: 'delete', parts: [part(refused)] });
			expect(await rejection(make(answering(MADE, broken).send, options))).toBe(broken);
		});
	});
});
