import type { Happening } from '../../account/happenings';
import type { Timed } from '../../account/timeline';
import type { QueryRule, QueryRules } from '../../server/query';
import { badRequest } from '../../server/refusal';
import type { Call } from '../../server/routing';
import type { Variants } from '../../variants';

/** One restriction that a report knows. */
export interface Filter<T> {
	query: QueryRules;
	/** The test, or nothing when the request does not restrict. */
	test(call: Call): ((entry: T) => boolean) | undefined;
	/** What the test depends on, beside the query and the contacts that left. */
	dependsOn?(call: Call): unknown;
}

/** The two dates of all reports: from inclusive, to exclusive, in epoch milliseconds. */
export const DATES: QueryRules = { from_date: { kind: 'long' }, to_date: { kind: 'long' } };

/** A repeatable parameter of which one value has to be that of the event. */
export function oneOf<T>(
	name: string,
	rule: QueryRule,
	valueOf: (entry: T) => string | number | null,
): Filter<T> {
	return {
		query: { [name]: { many: true, ...rule } },
		test: (call) => {
			const values = call.query.all(name);
			if (values.length === 0) return undefined;
			const wanted = new Set<string | number | null>(
				rule.kind === 'integer' ? values.map(Number) : values,
			);
			return (entry) => wanted.has(valueOf(entry));
		},
	};
}

/** A parameter that must not be repeated. */
export function exactly<T>(
	name: string,
	choices: readonly string[],
	valueOf: (entry: T) => string,
): Filter<T> {
	return oneOf(name, { kind: 'text', choices, many: false }, valueOf);
}

/** A flag that leaves out some entries. */
export function leavingOut<T>(
	name: string,
	standard: (variants: Variants) => boolean,
	isLeftOut: (call: Call, entry: T) => boolean,
): Filter<T> {
	return {
		query: { [name]: { kind: 'boolean' } },
		test: (call) =>
			call.query.flag(name, standard(call.variants))
				? (entry) => !isLeftOut(call, entry)
				: undefined,
		dependsOn: (call) => standard(call.variants),
	};
}

/** A filter whose parameters are unknown unless the variants say otherwise. */
export function knownWhen<T>(
	isKnown: (variants: Variants, name: string) => boolean,
	filter: Filter<T>,
): Filter<T> {
	return {
		...filter,
		test: (call) => {
			refuseUnknown(call, Object.keys(filter.query), isKnown);
			return filter.test(call);
		},
	};
}

/**
 * @throws Refusal (400) for parameters that the variants do not know
 */
export function refuseUnknown(
	call: Call,
	names: readonly string[],
	isKnown: (variants: Variants, name: string) => boolean,
): void {
	for (const name of names) {
		if (call.query.text(name) !== undefined && !isKnown(call.variants, name)) {
			throw badRequest(`unknown query parameter ${name}`);
		}
	}
}

/** Whether Maileon cannot, or no longer, say who it was. */
export function isAnonymous({ tracked, contact }: Happening): boolean {
	return !tracked || contact.anonymous;
}

/** `exclude_anonymous_…`, by default true. */
export function excludingAnonymous(name: string): Filter<Happening> {
	return leavingOut(
		name,
		() => true,
		(_, happening) => isAnonymous(happening),
	);
}

/** `mailing_id`; the variant that forgets the events of archived mailings works here, too. */
export const BY_MAILING: Filter<Happening> = {
	query: { mailing_id: { kind: 'integer', many: true } },
	test: (call) => {
		const wanted = new Set<number | null>(call.query.all('mailing_id').map(Number));
		const gone = new Set<number | null>(forgottenMailings(call));
		if (wanted.size === 0 && gone.size === 0) return undefined;
		return ({ mailingId }) => !gone.has(mailingId) && (wanted.size === 0 || wanted.has(mailingId));
	},
	dependsOn: forgottenMailings,
};

function forgottenMailings(call: Call): number[] {
	if (call.variants.archivedEvents === 'kept') return [];
	return [...call.account.mailings.values()]
		.filter(({ state }) => state === 'archived')
		.map(({ id }) => id);
}

/** The names under which an event may be found. */
export interface Identity {
	id: number;
	email: string | null;
	externalId: string | null;
}

/** `ids`, `emails` and `eids`. */
export function byContact<T>(identityOf: (entry: T) => Identity | null): Filter<T> {
	return {
		query: {
			ids: { kind: 'integer', many: true },
			emails: { kind: 'text', many: true },
			eids: { kind: 'text', many: true },
		},
		test: (call) => {
			const ids = new Set(call.query.all('ids').map(Number));
			const emails = new Set(call.query.all('emails').map((email) => email.toLowerCase()));
			const externalIds = new Set(call.query.all('eids'));
			const tests: Array<(identity: Identity) => boolean> = [];
			if (ids.size > 0) tests.push(({ id }) => ids.has(id));
			if (emails.size > 0) tests.push(({ email }) => emails.has(email?.toLowerCase() ?? ''));
			if (externalIds.size > 0) {
				tests.push(({ externalId }) => externalIds.has(externalId ?? ''));
			}
			if (tests.length === 0) return undefined;
			const combined =
				call.variants.reportContactFilters === 'or'
					? (identity: Identity) => tests.some((test) => test(identity))
					: (identity: Identity) => tests.every((test) => test(identity));
			return (entry) => {
				const identity = identityOf(entry);
				return identity !== null && combined(identity);
			};
		},
		dependsOn: ({ variants, account }) => [
			variants.reportContactFilters,
			account.contacts.renamings,
		],
	};
}

/** Contacts are found by what they are now; anonymous events by nothing. */
export const BY_CONTACT = byContact<Happening>((happening) =>
	isAnonymous(happening) ? null : happening.contact,
);

/** All query parameters of some filters. */
export function queryOf<T>(filters: ReadonlyArray<Filter<T>>): QueryRules {
	return Object.assign({}, ...filters.map(({ query }) => query)) as QueryRules;
}

/** Part of a sorted list. */
export interface Span<E> {
	list: readonly E[];
	start: number;
	/** Not included. */
	end: number;
}

/** A list as a whole. */
export function wholeSpan<E>(list: readonly E[]): Span<E> {
	return { list, start: 0, end: list.length };
}

/** What tells one selection from another. */
export function keyOf<T>(call: Call, filters: ReadonlyArray<Filter<T>>): string {
	return JSON.stringify(
		filters.map(({ query, dependsOn }) => [
			Object.keys(query).map((name) => call.query.all(name)),
			dependsOn?.(call),
		]),
	);
}

/** All tests of a request in one; nothing when it does not restrict. */
export function testOf<T extends Timed>(
	call: Call,
	filters: ReadonlyArray<Filter<T>>,
): ((entry: T) => boolean) | undefined {
	const [first, ...others] = filters.flatMap((filter) => filter.test(call) ?? []);
	return others.reduce<typeof first>(
		(one, other) => (entry) => (one?.(entry) ?? true) && other(entry),
		first,
	);
}
