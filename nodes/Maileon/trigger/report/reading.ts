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
 * @returns undefined where the window has more pages than may be read
 */
export async function readWindow(
	source: ReportSource,
	window: Window,
	{ tries, mayReadAll }: ReadingRules,
): Promise<WindowRead | undefined> {
	let reading: Reading = new Map();
	for (let tried = 1; ; tried += 1) {
		const pages = await readPages(source, window, mayReadAll);
		if (!pages) return undefined;
		const isWhole = pages.every(({ items }) => items === pages[0]?.items);
		reading = union(reading, isWhole ? grouped(pages) : surelyThere(pages));
		if (isWhole || tried >= tries) return { reading, isWhole };
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

function grouped(pages: readonly ReportPage[]): Reading {
	const groups = new Map<string, ReportEvent[]>();
	for (const event of pages.flatMap(({ events }) => events)) {
		const fingerprint = fingerprintOf(event);
		const equal = groups.get(fingerprint);
		if (equal) equal.push(event);
		else groups.set(fingerprint, [event]);
	}
	return groups;
}

/**
 * What pages hold that do not fit together. Equal events on two pages may be one that moved; on one
 * page they are as many as they look.
 */
function surelyThere(pages: readonly ReportPage[]): Reading {
	return pages.map((page) => grouped([page])).reduce(union);
}

/** Of equal events as many as the reading holds that has more of them. */
function union(one: Reading, other: Reading): Reading {
	const both = new Map(one);
	for (const [fingerprint, events] of other)
		if (events.length >= (one.get(fingerprint)?.length ?? 0)) both.set(fingerprint, events);
	return both;
}
