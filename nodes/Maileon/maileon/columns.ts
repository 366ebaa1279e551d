/**
 * Which key of an input item belongs to which column of a contact.
 */
import { STANDARD_FIELDS } from './contact/fields';

export interface Column {
	/** The bare name: `FIRSTNAME`, `COLOR`, `email`. */
	id: string;
	/** Another name that people use for it: the label in the editor. */
	label?: string;
}

/** A name without regard to case, blanks, `_` and `-`. */
export function looseName(name: string): string {
	return name.toLowerCase().replace(/[\s_-]+/g, '');
}

export interface KeyMatch {
	/** Input key and column, one pair for each column that has a key, in the order of the keys. */
	pairs: ReadonlyArray<readonly [key: string, column: string]>;
	/** Input keys that belong to no column. */
	unmatched: readonly string[];
}

/**
 * Matches the keys of an item to columns: exact names first, then without regard to case, blanks,
 * `_` and `-`, then by label in the same way. A column takes one key; the first that fits best wins.
 */
export function matchKeys(keys: readonly string[], columns: readonly Column[]): KeyMatch {
	const exact = new Set(columns.map((column) => column.id));
	const loose = firstOfEach(columns.map((column) => [looseName(column.id), column.id]));
	const labels = firstOfEach(
		columns.map((column) => [looseName(column.label ?? column.id), column.id]),
	);
	const columnOfKey = new Map<string, string>();
	const taken = new Set<string>();
	const passes: Array<(key: string) => string | undefined> = [
		(key) => (exact.has(key) ? key : undefined),
		(key) => loose.get(looseName(key)),
		(key) => labels.get(looseName(key)),
	];
	for (const columnOf of passes)
		for (const key of keys) {
			const column = columnOfKey.has(key) ? undefined : columnOf(key);
			if (column === undefined || taken.has(column)) continue;
			columnOfKey.set(key, column);
			taken.add(column);
		}
	return {
		pairs: keys.flatMap((key) => {
			const column = columnOfKey.get(key);
			return column === undefined ? [] : [[key, column] as const];
		}),
		unmatched: keys.filter((key) => !columnOfKey.has(key)),
	};
}

function firstOfEach(pairs: ReadonlyArray<readonly [string, string]>): Map<string, string> {
	const map = new Map<string, string>();
	for (const [name, id] of pairs) if (!map.has(name)) map.set(name, id);
	return map;
}

/** The columns of the writable standard fields. */
export const STANDARD_COLUMNS: readonly Column[] = STANDARD_FIELDS.map((field) => ({
	id: field.name,
	label: field.label,
}));
