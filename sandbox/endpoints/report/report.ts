import type { Happening, HappeningOf, Kind } from '../../account/happenings';
import { Memo } from '../../account/timeline';
import type { QueryRules } from '../../server/query';
import type { Call, Route } from '../../server/routing';
import type { Variants } from '../../variants';
import { pagingQuery } from '../paging';
import type { Filter, Span } from './filters';
import { DATES, queryOf, wholeSpan } from './filters';
import { Presenter } from './presenter';
import type { Group } from './selection';
import { countAnswer, grouped, listAnswer, select } from './selection';

const FIELDS: QueryRules = {
	standard_field: { kind: 'text', many: true },
	custom_field: { kind: 'text', many: true },
	/** Of old; the vendor's client sends it, and nothing comes of it. */
	embed_field_backups: { kind: 'boolean' },
};

/** A report whose entries are events, and its count. */
export interface Report<T extends Happening> {
	path: string;
	/** Root and entry of the list. */
	names(variants: Variants): readonly [root: string, entry: string];
	filters: ReadonlyArray<Filter<T>>;
	/** `embed_…` flags. */
	embeds?: readonly string[];
	/** Whether contact fields cannot be asked for. */
	withoutFields?: boolean;
	/** What events are put together, if any. */
	unique?(
		variants: Variants,
	): { per: 'contact' | 'contactAndMailing'; kept: 'first' | 'last' } | null;
	/** The parts of an entry. */
	show(happening: T, presenter: Presenter, members: readonly T[]): string[];
}

/** The two routes of a report: list and count. */
export function reportRoutes<K extends Kind>(kind: K, report: Report<HappeningOf[K]>): Route[] {
	const { path, filters, embeds = [] } = report;
	const memo = new Memo<Array<Group<HappeningOf[K]>>>();
	const entries = (call: Call): Span<Group<HappeningOf[K]> | HappeningOf[K]> => {
		const span = select(call, call.account.happenings.timeline(kind), filters);
		const unique = report.unique?.(call.variants);
		return unique ? wholeSpan(grouped(span, memo, unique.per, unique.kept)) : span;
	};
	const filterQuery: QueryRules = { ...DATES, ...queryOf(filters), ...pagingQuery() };
	return [
		{
			method: 'GET',
			path,
			query: {
				...filterQuery,
				...(report.withoutFields ? {} : FIELDS),
				...Object.fromEntries(embeds.map((name) => [name, { kind: 'boolean' }])),
			},
			run: (call) => {
				const presenter = new Presenter(call, embeds);
				return listAnswer(call, entries(call), report.names(call.variants), (entry) =>
					'members' in entry
						? report.show(entry.happening, presenter, entry.members)
						: report.show(entry, presenter, []),
				);
			},
		},
		{
			method: 'GET',
			path: `${path}/count`,
			query: filterQuery,
			run: (call) => {
				const { start, end } = entries(call);
				return countAnswer(call, end - start);
			},
		},
	];
}
