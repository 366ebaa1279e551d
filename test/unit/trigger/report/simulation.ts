/**
 * Lives through a history with polls, faults, restarts and changes of the filters, and tells what is
 * wrong with what was given.
 */
import { identityOf, type EventKind } from '../../../../nodes/Maileon/maileon/report/event';
import type { Poll, Polled, PollSettings } from '../../../../nodes/Maileon/trigger/report/poll';
import type { StoredState } from '../../../../nodes/Maileon/trigger/report/state';
import {
	eventOf,
	SimulatedFault,
	SimulatedReports,
	type Conditions,
	type Happening,
} from './simulatedReport';

export interface Step {
	/** Milliseconds that pass before. */
	wait: number;
	action: 'poll' | 'restart' | 'change';
	/** The request of the poll that fails, if it has so many. */
	failing: number;
}

export interface History {
	settings: PollSettings;
	conditions: Conditions;
	kinds: EventKind[];
	/** How long a poll may take, in milliseconds. */
	budget: number;
	/** How much the clock of n8n is ahead of Maileon's, in milliseconds. */
	skew: number;
	happenings: Happening[];
	steps: Step[];
}

export type PollFunction = (poll: Poll) => Promise<Polled>;

export const START = Date.UTC(2026, 2, 4, 9);
/** So little that it cannot hold what happens; less far back is looked then. */
export const LITTLE_MEMORY = 400;

const MOST_POLLS = 1_000;
const MINUTES_8 = 480_000;

/** What is wrong with what a poll function gives; empty where all is right. */
export async function simulate(history: History, poll: PollFunction): Promise<string[]> {
	const life = new Life(history, poll);
	for (const step of history.steps) await life.live(step);
	const isDone = await life.finish();
	return isDone ? [...life.wrong, ...life.miscounted()] : [...life.wrong, 'It never ends.'];
}

class Life {
	readonly wrong: string[] = [];
	/** What was given, by what it looks like. */
	private readonly given = new Map<string, number>();
	private readonly reports: SimulatedReports;
	/** What the running n8n has, and what its database has. */
	private memory: StoredState | undefined;
	private memoryText = '';
	private database = '';
	/** What happened earlier was never to be given under the filters that are set. */
	private begin = Infinity;
	private filters = 0;
	/** Whether the node said that it looks back less far than set. */
	private isShortened = false;

	constructor(
		private readonly history: History,
		private readonly poll: PollFunction,
	) {
		this.reports = new SimulatedReports(START, history.happenings, history.conditions);
	}

	async live({ wait, action, failing }: Step): Promise<void> {
		this.reports.now += wait;
		this.reports.planFaults((request) => request === failing);
		if (action === 'restart') this.load(this.database);
		if (action === 'change') this.filters += 1;
		await this.pollOnce();
	}

	/** Polls without faults until all that happened is settled. */
	async finish(): Promise<boolean> {
		const last = Math.max(START, ...this.history.happenings.map(({ time }) => time));
		this.reports.planFaults(() => false);
		for (let polls = 0; polls < MOST_POLLS; polls += 1) {
			const begins = Object.values(this.memory?.kinds ?? {}).map(({ from }) => from);
			if (begins.length > 0 && begins.every((from) => from > last)) return true;
			this.reports.now += MINUTES_8;
			await this.pollOnce();
		}
		return false;
	}

	private async pollOnce(): Promise<void> {
		const { history, reports } = this;
		try {
			const polled = await this.poll({
				stored: this.memory,
				selection: { kinds: history.kinds, filters: this.filters, baseUrl: 'https://maileon' },
				settings: history.settings,
				sources: (kind) => reports.source(kind),
				now: () => reports.now + history.skew,
				budget: history.budget,
			});
			this.take(polled);
		} catch (error) {
			if (!(error instanceof SimulatedFault)) throw error;
			if (this.memory && JSON.stringify(this.memory) !== this.memoryText)
				this.wrong.push('A fault changed the state.');
		}
	}

	private take({ stored, events, notes }: Polled): void {
		const isStart = this.memory?.selection !== stored.selection;
		if (isStart) this.begin = Math.max(...Object.values(stored.kinds).map(({ from }) => from));
		this.isShortened ||= notes.some(({ message }) => message.includes('looks back less far'));
		const text = JSON.stringify(stored);
		this.load(text);
		// n8n stores the state at activation and with items, not after a poll that gives none.
		if (isStart || events.length > 0) this.database = text;
		for (const event of events) {
			const look = identityOf(event);
			this.given.set(look, (this.given.get(look) ?? 0) + 1);
		}
		this.inspect(
			text,
			events.map(({ data }) => String(data.timestamp)),
		);
	}

	private load(text: string): void {
		this.memoryText = text;
		this.memory = text === '' ? undefined : (JSON.parse(text) as StoredState);
	}

	private inspect(text: string, times: readonly string[]): void {
		const { settings, kinds } = this.history;
		if (text.length > settings.mostRemembered)
			this.wrong.push(`The state has ${text.length} bytes.`);
		if (times.join() !== [...times].sort().join()) this.wrong.push('Events are out of order.');
		const most = Math.max(settings.mostEvents, kinds.length);
		if (times.length > most && mostInASecond(times) * kinds.length <= settings.mostEvents)
			this.wrong.push(`A poll gave ${times.length} events.`);
	}

	miscounted(): string[] {
		const { happenings, kinds } = this.history;
		const looks = new Map<string, { covered: number; all: number }>();
		for (const happening of happenings.filter(({ kind }) => kinds.includes(kind))) {
			const look = identityOf(eventOf(happening));
			const { covered, all } = looks.get(look) ?? { covered: 0, all: 0 };
			looks.set(look, { covered: covered + (this.isCovered(happening) ? 1 : 0), all: all + 1 });
		}
		return [...looks].flatMap(([look, { covered, all }]) => {
			const given = this.given.get(look) ?? 0;
			if (given >= covered && given <= all) return [];
			return [`${look} came ${given} times, not ${covered} to ${all} times.`];
		});
	}

	/** Whether an event has to come: it happened after the start, and was told in time. */
	private isCovered({ time, lateness, absent }: Happening): boolean {
		const { settings, skew } = this.history;
		const looksBack = this.isShortened ? 0 : settings.lookBack;
		const inTime = lateness <= looksBack + settings.delay - skew;
		return time >= this.begin && inTime && absent === undefined;
	}
}

function mostInASecond(times: readonly string[]): number {
	const counts = new Map<string, number>();
	for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
	return Math.max(...counts.values());
}
