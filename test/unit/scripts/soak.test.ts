import { isForged, planCalls, requestOf, rightStatus } from '../../../scripts/soak/calls';
import { dueAfter } from '../../../scripts/soak/deliver';
import { judge, type Seen } from '../../../scripts/soak/judge';
import { CONTACTS } from '../../../scripts/soak/synchronize';

const webhook = {
	url: 'http://127.0.0.1:5678/webhook/7d1e0a44-0001/webhook',
	urlParams: [{ name: 'n8n_secret', custom_value: '0123456789abcdef' }],
};

describe('the calls of a soak', () => {
	const calls = planCalls(1, 2000);

	it('are the same for a seed, and others for another', () => {
		expect(calls).toHaveLength(2000);
		expect(planCalls(1, 2000)).toEqual(calls);
		expect(planCalls(2, 2000)).not.toEqual(calls);
	});

	it('are of all kinds, and what is repeated came before', () => {
		const seen = new Set<string>();
		for (const call of calls) {
			const isKnown = seen.has(call.event);
			expect(isKnown).toBe(call.kind === 'repeated');
			seen.add(call.event);
		}
		expect(new Set(calls.map(({ kind }) => kind)).size).toBe(11);
		const forged = calls.filter(isForged).length;
		expect(forged).toBeGreaterThan(300);
		expect(forged).toBeLessThan(500);
		expect(planCalls(1, 2000, 0).some(isForged)).toBe(false);
	});

	it('repeat a delivery as it was, and forge none that would be genuine', () => {
		const genuine = requestOf({ kind: 'genuine', event: 'e' }, webhook);
		expect(genuine).toEqual({
			url: `${webhook.url}?n8n_secret=0123456789abcdef`,
			body: '{"email":"e@example.com","external_id":"e","msg_id":"21","method":"link"}',
			contentType: 'application/json',
		});
		for (const { kind } of calls) {
			const call = { kind, event: 'e' };
			const request = requestOf(call, webhook);
			if (isForged(call)) expect(request).not.toEqual(genuine);
			else expect(request).toEqual(genuine);
			expect(rightStatus(call) === 200).toBe(!isForged(call));
		}
	});
});

it('makes calls at a rate that rises in the first half minute', () => {
	const due = Array.from({ length: 3001 }, (_, index) => dueAfter(index, 50));
	const within = (from: number, to: number): number =>
		due.filter((each) => each >= from && each < to).length;
	expect([within(0, 10), within(10, 20), within(20, 30)]).toEqual([84, 250, 416]);
	expect([within(30, 31), within(60, 61)]).toEqual([50, 50]);
	expect(due.every((each, index) => index === 0 || each > (due[index - 1] ?? 0))).toBe(true);
});

describe('the verdict of a soak', () => {
	const calls = planCalls(1, 100);
	const genuine = calls.filter((call) => !isForged(call));
	const vitals = Array.from({ length: 30 }, (_, index) => ({
		at: index * 20_000,
		pause: 20,
		resident: 500e6,
		heap: 200e6 + (index % 5) * 10e6,
		processor: index * 8000,
	}));
	const fine: Seen = {
		answers: calls.map((call) => ({ call, status: rightStatus(call), milliseconds: 10 })),
		told: genuine.map(({ event }, index) => ({ event, execution: String(index) })),
		failedExecutions: 0,
		synchronized: [{ contacts: CONTACTS, execution: 'sync' }],
		runs: [10_000],
		isAlone: false,
		emails: new Map(Array.from({ length: CONTACTS }, (_, index) => [`c${index}`, 1])),
		load: 1,
		cores: 2,
		vitals,
	};
	const [first] = fine.told;
	const [firstAnswer, ...otherAnswers] = fine.answers;
	if (!first || !firstAnswer) throw new Error('There are no calls.');

	it('has nothing against a soak in which all went well', () => {
		const { rows, failures } = judge(fine);
		expect(failures).toEqual([]);
		expect(rows).toContainEqual(['Answered within (all)', '10 ms']);
		expect(rows).toContainEqual(['Processor that n8n had', '40 % of a core']);
	});

	it.each<[string, Partial<Seen>, RegExp]>([
		['an event is lost', { told: fine.told.slice(1) }, /^1 events were lost$/],
		[
			'an event is executed twice',
			{ told: [...fine.told, { ...first, execution: 'x' }] },
			/^1 events were executed more often than delivered$/,
		],
		[
			'a forged call is executed',
			{ told: [...fine.told, { event: 'forged-1', execution: 'x' }] },
			/^1 forged calls started an execution$/,
		],
		[
			'an execution tells twice of itself',
			{ told: fine.told.map((told) => ({ ...told, execution: '1' })) },
			/started 1 executions/,
		],
		['an execution failed', { failedExecutions: 1 }, /^1 executions failed$/],
		[
			'a call is refused',
			{ answers: [{ ...firstAnswer, status: 503 }, ...otherAnswers] },
			/^1 calls got another answer than they should \(\w.*: 503\)$/,
		],
		[
			'an answer comes too late',
			{ answers: [{ ...firstAnswer, milliseconds: 5000 }, ...otherAnswers] },
			/^an answer took 5000 ms, longer than Maileon waits$/,
		],
		['a contact is missing', { emails: new Map([['c', 1]]) }, /^1 contacts are in the account/],
		[
			'a contact is there twice',
			{ emails: new Map([...fine.emails, ['c0', 2]]) },
			/^100000 contacts are in the account, 1 of them twice$/,
		],
		[
			'a synchronization is incomplete',
			{ synchronized: [{ contacts: 5, execution: 'sync' }] },
			/^1 synchronizations did not report/,
		],
		[
			'the heap grows',
			{
				vitals: vitals.map((each, index) => ({ ...each, heap: each.heap * (1 + index / 50) })),
			},
			/^the heap grew/,
		],
		[
			'resident memory grows',
			{
				vitals: vitals.map((each, index) => ({
					...each,
					resident: each.resident * (1 + index / 20),
				})),
			},
			/^resident memory grew/,
		],
	])('finds it when %s', (_what, change, words) => {
		const { failures } = judge({ ...fine, ...change });
		expect(failures).toContainEqual(expect.stringMatching(words));
	});

	it('says nothing of memory after a short time', () => {
		const growing = vitals.map((each, index) => ({
			...each,
			at: index * 250,
			heap: each.heap * (1 + index),
		}));
		expect(judge({ ...fine, vitals: growing }).failures).toEqual([]);
	});

	it('asks for no contacts where nothing was to be synchronized', () => {
		const alone = { ...fine, isAlone: true, runs: [], synchronized: [], emails: new Map() };
		expect(judge(alone).failures).toEqual([]);
	});
});
