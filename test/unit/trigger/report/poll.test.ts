import type { EventKind } from '../../../../nodes/Maileon/maileon/report/event';
import {
	DEFAULT_SETTINGS,
	pollReports,
	type Poll,
	type Polled,
	type PollSettings,
} from '../../../../nodes/Maileon/trigger/report/poll';
import type { ReportPage, ReportSource } from '../../../../nodes/Maileon/trigger/report/source';
import { selectionHash, type Selection } from '../../../../nodes/Maileon/trigger/report/state';
import { testEvents } from '../../../../nodes/Maileon/trigger/report/testEvents';
import { pollInTurn, type Turn } from '../../../../nodes/Maileon/trigger/report/turn';
import { words } from '../../../../nodes/Maileon/trigger/report/words';
import type { Window } from '../../../../nodes/Maileon/trigger/report/window';
import { eventOf, SimulatedFault, SimulatedReports, type Happening } from './simulatedReport';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = Date.UTC(2026, 2, 4, 9);
const SELECTION: Selection = { kinds: ['click'], filters: {}, baseUrl: 'https://maileon' };

interface Account {
	reports: SimulatedReports;
	/** Windows whose pages were read, with the page. */
	read: Array<Window & { page: number }>;
	counted: Window[];
	poll: (more?: Partial<Poll>, settings?: Partial<PollSettings>) => Promise<Polled>;
}

/** An account in which this happens, with a node that was started at 9:00. */
async function startedAt9(
	happenings: Happening[],
	conditions: { pageSize?: number; latency?: number } = {},
	selection = SELECTION,
): Promise<Account & { start: Polled }> {
	const reports = new SimulatedReports(START, happenings, {
		pageSize: 100,
		latency: 0,
		order: 'byTimeReversed',
		...conditions,
	});
	const account: Account = { reports, read: [], counted: [], poll: async () => start };
	let stored: unknown;
	account.poll = async (more = {}, settings = {}) => {
		const polled = await pollReports({
			stored,
			selection,
			settings: { ...DEFAULT_SETTINGS, ...settings },
			sources: (kind) => watched(reports.source(kind), account),
			now: () => reports.now,
			budget: 30 * SECOND,
			...more,
		});
		stored = polled.stored;
		return polled;
	};
	const start = await account.poll();
	return { ...account, start };
}

function watched(source: ReportSource, { read, counted }: Account): ReportSource {
	return {
		count: async (window) => {
			counted.push(window);
			return await source.count(window);
		},
		page: async (window, page) => {
			read.push({ ...window, page });
			return await source.page(window, page);
		},
	};
}

/** A click so many seconds after 9:00. */
function click(second: number, more: Partial<Happening> = {}): Happening {
	return { kind: 'click', time: START + second * SECOND, lateness: 0, contact: second, ...more };
}

function clicks(count: number, every = 1): Happening[] {
	return Array.from({ length: count }, (_, index) => click(index * every));
}

function contactsOf({ events }: Pick<Polled, 'events'>): unknown[] {
	return events.map(({ data }) => (data.contact as { id: number }).id);
}

describe('rule 1, windows', () => {
	it('reads from the look back to a little before now, half open', async () => {
		const { reports, poll, read } = await startedAt9([click(1), click(1_700)]);
		reports.now = START + 30 * MINUTE + 400;
		await poll();
		reports.now += MINUTE;
		await poll();
		expect(read).toEqual([
			{ from: START, to: START + 29 * MINUTE, page: 1 },
			{ from: START + 14 * MINUTE, to: START + 30 * MINUTE, page: 1 },
		]);
	});

	it('covers both windows after a fault on the last page', async () => {
		const { reports, poll } = await startedAt9(clicks(5), { pageSize: 2 });
		reports.now = START + 5 * MINUTE;
		reports.planFaults((request) => request === 4);
		await expect(poll()).rejects.toThrow('The connection broke.');
		reports.now += MINUTE;
		expect(contactsOf(await poll())).toEqual([0, 1, 2, 3, 4]);
	});

	it('does not touch the state that it is given', async () => {
		const { reports, poll, start } = await startedAt9(clicks(5));
		const before = JSON.stringify(start.stored);
		reports.now = START + 5 * MINUTE;
		await poll();
		expect(JSON.stringify(start.stored)).toBe(before);
	});

	it('gives a late event once', async () => {
		const { reports, poll } = await startedAt9([click(10, { lateness: 15 * MINUTE })]);
		const given: unknown[] = [];
		for (let minute = 1; minute < 40; minute += 1) {
			reports.now = START + minute * MINUTE;
			given.push(...contactsOf(await poll()));
		}
		expect(given).toEqual([10]);
	});
});

describe('rule 2, what was given', () => {
	it('tells equal events by their number', async () => {
		const twin = click(10);
		const { reports, poll } = await startedAt9([twin, twin, { ...twin, lateness: 5 * MINUTE }]);
		reports.now = START + 2 * MINUTE;
		expect(contactsOf(await poll())).toEqual([10, 10]);
		reports.now = START + 10 * MINUTE;
		expect(contactsOf(await poll())).toEqual([10]);
		expect(contactsOf(await poll())).toEqual([]);
	});

	it('forgets what cannot come back', async () => {
		const { reports, poll } = await startedAt9([click(10)]);
		reports.now = START + 2 * MINUTE;
		expect((await poll()).stored.kinds.click?.windows).toHaveLength(1);
		reports.now = START + 17 * MINUTE;
		expect((await poll()).stored.kinds.click?.windows).toEqual([]);
	});

	it('looks back less far where it would remember too much, and says so', async () => {
		const { reports, poll } = await startedAt9(clicks(900), { pageSize: 1_000 });
		reports.now = START + 16 * MINUTE;
		const { events, stored, notes } = await poll({}, { mostRemembered: 5_000 });
		expect(events).toHaveLength(900);
		expect(JSON.stringify(stored).length).toBeLessThanOrEqual(5_000);
		expect(stored.kinds.click?.from).toBeGreaterThan(START);
		expect(notes).toEqual([{ level: 'warn', message: words.lookBackShortened('click', 5_000) }]);
		expect((await poll({}, { mostRemembered: 5_000 })).events).toEqual([]);
	});

	it('remembers 10,000 events of 15 minutes in 128 kB', async () => {
		const many = Array.from({ length: 10_000 }, (_, contact) => click(contact % 800, { contact }));
		const { reports, poll } = await startedAt9(many, { pageSize: 1_000 });
		reports.now = START + 15 * MINUTE;
		const { events, stored, notes } = await poll();
		expect(events).toHaveLength(10_000);
		expect(JSON.stringify(stored).length).toBeLessThanOrEqual(128 * 1024);
		expect(notes).toEqual([]);
	});
});

describe('rule 3, the first activation', () => {
	it('gives nothing, and then what happened since', async () => {
		const { reports, poll, start } = await startedAt9([click(-5), click(5)]);
		expect(start.events).toEqual([]);
		expect(start.notes).toEqual([{ level: 'info', message: words.started(START) }]);
		reports.now = START + 2 * MINUTE;
		expect(contactsOf(await poll())).toEqual([5]);
	});

	it('begins at the moment that is set', async () => {
		const { reports, poll } = await startedAt9([click(-500), click(-5)]);
		const settings = { startFrom: START - MINUTE };
		const start = await poll({ stored: undefined }, settings);
		expect(start.events).toEqual([]);
		reports.now = START + 2 * MINUTE;
		expect(contactsOf(await poll({}, settings))).toEqual([-5]);
	});
});

describe('rule 4, much at once', () => {
	it('works off a long pause in pieces, oldest first', async () => {
		const { reports, poll } = await startedAt9(clicks(1_000, 60), { pageSize: 1_000 });
		reports.now = START + 24 * 60 * MINUTE;
		const sizes: number[] = [];
		const given: unknown[] = [];
		while (given.length < 1_000) {
			const polled = await poll({}, { mostEvents: 100 });
			sizes.push(polled.events.length);
			given.push(...contactsOf(polled));
		}
		expect(given).toEqual(Array.from({ length: 1_000 }, (_, index) => index * 60));
		expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
		expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(50);
	});

	it('reads one window however little time there is', async () => {
		const { reports, poll } = await startedAt9(clicks(64), { pageSize: 4, latency: 20 * SECOND });
		reports.now = START + 60 * MINUTE;
		const { events } = await poll();
		expect(events.length).toBeGreaterThan(0);
		expect(events.length).toBeLessThanOrEqual(4);
	});

	it('gives a second that holds more than a run may have', async () => {
		const burst = Array.from({ length: 20 }, (_, contact) => click(30, { contact }));
		const { reports, poll } = await startedAt9(burst);
		reports.now = START + 60 * MINUTE;
		expect((await poll({}, { mostEvents: 5 })).events).toHaveLength(20);
	});

	it('asks for no page of a window without events', async () => {
		const { reports, poll, read, counted } = await startedAt9([]);
		reports.now = START + 2 * MINUTE;
		await poll();
		expect([read.length, counted.length]).toEqual([0, 2]);
	});
});

describe('rule 5, a report that changes while it is read', () => {
	/** A report that shows a list for each request of a page, the last one from then on. */
	function changing(lists: number[][], pageSize: number): ReportSource {
		let asked = 0;
		const now = () => (lists[asked] ?? lists.at(-1) ?? []).map((contact) => click(30, { contact }));
		return {
			count: async () => now().length,
			page: async (_, page): Promise<ReportPage> => {
				const all = now();
				asked += 1;
				const events = all.slice((page - 1) * pageSize, page * pageSize).map(eventOf);
				return { events, pages: Math.ceil(all.length / pageSize), items: all.length };
			},
		};
	}

	it.each<[string, number[][], number[]]>([
		[
			'grows, so that one entry comes on two pages',
			[
				[1, 2, 3],
				[9, 1, 2, 3],
			],
			[1, 2, 3, 9],
		],
		[
			'shrinks, so that one entry is missed',
			[
				[1, 2, 3, 4],
				[2, 3, 4],
			],
			[1, 2, 3, 4],
		],
		[
			'loses one entry and gets another one',
			[
				[1, 2, 3],
				[9, 1, 2],
			],
			[1, 2, 9],
		],
		[
			'never holds still',
			[
				[1, 2, 3],
				[1, 2, 3, 4],
				[1, 2, 3],
				[1, 2, 3, 4],
			],
			[1, 2, 3, 4],
		],
		['has equal events on two pages', [[1, 2, 2, 3]], [1, 2, 2, 3]],
	])('%s', async (_, lists, given) => {
		const { reports, poll } = await startedAt9([]);
		reports.now = START + 5 * MINUTE;
		const source = changing(lists, 2);
		const polled = await poll({ sources: () => source });
		expect(contactsOf(polled).sort()).toEqual(given);
		expect((await poll({ sources: () => source })).events).toEqual([]);
	});
});

describe('rule 6, the order', () => {
	it('is oldest first across all kinds', async () => {
		const kinds: EventKind[] = ['open', 'click'];
		const happenings = [click(30), click(10), click(20, { kind: 'open' })];
		const { reports, poll } = await startedAt9(happenings, {}, { ...SELECTION, kinds });
		reports.now = START + 5 * MINUTE;
		expect(contactsOf(await poll())).toEqual([10, 20, 30]);
	});
});

describe('rule 7, test events', () => {
	const sources = (happenings: Happening[], now = START + 60 * MINUTE) => {
		const conditions = { pageSize: 1_000, latency: 0, order: 'byArrival' as const };
		const reports = new SimulatedReports(now, happenings, conditions);
		return (kind: EventKind) => reports.source(kind);
	};

	it('are the newest ten of 30 days, oldest of them first', async () => {
		const days = (count: number) => -count * 24 * 3_600;
		const old = [click(days(31)), click(days(29))];
		const some = await testEvents(['click'], sources([...old, click(5)]), START + MINUTE);
		expect(contactsOf({ events: some })).toEqual([days(29), 5]);
		const many = await testEvents(['click'], sources(clicks(3_000)), START + 60 * MINUTE);
		expect(contactsOf({ events: many })).toEqual(clicks(3_000).slice(-10).map(idOf));
	});

	it('are none where nothing happened', async () => {
		expect(await testEvents(['click'], sources([]), START)).toEqual([]);
	});

	function idOf({ contact }: Happening): number {
		return contact;
	}
});

describe('rule 8, another selection', () => {
	it.each<[string, Partial<Selection>]>([
		['kinds', { kinds: ['click', 'open'] }],
		['filters', { filters: { mailing: 7 } }],
		['account', { baseUrl: 'https://other' }],
	])('starts anew with other %s, and says so', async (_, other) => {
		const { reports, poll } = await startedAt9([click(10), click(400)]);
		reports.now = START + 5 * MINUTE;
		const selection = { ...SELECTION, ...other };
		const { events, notes } = await poll({ selection }, { startFrom: START });
		expect(events).toEqual([]);
		expect(notes).toEqual([{ level: 'warn', message: words.startedAnew() }]);
		reports.now = START + 10 * MINUTE;
		expect(contactsOf(await poll({ selection }))).toEqual([400]);
	});

	it('is none where only the order differs', () => {
		const one: Selection = { ...SELECTION, kinds: ['click', 'open'], filters: { a: 1, b: [2] } };
		const other: Selection = { ...one, kinds: ['open', 'click'], filters: { b: [2], a: 1 } };
		expect(selectionHash(other)).toBe(selectionHash(one));
	});
});

describe('several kinds', () => {
	const kinds: EventKind[] = ['click', 'open'];
	const selection = { ...SELECTION, kinds };

	it('go on where one of them fails', async () => {
		const happenings = [click(10), click(20, { kind: 'open' })];
		const { reports, poll } = await startedAt9(happenings, {}, selection);
		const broken: ReportSource = {
			count: async () => await Promise.reject(new Error('No right.')),
			page: async () => await Promise.reject(new Error('No right.')),
		};
		reports.now = START + 5 * MINUTE;
		const sources = (kind: EventKind) => (kind === 'click' ? broken : reports.source(kind));
		const { events, notes } = await poll({ sources });
		expect(contactsOf({ events })).toEqual([20]);
		expect(notes).toEqual([{ level: 'warn', message: words.kindFailed('click', 'No right') }]);
		expect(contactsOf(await poll())).toEqual([10]);
	});

	it('share what a run may give', async () => {
		const happenings = [...clicks(100), click(500, { kind: 'open' })];
		const { reports, poll } = await startedAt9(happenings, {}, selection);
		reports.now = START + 60 * MINUTE;
		const { events } = await poll({}, { mostEvents: 40 });
		expect(events.filter(({ kind }) => kind === 'open')).toHaveLength(1);
		expect(events.length).toBeLessThanOrEqual(40);
	});
});

describe('rules 9 and 10, a turn', () => {
	const reportsOf = (happenings: Happening[]) =>
		new SimulatedReports(START, happenings, { pageSize: 10, latency: 0, order: 'byTime' });

	function turnOf(reports: SimulatedReports, more: Partial<Turn> = {}) {
		const notes: string[] = [];
		const staticData: Record<string, unknown> = {};
		const turn: Turn = {
			node: 'workflow node',
			staticData,
			selection: SELECTION,
			settings: DEFAULT_SETTINGS,
			sources: (kind) => reports.source(kind),
			now: () => reports.now,
			budget: 30 * SECOND,
			isPassing: () => true,
			log: ({ message }) => notes.push(message),
			...more,
		};
		return { turn, notes, staticData };
	}

	it('throws a fault on activation, and remembers nothing', async () => {
		const reports = reportsOf([]);
		const { turn, staticData } = turnOf(reports);
		reports.planFaults(() => true);
		await expect(pollInTurn(turn)).rejects.toThrow(SimulatedFault);
		expect(staticData).toEqual({});
	});

	it('only logs a passing fault later, and throws a lasting one', async () => {
		const reports = reportsOf([click(10)]);
		const { turn, notes, staticData } = turnOf(reports);
		await pollInTurn(turn);
		const before = JSON.stringify(staticData);
		reports.now += 5 * MINUTE;
		reports.planFaults(() => true);
		expect(await pollInTurn(turn)).toEqual([]);
		expect(notes.at(-1)).toBe(
			'The reports could not be read: The connection broke. The next poll tries again and loses nothing.',
		);
		await expect(pollInTurn({ ...turn, isPassing: () => false })).rejects.toThrow(SimulatedFault);
		expect(JSON.stringify(staticData)).toBe(before);
		reports.planFaults(() => false);
		expect(await pollInTurn(turn)).toHaveLength(1);
	});

	it('polls a node once at a time, and other nodes meanwhile', async () => {
		const reports = reportsOf([]);
		const { turn, notes } = turnOf(reports);
		const other = turnOf(reports, { node: 'workflow other' });
		await Promise.all([pollInTurn(turn), pollInTurn(turn), pollInTurn(other.turn)]);
		expect(notes).toEqual([words.stillPolling(), words.started(START)]);
		expect(other.notes).toEqual([words.started(START)]);
		expect(await pollInTurn(turn)).toEqual([]);
		expect(notes).toHaveLength(2);
	});

	it('gives nothing that n8n no longer waits for', async () => {
		const reports = reportsOf([click(10)]);
		const { turn, notes } = turnOf(reports);
		await pollInTurn(turn);
		reports.now += 5 * MINUTE;
		const slow: ReportSource = {
			count: async (window) => await reports.source('click').count(window),
			page: async (window, page) => {
				reports.now += MINUTE;
				return await reports.source('click').page(window, page);
			},
		};
		expect(await pollInTurn({ ...turn, sources: () => slow, patience: 45 * SECOND })).toEqual([]);
		expect(notes.at(-1)).toBe(words.tooLate());
		expect(await pollInTurn(turn)).toHaveLength(1);
	});
});
