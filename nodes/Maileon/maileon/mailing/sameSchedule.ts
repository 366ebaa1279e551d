/**
 * Sets a schedule once more, since a mailing whose content was changed does not go out by the one it had.
 * Rests on "Mailing – Update Schedule" and "Mailing – Get Schedule".
 */
import type { Query, QueryValue } from '../request';
import { snakeCase, type PartJson } from './parts';

/** How a sendout is spread, by the names of the query; the answer has the same. */
const SPREAD_PARAMETERS = [
	'dispatchOption',
	'dispatchEndInHours',
	'dispatchEndInDays',
	'dispatchEndExactDatetime',
	'clicksAsResponseReference',
	'dispatchWavesGroup',
	'dispatchUniformInterval',
	'allowedHours',
] as const;

/** What the request says that sets the same schedule, with all that is set of the ways to spread it. */
export function sameScheduleQuery(schedule: PartJson): Query {
	const names = ['date', 'hours', 'minutes', ...SPREAD_PARAMETERS];
	return names.flatMap((name) => {
		const value = sent(schedule[snakeCase(name)]);
		const isNoEnd = name.startsWith('dispatchEndIn') && Number(value) === 0;
		return value === undefined || isNoEnd ? [] : [[name, value] as const];
	});
}

function sent(value: unknown): QueryValue {
	if (typeof value === 'string') return value.trim() || undefined;
	return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
