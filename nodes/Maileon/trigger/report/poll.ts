/**
 * One poll of the reports: what is new of each kind, and what to remember. Changes nothing that it is
 * given, so that a fault leaves all as it was.
 */
import { oldestFirst, type EventKind, type ReportEvent } from '../../maileon/report/event';
import { pollKind, type Progress } from './kind';
import { FINGERPRINT_LENGTH } from './reading';
import type { ReportSources } from './source';
import {
	fitted,
	fromStored,
	selectionHash,
	toStored,
	type Selection,
	type State,
	type StoredState,
} from './state';
import { SECOND, wholeSecond } from './window';
import { errorText, words } from './words';

export interface PollSettings {
	/** How late Maileon may tell of an event, in milliseconds. */
	lookBack: number;
	/** How long an event has to be over before it is read, in milliseconds. */
	delay: number;
	/** The most events of one poll. */
	mostEvents: number;
	/** Where the first start begins, in milliseconds since 1970; without it, now. */
	startFrom?: number;
	/** The most bytes that may be remembered. */
	mostRemembered: number;
}

export const DEFAULT_SETTINGS: PollSettings = {
	lookBack: 15 * 60 * SECOND,
	delay: 60 * SECOND,
	mostEvents: 10_000,
	mostRemembered: 128 * 1024,
};

export interface Poll {
	/** What the last poll gave as `stored`; whatever else it is counts as nothing. */
	stored: unknown;
	selection: Selection;
	settings: PollSettings;
	sources: ReportSources;
	/** Milliseconds since 1970. */
	now: () => number;
	/** How long the poll may take, in milliseconds. */
	budget: number;
	/** Puts what the sources throw into words; its message by default. */
	textOf?: (error: unknown) => string;
}

export interface Note {
	level: 'info' | 'warn';
	message: string;
}

export interface Polled {
	/** To be stored, once the events are given. */
	stored: StoredState;
	/** Oldest first. */
	events: ReportEvent[];
	/** For the log. */
	notes: Note[];
}

/**
 * Polls once. The first poll, and one after the selection changed, remembers where to begin and gives
 * nothing. Kinds that fail stay where they were, while the others go on.
 * @throws what the sources throw, where no kind could be read
 */
export async function pollReports(poll: Poll): Promise<Polled> {
	const { kinds } = poll.selection;
	const hash = selectionHash(poll.selection);
	const state = fromStored(poll.stored, kinds);
	if (state?.selection === hash) return await nextPoll(poll, state);
	const isChanged = poll.stored !== undefined && poll.stored !== null;
	const from = wholeSecond((!isChanged && poll.settings.startFrom) || poll.now());
	const message = isChanged ? words.startedAnew() : words.started(from);
	return {
		stored: toStored({ selection: hash, kinds: await startOf(poll, from) }),
		events: [],
		notes: [{ level: isChanged ? 'warn' : 'info', message }],
	};
}

/** Asks for each kind once, so that a key without rights is refused where a person sees it. */
async function startOf(poll: Poll, from: number): Promise<Map<EventKind, Progress>> {
	const lastSecond = wholeSecond(poll.now());
	const start = new Map<EventKind, Progress>();
	for (const kind of poll.selection.kinds) {
		await poll.sources(kind).count({ from: lastSecond - SECOND, to: lastSecond });
		start.set(kind, { from, memory: new Map() });
	}
	return start;
}

async function nextPoll(poll: Poll, state: State): Promise<Polled> {
	const { textOf = errorText } = poll;
	const { kinds, events, faults } = await pollKinds(poll, state);
	const [firstFault] = faults.values();
	if (firstFault && faults.size === state.kinds.size) throw firstFault.error;
	const fitting = fitted({ ...state, kinds }, poll.settings.mostRemembered);
	const warnings = [
		...[...faults].map(([kind, { error }]) => words.kindFailed(kind, textOf(error))),
		...fitting.shortened.map((kind) => words.lookBackShortened(kind, poll.settings.mostRemembered)),
	];
	return {
		stored: toStored(fitting.state),
		events: oldestFirst(events),
		notes: warnings.map((message) => ({ level: 'warn', message })),
	};
}

interface Fault {
	error: unknown;
}

/** Polls the kinds one after the other; each gets an equal share of the events and the time that are left. */
async function pollKinds(poll: Poll, state: State) {
	const { lookBack, delay, mostEvents, mostRemembered } = poll.settings;
	const start = poll.now();
	const end = wholeSecond(start - delay);
	const settled = wholeSecond(end - lookBack);
	const deadline = start + poll.budget;
	const kinds = new Map(state.kinds);
	const events: ReportEvent[][] = [];
	const faults = new Map<EventKind, Fault>();
	let left = mostEvents;
	let waiting = kinds.size;
	for (const [kind, progress] of furthestBehindFirst(state)) {
		const share = poll.now() + (deadline - poll.now()) / waiting;
		const polled = await pollKind({
			source: poll.sources(kind),
			progress,
			end,
			settled,
			most: Math.max(Math.floor(left / waiting), 1),
			mostTogether: mostTogether(mostRemembered, kinds.size),
			timeLeft: () => share - poll.now(),
			isUrgent: waiting === kinds.size,
		}).catch((error: unknown): Fault => ({ error }));
		waiting -= 1;
		if ('error' in polled) {
			faults.set(kind, polled);
			continue;
		}
		kinds.set(kind, polled.progress);
		events.push(polled.events);
		left -= polled.events.length;
	}
	return { kinds, events: events.flat(), faults };
}

/** Where time is short, the kinds that had none in this poll come first in the next one. */
function furthestBehindFirst({ kinds }: State): Array<[EventKind, Progress]> {
	return [...kinds].sort(([, one], [, other]) => one.from - other.from);
}

/** A quarter of what can be remembered of a kind, so that a quarter at a time can be forgotten. */
function mostTogether(bytes: number, kinds: number): number {
	return Math.max(Math.floor(bytes / FINGERPRINT_LENGTH / kinds / 4), 1);
}
