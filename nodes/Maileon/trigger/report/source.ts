/**
 * Where events come from: the reports of Maileon, or what stands in for them.
 */
import type { EventKind, ReportEvent } from '../../maileon/report/event';
import type { Window } from './window';

export interface ReportPage {
	events: readonly ReportEvent[];
	/** Pages and entries of the whole window, as this answer tells them. */
	pages: number;
	items: number;
}

/** One report. Both functions throw where Maileon gives no proper answer. */
export interface ReportSource {
	/** The number of events in a window. */
	count(window: Window): Promise<number>;
	/** A page of the events in a window; the first is 1. No order is relied on. */
	page(window: Window, page: number): Promise<ReportPage>;
}

export type ReportSources = (kind: EventKind) => ReportSource;
