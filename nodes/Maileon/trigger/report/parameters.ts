/**
 * What a person sets on the trigger: the events, what to narrow them down by, and what comes out.
 */
import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import { fieldsToReturn, simplify } from '../../input/fieldsToReturn';
import { optionsCollection } from '../../input/optionsCollection';
import { Parameters, type ItemParameters, type ParameterSource } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import { filterQuery, FILTERS, includeAnonymous } from '../../input/report/filters';
import { mailing, readMailing } from '../../input/report/mailing';
import { readMoment } from '../../input/report/period';
import { EVENT_KINDS, type EventKind } from '../../maileon/report/event';
import { EVENT_LISTS, type FilterName } from '../../maileon/report/lists';
import type { Query } from '../../maileon/request';
import { EVENTS, kindOf } from './events';
import { DEFAULT_SETTINGS, type PollSettings } from './poll';
import { SECOND } from './window';

const MINUTE = 60 * SECOND;
const LONGEST_LOOK_BACK = 7 * 24 * 60;
const LONGEST_DELAY = 24 * 60;
const MOST_EVENTS = 100_000;

const events: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	default: ['click'],
	options: EVENT_KINDS.map((kind) => EVENTS[kind]).sort((one, other) =>
		one.name.localeCompare(other.name, 'en'),
	),
	description: 'What has to happen in Maileon to start the workflow',
};

/** Within a single report these are clear without saying what they belong to. */
const LABELS: Partial<Record<FilterName, string>> = {
	blockReasons: 'Block Reasons',
	bounceSource: 'Bounce Source',
	bounceType: 'Bounce Type',
	conversionLinkIds: 'Conversion Link IDs',
	newStatus: 'New Block Status',
	oldStatus: 'Old Block Status',
	replyType: 'Reply Type',
	statusCodes: 'Bounce Status Codes',
	unsubscriptionSource: 'Unsubscription Source',
};

function isFilterName(name: string): name is FilterName {
	return name in FILTERS;
}

/** A filter, shown where one of the chosen events has it. */
function filterOf(name: FilterName): INodeProperties {
	const { property } = FILTERS[name];
	const having = EVENT_KINDS.filter((kind) => EVENT_LISTS[kind].filters.includes(name));
	const shown = having.map((kind) => EVENTS[kind].value);
	return {
		...property,
		displayName: LABELS[name] ?? property.displayName,
		...(having.length < EVENT_KINDS.length && { displayOptions: { show: { '/events': shown } } }),
	};
}

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: Object.keys(FILTERS)
		.filter(isFilterName)
		.map(filterOf)
		.sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
	description:
		'What has to apply to an event. A filter counts for those of the chosen events that have it; the others come out as if it were not there.',
};

const USUAL_DELAY = DEFAULT_SETTINGS.delay / MINUTE;
const USUAL_LOOK_BACK = DEFAULT_SETTINGS.lookBack / MINUTE;
const USUAL_EVENTS = DEFAULT_SETTINGS.mostEvents;

const options = optionsCollection([
	{
		displayName: 'Delay',
		name: 'delay',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_DELAY },
		default: USUAL_DELAY,
		description: 'How many minutes an event has to be over before it starts the workflow',
	},
	includeAnonymous,
	{
		displayName: 'Look Back',
		name: 'lookBack',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_LOOK_BACK },
		default: USUAL_LOOK_BACK,
		description:
			'How many minutes to look back for events that Maileon reports late. An event starts the workflow once, however often it is looked at.',
	},
	{
		displayName: 'Most Events per Run',
		name: 'mostEvents',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_EVENTS },
		default: USUAL_EVENTS,
		description:
			'How many events to give to the workflow at once at most. The rest follows with the next polls, the oldest first.',
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'dateTime',
		default: '',
		description:
			'From when on events count when the workflow is switched on for the first time. Leave empty for now. A time without an offset is one of the time zone of the workflow.',
	},
]);

const TITLES = Object.fromEntries(
	EVENT_KINDS.map((kind) => [EVENTS[kind].value, EVENTS[kind].name]),
);

/** What stands below the node on the canvas: the events, in the words of the menu. */
export const eventsSubtitle = `={{ [$parameter["events"]].flat().map((event) => (${JSON.stringify(TITLES)})[event] || event).join(", ") }}`;

export const reportTriggerProperties: INodeProperties[] = [
	events,
	{
		...mailing,
		description:
			'Only what belongs to this mailing. Leave empty for all mailings. Blocks belong to no mailing, so they always count.',
	},
	...fieldsToReturn.map((field) => ({ ...field, default: [] })),
	simplify,
	filters,
	options,
];

/** What the node is set to. */
export interface TriggerSettings {
	kinds: readonly EventKind[];
	/** What each kind is narrowed down by. */
	queries: ReadonlyMap<EventKind, Query>;
	poll: PollSettings;
	isSimple: boolean;
}

/** The parameters of a node that polls. Nothing comes in, so there is one value of each. */
export function parametersOf(context: IPollFunctions): ItemParameters {
	const read = (name: string, _index: number, preset?: unknown, how?: object) =>
		context.getNodeParameter(name, preset, how);
	const source = { getNodeParameter: read as ParameterSource['getNodeParameter'] };
	return new Parameters(source, reportTriggerProperties).ofItem(0);
}

/**
 * Reads the parameters, but for the fields to return.
 * @throws InputRefusal where one cannot be used
 */
export function readSettings(parameters: ItemParameters, timeZone: string): TriggerSettings {
	const kinds = readKinds(parameters);
	const given = parameters.within('options');
	const number = (name: string, preset: number, min: number, max: number) =>
		given.has(name) ? given.wholeNumber(name, { min, max }) : preset;
	const { lookBack, delay, mostEvents } = DEFAULT_SETTINGS;
	return {
		kinds,
		queries: new Map(kinds.map((kind) => [kind, queryOf(parameters, kind)])),
		poll: {
			...DEFAULT_SETTINGS,
			lookBack: number('lookBack', lookBack / MINUTE, 0, LONGEST_LOOK_BACK) * MINUTE,
			delay: number('delay', delay / MINUTE, 0, LONGEST_DELAY) * MINUTE,
			mostEvents: number('mostEvents', mostEvents, 1, MOST_EVENTS),
			startFrom: readMoment(given, 'startFrom', timeZone),
		},
		isSimple: parameters.flag('simplify'),
	};
}

function readKinds(parameters: ItemParameters): EventKind[] {
	const values = parameters.texts('events');
	if (values.length === 0)
		throw new InputRefusal('No event is chosen.', {
			description: `Choose what has to happen under "${parameters.label('events')}".`,
			field: 'events',
		});
	const kinds = values.map((value) => {
		const kind = kindOf(value);
		if (kind) return kind;
		throw new InputRefusal(`${parameters.label('events')} holds an unknown event.`, {
			description: `Choose from ${EVENT_KINDS.map((one) => EVENTS[one].value).join(', ')}.`,
			field: 'events',
		});
	});
	return [...new Set(kinds)];
}

/** The flag of a report is always sent, since what Maileon does without it differs from report to report. */
function queryOf(parameters: ItemParameters, kind: EventKind): Query {
	const { filters: names, leavesOut, ofMailings } = EVENT_LISTS[kind];
	const isAnonymousIn = parameters.within('options').flagOr(includeAnonymous.name, false);
	const leavesOutUnknown = kind === 'recipient' ? false : !isAnonymousIn;
	return [
		...(ofMailings ? [['mailing_id', readMailing(parameters)] as const] : []),
		...filterQuery(parameters.within('filters'), names),
		...(leavesOut ? [[leavesOut, leavesOutUnknown] as const] : []),
	];
}
