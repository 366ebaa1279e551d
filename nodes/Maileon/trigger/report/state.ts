/**
 * What the node remembers between polls, in the static data that n8n keeps with the workflow.
 *
 * n8n stores it when a poll gives items and at activation, not after a poll that gives nothing. So what
 * comes back after a restart can be older than what was remembered last, and is right nevertheless: all
 * that was given is in it, and it only begins earlier.
 */
import { createHash } from 'crypto';

import type { EventKind } from '../../maileon/report/event';
import { isRecord } from '../../maileon/records';
import type { Progress } from './kind';
import { fromStoredForm, oldestEnd, rememberedFrom, storedForm, type StoredWindow } from './memory';

/** What the node stands for. Once it changes, what was remembered is of no use. */
export interface Selection {
	kinds: readonly EventKind[];
	/** All that decides which events come, such as mailings, and whether anonymous ones are among them. */
	filters: unknown;
	baseUrl: string;
}

interface StoredKind {
	from: number;
	windows: StoredWindow[];
}

/** Plain JSON. */
export interface StoredState {
	/** Hash of the selection. */
	selection: string;
	/** Each kind has progress of its own: a fault or a burst of one neither holds nor doubles the others. */
	kinds: Record<string, StoredKind>;
}

/** The state in the form that polls work with. */
export interface State {
	selection: string;
	kinds: ReadonlyMap<EventKind, Progress>;
}

/** A short text for a selection; the order of kinds and of names makes no difference. */
export function selectionHash({ kinds, filters, baseUrl }: Selection): string {
	const text = JSON.stringify([[...kinds].sort(), sorted(filters), baseUrl]);
	return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isRecord(value)) return value;
	const entries = Object.entries(value).map(([name, each]) => [name, sorted(each)] as const);
	return entries.sort(([one], [other]) => (one < other ? -1 : 1));
}

export function toStored({ selection, kinds }: State): StoredState {
	const stored = [...kinds].map(([kind, { from, memory }]) => [
		kind,
		{ from, windows: storedForm(memory) },
	]);
	return { selection, kinds: Object.fromEntries(stored) as StoredState['kinds'] };
}

/** The stored state; undefined where nothing, or nothing that can be read, is stored. */
export function fromStored(stored: unknown, kinds: readonly EventKind[]): State | undefined {
	if (!isRecord(stored) || !isRecord(stored.kinds)) return undefined;
	const progress = new Map<EventKind, Progress>();
	for (const kind of kinds) {
		const known = stored.kinds[kind];
		if (!isStoredKind(known)) return undefined;
		progress.set(kind, { from: known.from, memory: fromStoredForm(known.windows) });
	}
	return { selection: String(stored.selection), kinds: progress };
}

function isStoredKind(value: unknown): value is StoredKind {
	return isRecord(value) && Number.isFinite(value.from) && Array.isArray(value.windows);
}

/** The length of what would be stored; all of it is plain ASCII, so letters are bytes. */
export function storedSize(state: State): number {
	return JSON.stringify(toStored(state)).length;
}

/**
 * Makes a state fit into a number of bytes. The kind that remembers most looks back less far: it
 * forgets its oldest window, and its readings begin after it from now on, so nothing comes twice.
 * @returns the state, and the kinds that look back less far
 */
export function fitted(state: State, bytes: number): { state: State; shortened: EventKind[] } {
	const kinds = new Map(state.kinds);
	const shortened = new Set<EventKind>();
	let size = storedSize(state);
	while (size > bytes) {
		const [kind, { memory }] = [...kinds].reduce((one, other) =>
			other[1].memory.size > one[1].memory.size ? other : one,
		);
		const from = oldestEnd(memory);
		if (from === undefined) break;
		kinds.set(kind, { from, memory: rememberedFrom(memory, from) });
		shortened.add(kind);
		size = storedSize({ ...state, kinds });
	}
	return { state: { ...state, kinds }, shortened: [...shortened] };
}
