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
import type { ItemParameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import { selectionQuery } from '../../../maileon/contact/readableFields';
import { readCount } from '../../../maileon/count';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { readEntries, simplifyEntry, type ReportEntry } from '../../../maileon/report/entries';
import type { MaileonRequest, Query } from '../../../maileon/request';
import { tell } from '../../../run/hints';
import type { Operation } from '../../../run/operation';
import { perItem } from '../../../run/perItem';
import { uselessAnswer, xmlRoot } from '../../../transport/answers';
import type { MaileonAnswer, MaileonClient } from '../../../transport/client';
import { LARGEST_PAGE, pagesOf } from '../../../transport/pages';
import { fieldsToReturn, simplify } from '../../contact/shared/fieldsToReturn';
import { readLimit, returnAllOrLimit } from '../../shared/limit';
import {
	concurrency,
	readRequestOptions,
	retries,
	timeout,
	type RequestOptions,
} from '../../shared/requests';
import { EXTRAS, extrasQuery, type ExtraName } from './extras';
import { filterCollection, filterQuery, type FilterName } from './filters';
import { mailing, readMailing } from './mailing';
import { period, periodQuery } from './period';

/** A list of events, and the endpoint that counts them. */
export interface EventList {
	list: Endpoint;
	count: Endpoint;
	filters: readonly FilterName[];
	/** What can be added to each event. */
	extras: readonly ExtraName[];
}

export interface EventReport extends EventList {
	/** Menu text. */
	value: string;
	name: string;
	action: string;
	description: string;
	/** Whether events belong to mailings. */
	ofMailings?: boolean;
	/** Whether fields of the contacts can be returned. */
	withFields?: boolean;
	/** The flag that leaves out events of people who are not known (any more). */
	leavesOut?: { flag: string; property: INodeProperties };
	/** The same list with one event for each contact. */
	unique?: EventList;
	/** Endpoints that it stands for without asking them. */
	standsFor?: readonly Endpoint[];
}

/** Brings in what happened to people who are anonymous. */
export const includeAnonymous: INodeProperties = {
	displayName: 'Include Anonymous',
	name: 'includeAnonymous',
	type: 'boolean',
	default: false,
	description:
		'Whether to include what cannot be told of a contact: people without a permission to track them, and those who unsubscribed or were deleted',
};

/** The operation of a report. */
export function eventReport(report: EventReport): Operation {
	const { value, name, action, description, list, count, unique, standsFor = [] } = report;
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
					const wanted = chosenList(parameters, report);
					const query = sharedQuery(parameters, report, wanted, node.getTimezone());
					const subject = { what: `report "${name.replace(/^Get /, '')}"` };
					const { concurrency: atATime } = options;
					if (parameters.choice('output', ['events', 'count']) === 'count')
						return {
							concurrency: atATime,
							subject,
							send: async (maileon) => [
								{ count: await countEvents(maileon, wanted.count.request({}, query), options) },
							],
						};
					const fields = report.withFields ? selectionQuery(await selections.read(parameters)) : [];
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
function chosenList(parameters: ItemParameters, report: EventReport): EventList {
	const { unique } = report;
	if (!unique || !parameters.flag('unique')) return report;
	const filters = parameters.within('filters');
	const refused = report.filters.find(
		(name) => !unique.filters.includes(name) && filters.has(name),
	);
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
	{ leavesOut }: EventReport,
	{ filters }: EventList,
	timeZone: string,
): Query {
	const leavesOutUnknown = leavesOut
		? !parameters
				.within('options')
				.flagOr(leavesOut.property.name, leavesOut.property.default === true)
		: false;
	return [
		...periodQuery(parameters, timeZone),
		['mailing_id', readMailing(parameters)],
		...filterQuery(parameters.within('filters'), filters),
		...(leavesOut ? [[leavesOut.flag, leavesOutUnknown] as const] : []),
	];
}

async function countEvents(
	client: MaileonClient,
	request: MaileonRequest,
	{ retries: times, timeout: limit }: RequestOptions,
): Promise<number> {
	const answer = await client.send({ ...request, timeout: limit }, { retries: times });
	const found = readCount(answer.answer);
	if (found === undefined) throw uselessAnswer(answer, request, 'It holds no number.');
	return found;
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

/**
 * The entries of an answer; none where it has no body.
 * @throws MaileonFailure when it holds something else
 */
export function entriesOf(answer: MaileonAnswer, request: MaileonRequest): ReportEntry[] {
	if (answer.answer.kind === 'empty') return [];
	const { root: name, ...withoutRoot } = request;
	const root = xmlRoot(answer, withoutRoot);
	const entries = readEntries(root, name);
	if (!entries)
		throw uselessAnswer(answer, request, `It holds <${root.name}> instead of a report.`);
	return entries;
}

function propertiesOf(report: EventReport): INodeProperties[] {
	const { ofMailings, withFields, leavesOut, unique, filters, extras } = report;
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
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					...concurrency,
					description:
						'How many requests may be on their way at the same time, such as pages of the report',
				},
				...(leavesOut ? [leavesOut.property] : []),
				...extras.map((extra) => EXTRAS[extra].property),
				retries,
				timeout,
			].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
		},
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
