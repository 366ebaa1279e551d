/**
 * Reports that list events: their parameters and their runner, made from what Maileon offers for each.
 */
import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { FieldSelections } from '../../../input/fieldSelection';
import { fieldsToReturn, simplify } from '../../../input/fieldsToReturn';
import { optionsCollection } from '../../../input/optionsCollection';
import type { ItemParameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import { filterCollection, filterQuery } from '../../../input/report/filters';
import { mailing, readMailing } from '../../../input/report/mailing';
import { period, periodQuery } from '../../../input/report/period';
import { selectionQuery } from '../../../maileon/contact/readableFields';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { simplifyEntry, type ReportEntry } from '../../../maileon/report/entries';
import type { EventList, EventLists } from '../../../maileon/report/lists';
import type { MaileonRequest, Query } from '../../../maileon/request';
import { tell } from '../../../run/hints';
import type { Operation } from '../../../run/operation';
import { perItem } from '../../../run/perItem';
import type { MaileonClient } from '../../../transport/client';
import { LARGEST_PAGE, pagesOf } from '../../../transport/pages';
import { countEvents, entriesOf } from '../../../transport/reports';
import { readLimit, returnAllOrLimit } from '../../shared/limit';
import {
	concurrency,
	readRequestOptions,
	retries,
	timeout,
	type RequestOptions,
} from '../../shared/requests';
import { EXTRAS, extrasQuery } from './extras';

export interface EventReport {
	/** Menu text. */
	value: string;
	name: string;
	action: string;
	description: string;
	/** What Maileon offers. */
	lists: EventLists;
	/** Brings in the people that the flag of the report leaves out. */
	bringsIn?: INodeProperties;
	/** Endpoints that it stands for without asking them. */
	standsFor?: readonly Endpoint[];
}

/** The operation of a report. */
export function eventReport(report: EventReport): Operation {
	const { value, name, action, description, lists, standsFor = [] } = report;
	const { list, count, unique } = lists;
	return {
		resource: 'report',
		value,
		name,
		action,
		description,
		properties: propertiesOf(report),
		endpoints: [list, count, ...(unique ? [unique.list, unique.count] : []), ...standsFor],
		run: perItem(({ node, client }) => {
			const selections = new FieldSelections(client);
			const tellChange = tellingOnce(node);
			return {
				prepare: async ({ parameters }) => {
					const options = readRequestOptions(parameters.within('options'));
					const wanted = chosenList(parameters, lists);
					const query = sharedQuery(parameters, report, wanted, node.getTimezone());
					const subject = { what: `report "${name.replace(/^Get /, '')}"` };
					const { concurrency: atATime } = options;
					if (parameters.choice('output', ['events', 'count']) === 'count')
						return {
							concurrency: atATime,
							subject,
							send: async (maileon) => {
								const request = { ...wanted.count.request({}, query), timeout: options.timeout };
								return [{ count: await countEvents(maileon, request, options) }];
							},
						};
					const fields = lists.withFields ? selectionQuery(await selections.read(parameters)) : [];
					const request = wanted.list.request({}, [
						...query,
						...extrasQuery(parameters.within('options'), wanted.extras),
						...fields,
					]);
					const limit = readLimit(parameters);
					const isSimple = parameters.flag('simplify');
					return {
						concurrency: atATime,
						subject,
						send: async (maileon) => {
							const { entries, hasChanged } = await readEvents(maileon, request, limit, options);
							if (hasChanged) tellChange();
							return (isSimple ? entries.map(simplifyEntry) : entries) as IDataObject[];
						},
					};
				},
			};
		}),
	};
}

const CHANGED =
	'The report changed while it was read, so an event can be missing or come twice. Choose a period that is over, or run it again.';

function tellingOnce(node: IExecuteFunctions): () => void {
	let isTold = false;
	return () => {
		if (!isTold) tell(node, CHANGED);
		isTold = true;
	};
}

/**
 * The list that an item asks for.
 * @throws InputRefusal for a filter that is not known for events once per contact
 */
function chosenList(parameters: ItemParameters, lists: EventLists): EventList {
	const { unique } = lists;
	if (!unique || !parameters.flag('unique')) return lists;
	const filters = parameters.within('filters');
	const refused = lists.filters.find((name) => !unique.filters.includes(name) && filters.has(name));
	if (refused !== undefined)
		throw new InputRefusal(
			`${filters.label(refused)} cannot be combined with ${parameters.label('unique')}.`,
			{
				description: 'Maileon does not document this filter for it. Take out one of the two.',
				field: refused,
			},
		);
	return unique;
}

function sharedQuery(
	parameters: ItemParameters,
	{ lists: { leavesOut }, bringsIn }: EventReport,
	{ filters }: EventList,
	timeZone: string,
): Query {
	const leavesOutUnknown =
		bringsIn !== undefined &&
		!parameters.within('options').flagOr(bringsIn.name, bringsIn.default === true);
	return [
		...periodQuery(parameters, timeZone),
		['mailing_id', readMailing(parameters)],
		...filterQuery(parameters.within('filters'), filters),
		...(leavesOut ? [[leavesOut, leavesOutUnknown] as const] : []),
	];
}

async function readEvents(
	client: MaileonClient,
	request: MaileonRequest,
	limit: number,
	{ concurrency: atATime, retries: times, timeout: longest }: RequestOptions,
): Promise<{ entries: ReportEntry[]; hasChanged: boolean }> {
	const entries: ReportEntry[] = [];
	const sizes = new Set<number>();
	const pages = pagesOf(
		client,
		{ ...request, timeout: longest },
		{ pageSize: Math.min(limit, LARGEST_PAGE), atATime, limit, retries: times },
		(answer) => entriesOf(answer, request),
	);
	for await (const page of pages) {
		if (page.items !== undefined) sizes.add(page.items);
		for (const entry of page.entries) {
			if (entries.length >= limit) break;
			entries.push(entry);
		}
		if (entries.length >= limit) break;
	}
	return { entries, hasChanged: sizes.size > 1 };
}

function propertiesOf(report: EventReport): INodeProperties[] {
	const { lists, bringsIn } = report;
	const { ofMailings, withFields, unique, filters, extras } = lists;
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Events', value: 'events', description: 'One item for each event' },
				{ name: 'Number of Events', value: 'count', description: 'One item that says how many' },
			],
			default: 'events',
			description: 'What to return',
		},
		...(unique ? [ONCE_PER_CONTACT] : []),
		...(ofMailings ? [mailing] : []),
		...period,
		...forEvents([
			...returnAllOrLimit,
			...(withFields ? fieldsToReturn.map((field) => ({ ...field, default: [] })) : []),
			simplify,
		]),
		filterCollection(filters),
		optionsCollection([
			{
				...concurrency,
				description: 'How many requests may run at the same time, such as pages of the report',
			},
			...(bringsIn ? [bringsIn] : []),
			...extras.map((extra) => EXTRAS[extra].property),
			retries,
			timeout,
		]),
	];
}

const ONCE_PER_CONTACT: INodeProperties = {
	displayName: 'Once per Contact',
	name: 'unique',
	type: 'boolean',
	default: false,
	description:
		'Whether each contact comes out once, however often it happened. Which of several events is kept is not documented.',
};

function forEvents(properties: INodeProperties[]): INodeProperties[] {
	return updateDisplayOptions({ show: { output: ['events'] } }, properties);
}
