/**
 * Remembers the events that were given, as long as they can come back.
 *
 * Later readings look back to find what Maileon tells late, and meet the events again that were given.
 * The time that an event tells of itself is of an unknown zone, so it says nothing about our windows.
 * What counts is the window that it was read in first: it happened before the end of that window, and
 * cannot come back once readings begin there or later. Nothing is concluded from an event that is not
 * in a reading, so one that goes from a report and returns is not given again.
 */
import type { ReportEvent } from '../../maileon/report/event';
import { FINGERPRINT_LENGTH, type Reading } from './reading';
import type { Window } from './window';

export interface Given {
	/** How many equal events were given. */
	count: number;
	/** They happened before this moment of our clock. */
	before: number;
}

/** By fingerprint. */
export type Memory = ReadonlyMap<string, Given>;

/**
 * The events of a reading that were not given yet. Of equal ones it does not matter which come out,
 * since nothing that Maileon tells of them differs.
 */
export function newIn(reading: Reading, memory: Memory): ReportEvent[] {
	return [...reading].flatMap(([fingerprint, events]) =>
		events.slice(memory.get(fingerprint)?.count ?? 0),
	);
}

/**
 * What has to be remembered after a window was read and its new events were given. Equal events
 * happened in the same second, so one moment holds for all of them.
 * @param from where later readings begin: what happened before it cannot come back
 */
export function remembering(
	memory: Memory,
	window: Window,
	reading: Reading,
	from: number,
): Memory {
	const next = new Map(rememberedFrom(memory, from));
	for (const [fingerprint, { length }] of reading) {
		const known = memory.get(fingerprint);
		const count = Math.max(length, known?.count ?? 0);
		const before = Math.min(window.to, known?.before ?? window.to);
		if (before > from) next.set(fingerprint, { count, before });
	}
	return next;
}

/** Forgets what cannot come back to readings that begin at a moment. */
export function rememberedFrom(memory: Memory, from: number): Memory {
	return new Map([...memory].filter(([, { before }]) => before > from));
}

/** The end of the oldest window that something is remembered of; undefined where nothing is. */
export function oldestEnd(memory: Memory): number | undefined {
	let oldest: number | undefined;
	for (const { before } of memory.values()) oldest = Math.min(before, oldest ?? before);
	return oldest;
}

/** How many events are remembered. */
export function rememberedEvents(memory: Memory): number {
	let events = 0;
	for (const { count } of memory.values()) events += count;
	return events;
}

/** What is remembered of one window, as n8n stores it: short, since there can be thousands. */
export interface StoredWindow {
	before: number;
	/** The fingerprints, all of one length, one after the other. */
	given: string;
	/** How many equal events there were, where there were several. */
	counts: Array<[string, number]>;
}

/** A memory in the form in which it is stored. */
export function storedForm(memory: Memory): StoredWindow[] {
	const windows = new Map<number, StoredWindow>();
	for (const [fingerprint, { count, before }] of memory) {
		const window = windows.get(before) ?? { before, given: '', counts: [] };
		window.given += fingerprint;
		if (count > 1) window.counts.push([fingerprint, count]);
		windows.set(before, window);
	}
	return [...windows.values()];
}

/** A memory from the form in which it is stored. */
export function fromStoredForm(windows: readonly StoredWindow[]): Memory {
	const memory = new Map<string, Given>();
	for (const { before, given, counts } of windows) {
		for (let start = 0; start < given.length; start += FINGERPRINT_LENGTH)
			memory.set(given.slice(start, start + FINGERPRINT_LENGTH), { count: 1, before });
		for (const [fingerprint, count] of counts) memory.set(fingerprint, { count, before });
	}
	return memory;
}
