/**
 * Polls one kind of event.
 *
 * What is known of a report is the moment that readings begin at. Before it lies what was read for
 * good; from there on everything is read again in each poll, until it is so old that Maileon, by the
 * look back, tells nothing more of it. A poll reads from that moment up to a little before now, in
 * pieces where there is much, oldest first. After each piece the progress is right as it stands, so a
 * poll can end after any of them.
 */
import type { ReportEvent } from '../../maileon/report/event';
import { newIn, rememberedEvents, remembering, type Memory } from './memory';
import { readWindow, type Reading } from './reading';
import type { ReportSource } from './source';
import { olderHalf, type Window } from './window';

export interface Progress {
	/** Readings begin here; all that happened before was read for good. */
	from: number;
	/** What was given and can come back. */
	memory: Memory;
}

export interface KindPoll {
	source: ReportSource;
	progress: Progress;
	/** Where the readings of this poll end. */
	end: number;
	/** What happened before this moment is settled: Maileon tells nothing more of it. */
	settled: number;
	/** The most events to give. */
	most: number;
	/** The most new events of a window that is read again later: they are forgotten together. */
	mostTogether: number;
	/** Milliseconds that are left, which can be less than none. */
	timeLeft: () => number;
	/** Whether a first window is read even when no time is left. */
	isUrgent: boolean;
}

export interface KindPolled {
	progress: Progress;
	events: ReportEvent[];
}

/** A window that was read, with the events that are to be given. */
interface Piece {
	window: Window;
	reading: Reading;
	events: ReportEvent[];
}

/** A window that changes is read twice, and then in parts; one that has no parts is read more often. */
const TRIES = 2;
const TRIES_OF_A_SECOND = 5;

/**
 * Reads what is new of one kind.
 * @throws what the source throws; nothing has happened then
 */
export async function pollKind(poll: KindPoll): Promise<KindPolled> {
	let { progress } = poll;
	const given: ReportEvent[][] = [];
	let left = poll.most;
	let rest = { from: progress.from, to: poll.end };
	while (rest.from < rest.to && left > 0) {
		const mayWait = given.length > 0 || !poll.isUrgent;
		if (mayWait && poll.timeLeft() <= 0) break;
		const piece = await nextPiece({ ...poll, progress }, rest, left, mayWait);
		if (!piece) break;
		progress = progressAfter(progress, piece, poll.settled);
		rest = { from: piece.window.to, to: poll.end };
		given.push(piece.events);
		left -= piece.events.length;
	}
	return { progress, events: given.flat() };
}

/** Readings begin after the piece from now on, but look back for what may still be told of it. */
function progressAfter({ from, memory }: Progress, piece: Piece, settled: number): Progress {
	const next = Math.max(from, Math.min(piece.window.to, settled));
	return { from: next, memory: remembering(memory, piece.window, piece.reading, next) };
}

/**
 * Reads the oldest part of a window that is small enough, by halving it. A single second is read
 * however much it holds, unless something was given already.
 * @returns undefined where the rest is left to the next poll
 */
async function nextPiece(
	poll: KindPoll,
	rest: Window,
	left: number,
	mayWait: boolean,
): Promise<Piece | undefined> {
	const hasGiven = left < poll.most;
	for (let window = rest; ; ) {
		const half = olderHalf(window);
		const piece = half ? await pieceOf(poll, window, left) : await secondOf(poll, window);
		if (piece && (piece.events.length <= left || (!half && !hasGiven))) return piece;
		const isEnough = left < poll.most / 2 || (mayWait && poll.timeLeft() <= 0);
		if (!half || isEnough) return undefined;
		window = half;
	}
}

/** Reads a window; undefined where it holds too much, would take too long, or does not hold still. */
async function pieceOf(poll: KindPoll, window: Window, left: number): Promise<Piece | undefined> {
	const count = await poll.source.count(window);
	if (count === 0) return pieceFrom(poll, window, new Map());
	if (count > mostIn(poll, window, left)) return undefined;
	const rules = { tries: TRIES, mayReadAll: inTime(poll) };
	const read = await readWindow(poll.source, window, rules);
	return read?.isWhole ? pieceFrom(poll, window, read.reading) : undefined;
}

/** Reads a window that cannot be halved. */
async function secondOf(poll: KindPoll, window: Window): Promise<Piece | undefined> {
	const read = await readWindow(poll.source, window, { tries: TRIES_OF_A_SECOND });
	return read && pieceFrom(poll, window, read.reading);
}

function pieceFrom({ progress }: KindPoll, window: Window, reading: Reading): Piece {
	return { window, reading, events: newIn(reading, progress.memory) };
}

/** How many events a window may hold: what may be given, beside what was given already. */
function mostIn(
	{ progress, settled, mostTogether }: KindPoll,
	window: Window,
	left: number,
): number {
	const most = window.to > settled ? Math.min(left, mostTogether) : left;
	return most + rememberedEvents(progress.memory);
}

/** Judges by the time that the first page takes whether that of all pages is left. */
function inTime({ timeLeft }: KindPoll): (pages: number) => boolean {
	const before = timeLeft();
	return (pages) => (before - timeLeft()) * pages <= before;
}
