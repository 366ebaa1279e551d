/**
 * What "Fetch Test Event" shows: the newest events, without anything being remembered.
 */
import { oldestFirst, type EventKind, type ReportEvent } from '../../maileon/report/event';
import { readWindow } from './reading';
import type { ReportSource, ReportSources } from './source';
import { SECOND, wholeSecond, type Window } from './window';

const DAYS_30 = 30 * 24 * 60 * 60 * SECOND;
const WANTED = 10;
/** So many events are quickly read. */
const FEW = 1_000;

/**
 * The newest events of all kinds together, oldest first; empty where nothing happened in 30 days.
 * @throws what the sources throw
 */
export async function testEvents(
	kinds: readonly EventKind[],
	sources: ReportSources,
	now: number,
): Promise<ReportEvent[]> {
	const newest: ReportEvent[][] = [];
	for (const kind of kinds) newest.push(await newestOf(sources(kind), now));
	return oldestFirst(newest.flat()).slice(-WANTED);
}

async function newestOf(source: ReportSource, now: number): Promise<ReportEvent[]> {
	const read = await readWindow(source, await windowOfNewest(source, now), { tries: 1 });
	const events = [...(read?.reading.values() ?? [])].flat();
	return oldestFirst(events).slice(-WANTED);
}

/** The last 30 days, or so much less that it holds enough and is quickly read. */
async function windowOfNewest(source: ReportSource, now: number): Promise<Window> {
	const to = wholeSecond(now) + SECOND;
	let [tooShort, length] = [0, DAYS_30];
	let count = await source.count({ from: to - length, to });
	while (count > FEW && length - tooShort > SECOND) {
		const middle = wholeSecond((tooShort + length) / 2);
		const inMiddle = await source.count({ from: to - middle, to });
		if (inMiddle < WANTED) tooShort = middle;
		else [length, count] = [middle, inMiddle];
	}
	return { from: to - length, to };
}
