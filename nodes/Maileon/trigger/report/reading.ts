/**
 * Reads all pages of a window.
 *
 * A report can grow or shrink while its pages are read. Entries then move across the borders of the
 * pages: one can be missed, or come on two pages. So a window that changed is read once more.
 */
import { createHash } from 'crypto';

import { identityOf, type ReportEvent } from '../../maileon/report/event';
import type { ReportPage, ReportSource } from './source';
import type { Window } from './window';

/** The events of a window under their fingerprints: equal ones stand together. */
export type Reading = ReadonlyMap<string, readonly ReportEvent[]>;

/** Letters of a fingerprint, which hold 64 bits. */
export const FINGERPRINT_LENGTH = 11;
const FINGERPRINT_BYTES = 8;

/** A short text that is the same for events that look the same. */
export function fingerprintOf(event: ReportEvent): string {
	const digest = createHash('sha256').update(identityOf(event)).digest();
	return digest.subarray(0, FINGERPRINT_BYTES).toString('base64url');
}

export interface ReadingRules {
	/** How often a window that changes is read. */
	tries: number;
	/** Told the number of pages after the first one; without it the pages are read however many they are. */
	mayReadAll?: (pages: number) => boolean;
}

export interface WindowRead {
	reading: Reading;
	/** Whether the window held still in the last reading; otherwise events can be missing. */
	isWhole: boolean;
}

/**
 * The events of a window. One that changes is read again; what the readings hold together comes out.
 * So is one with equal events on two pages: they can be one that moved, where an entry came while
 * another one went. A second reading with the same events shows that they are not.
 * @returns undefined where the window has more pages than may be read
 */
export async function readWindow(
	source: ReportSource,
	window: Window,
	{ tries, mayReadAll }: ReadingRules,
): Promise<WindowRead | undefined> {
	let reading: Reading = new Map();
	let doubtful: Reading | undefined;
	for (let tried = 1; ; tried += 1) {
		const pages = await readPages(source, window, mayReadAll);
		if (!pages) return undefined;
		const groups = pages.map(grouped);
		const [sure, all] = [groups.reduce(union), groups.reduce(sum)];
		const isSteady = pages.every(({ items }) => items === pages[0]?.items);
		const isWhole = isSteady && [sure, doubtful].some((other) => other && isSame(all, other));
		reading = union(reading, isWhole ? all : sure);
		if (isWhole || tried >= tries) return { reading, isWhole };
		doubtful = isSteady ? all : undefined;
	}
}

async function readPages(
	source: ReportSource,
	window: Window,
	mayReadAll: (pages: number) => boolean = () => true,
): Promise<ReportPage[] | undefined> {
	let last = await source.page(window, 1);
	const pages = [last];
	if (last.pages > 1 && !mayReadAll(last.pages)) return undefined;
	while (pages.length < last.pages) {
		last = await source.page(window, pages.length + 1);
		pages.push(last);
	}
	return pages;
}

function grouped({ events }: ReportPage): Reading {
	const groups = new Map<string, ReportEvent[]>();
	for (const event of events) {
		const fingerprint = fingerprintOf(event);
		const equal = groups.get(fingerprint);
		if (equal) equal.push(event);
		else groups.set(fingerprint, [event]);
	}
	return groups;
}

/** Of equal events those of both. */
function sum(one: Reading, other: Reading): Reading {
	const both = new Map(one);
	for (const [fingerprint, events] of other)
		both.set(fingerprint, [...(one.get(fingerprint) ?? []), ...events]);
	return both;
}

/**
 * Of equal events as many as the one holds that has more of them. On pages that do not fit together
 * these are surely there: equal events on two of them can be one that moved.
 */
function union(one: Reading, other: Reading): Reading {
	const both = new Map(one);
	for (const [fingerprint, events] of other)
		if (events.length >= (one.get(fingerprint)?.length ?? 0)) both.set(fingerprint, events);
	return both;
}

function isSame(one: Reading, other: Reading): boolean {
	if (one.size !== other.size) return false;
	return [...one].every(
		([fingerprint, events]) => events.length === other.get(fingerprint)?.length,
	);
}
