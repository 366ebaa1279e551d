/**
 * Reports in memory with a clock that moves with every request: entries appear late and while pages
 * are read, and requests fail when they are told to.
 */
import type { EventKind, ReportEvent } from '../../../../nodes/Maileon/maileon/report/event';
import type { ReportPage, ReportSource } from '../../../../nodes/Maileon/trigger/report/source';
import type { Window } from '../../../../nodes/Maileon/trigger/report/window';

/** Something that happens in the simulated account. */
export interface Happening {
	kind: EventKind;
	/** When, in milliseconds since 1970. */
	time: number;
	/** How much later it is in the report, in milliseconds. */
	lateness: number;
	contact: number;
	/** When it is not in the report, as where one of several databases lags behind. */
	absent?: Window;
}

export class SimulatedFault extends Error {}

/** How the report sorts its entries; no source says how Maileon does. */
export const ORDERS = {
	byTime: (one: Happening, other: Happening) => one.time - other.time,
	byTimeReversed: (one: Happening, other: Happening) => other.time - one.time,
	byArrival: (one: Happening, other: Happening) => arrival(one) - arrival(other),
	newestArrivalFirst: (one: Happening, other: Happening) => arrival(other) - arrival(one),
};

function arrival({ time, lateness }: Happening): number {
	return time + lateness;
}

export interface Conditions {
	pageSize: number;
	/** What a request takes, in milliseconds. */
	latency: number;
	order: keyof typeof ORDERS;
}

interface Entry extends Happening {
	event: ReportEvent;
}

export class SimulatedReports {
	/** Requests that came since faults were planned. */
	private requests = 0;
	private failing: (request: number) => boolean = () => false;
	private readonly entries: Entry[];

	constructor(
		public now: number,
		happenings: readonly Happening[],
		private readonly conditions: Conditions,
	) {
		const sorted = [...happenings].sort(ORDERS[conditions.order]);
		this.entries = sorted.map((happening) => ({ ...happening, event: eventOf(happening) }));
	}

	/** Which of the requests from now on fail; the first is 1. */
	planFaults(failing: (request: number) => boolean): void {
		this.requests = 0;
		this.failing = failing;
	}

	source(kind: EventKind): ReportSource {
		return {
			count: async (window) => this.answer(kind, window).length,
			page: async (window, page) => this.pageOf(this.answer(kind, window), page),
		};
	}

	private answer(kind: EventKind, { from, to }: Window): Entry[] {
		this.now += this.conditions.latency;
		this.requests += 1;
		if (this.failing(this.requests)) throw new SimulatedFault('The connection broke.');
		return this.entries.filter(
			(each) =>
				each.kind === kind &&
				each.time >= from &&
				each.time < to &&
				arrival(each) <= this.now &&
				!isWithin(this.now, each.absent),
		);
	}

	private pageOf(all: readonly Entry[], page: number): ReportPage {
		const { pageSize } = this.conditions;
		const events = all.slice((page - 1) * pageSize, page * pageSize).map(({ event }) => event);
		return { events, pages: Math.ceil(all.length / pageSize), items: all.length };
	}
}

function isWithin(time: number, window: Window | undefined): boolean {
	return window !== undefined && time >= window.from && time < window.to;
}

/** The entry of a happening, with its time in a zone that nobody knows. */
export function eventOf({ kind, time, contact }: Happening): ReportEvent {
	const local = new Date(time + 2 * 3_600_000).toISOString();
	return {
		kind,
		data: {
			timestamp: `${local.slice(0, 10)} ${local.slice(11, 19)}`,
			contact: { id: contact },
			mailing_id: 501,
		},
	};
}
