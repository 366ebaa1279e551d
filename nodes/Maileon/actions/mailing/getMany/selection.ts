/**
 * Which mailings an item asks for.
 */
import type { ItemParameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { mailings } from '../../../maileon/endpoints/mailings';
import { MAILING_ORDERS, TEXT_OPERATORS } from '../../../maileon/mailing/mailings';
import type { Query } from '../../../maileon/request';
import { FILTERS } from './parameters';

/** Which list is asked for, and what it is filtered by. */
export interface Selection {
	endpoint: Endpoint;
	query: Query;
}

/** Mailings of some types. */
export function byTypes(types: readonly string[]): Selection {
	return { endpoint: mailings.getManyByTypes, query: repeated('types', types) };
}

/**
 * What an item filters by; undefined for all mailings.
 * @throws InputRefusal when it is not filled in
 */
export function readFilter(parameters: ItemParameters): Selection | undefined {
	switch (parameters.choice('filterBy', FILTERS)) {
		case 'all':
			return undefined;
		case 'type':
			return byTypes(parameters.requiredTexts('types'));
		case 'state':
			return {
				endpoint: mailings.getManyByStates,
				query: repeated('states', parameters.requiredTexts('states')),
			};
		case 'tags':
			return {
				endpoint: mailings.getManyByKeywords,
				query: [
					...repeated('keywords', parameters.requiredTexts('tags')),
					['keywordsOp', parameters.choice('tagsMatch', ['and', 'or'])],
				],
			};
		case 'creator':
			return {
				endpoint: mailings.getManyByCreator,
				query: compared(parameters, 'creator', 'creatorName'),
			};
		case 'subject':
			return {
				endpoint: mailings.getManyBySubject,
				query: compared(parameters, 'subject', 'subject'),
			};
		case 'scheduleTime':
			return {
				endpoint: mailings.getManyByScheduleTime,
				query: [
					['scheduleTime', readScheduleTime(parameters)],
					['beforeSchedulingTime', parameters.choice('scheduled', ['from', 'before']) === 'before'],
				],
			};
	}
}

function repeated(name: string, values: readonly string[]): Query {
	return values.map((value) => [name, value] as const);
}

/** Maileon does not document its own operator, so ours is always sent. */
function compared(parameters: ItemParameters, parameter: string, name: string): Query {
	return [
		[name, parameters.requiredText(parameter)],
		[`${name}Op`, parameters.choice('comparison', TEXT_OPERATORS)],
	];
}

function readScheduleTime(parameters: ItemParameters): string {
	const time = parameters.date('scheduleTime');
	if (time === undefined)
		throw new InputRefusal(`${parameters.label('scheduleTime')} is empty.`, {
			description: `Fill in "${parameters.label('scheduleTime')}" for this item.`,
			field: 'scheduleTime',
		});
	return time.includes(' ') ? time : `${time} 00:00:00`;
}

const TRASH = { all: undefined, only: true, without: false } as const;

/**
 * How the list is ordered, and whether it holds the trash.
 * @throws InputRefusal for a value that is none of the choices
 */
export function settingsQuery(options: ItemParameters): Query {
	const choiceOr = <T extends string>(name: string, choices: readonly T[], otherwise: T) =>
		options.has(name) ? options.choice(name, choices) : otherwise;
	return [
		['orderBy', choiceOr('orderBy', MAILING_ORDERS, 'id')],
		['order', choiceOr('order', ['ASC', 'DESC'], 'DESC')],
		['trash', TRASH[choiceOr('trash', ['all', 'only', 'without'], 'all')]],
	];
}
