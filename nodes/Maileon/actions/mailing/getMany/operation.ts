import type { IDataObject } from 'n8n-workflow';

import type { ItemParameters } from '../../../input/parameters';
import { mailings } from '../../../maileon/endpoints/mailings';
import {
	LARGEST_MAILING_PAGE,
	MAILING_FIELDS,
	readMailingRows,
	type MailingField,
	type MailingRow,
} from '../../../maileon/mailing/mailings';
import type { Query } from '../../../maileon/request';
import { tell } from '../../../run/hints';
import type { Operation } from '../../../run/operation';
import { perItem } from '../../../run/perItem';
import { listRoot } from '../../../transport/answers';
import type { MaileonClient } from '../../../transport/client';
import { ofKnownTypes } from '../../../transport/mailingLists';
import { readPages, type PagedList } from '../../../transport/pages';
import { readLimit } from '../../shared/limit';
import { readRequestOptions, type RequestOptions } from '../../shared/requests';
import { properties } from './parameters';
import { byTypes, readFilter, settingsQuery, type Selection } from './selection';

/** Lists mailings by a property ("Get Mailings By Types" and its sisters). */
export const getManyMailings: Operation = {
	resource: 'mailing',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many mailings',
	description:
		'List mailings, all or by state, type, tags, creator, subject or schedule time, with their names and states',
	properties,
	endpoints: [
		mailings.getManyByTypes,
		mailings.getManyByStates,
		mailings.getManyByKeywords,
		mailings.getManyByCreator,
		mailings.getManyBySubject,
		mailings.getManyByScheduleTime,
	],
	run: perItem(({ node }) => {
		let isTold = false;
		const tellRepeatedPage = () => {
			if (!isTold) tell(node, REPEATED_PAGE);
			isTold = true;
		};
		return {
			prepare: ({ parameters }) => {
				const wanted = readWanted(parameters);
				return {
					concurrency: wanted.options.concurrency,
					subject: { what: 'mailings', things: 'mailings' },
					send: async (client) => {
						const { entries, hasRepeatedPage } = await readAll(client, wanted);
						if (hasRepeatedPage) tellRepeatedPage();
						return entries as IDataObject[];
					},
				};
			},
		};
	}),
};

const REPEATED_PAGE =
	'Maileon repeated mailings instead of sending the next page, so mailings may be missing.';

interface Wanted {
	/** Undefined for all mailings. */
	filter?: Selection;
	fields: readonly MailingField[];
	settings: Query;
	/** Mailings at most; Infinity for all. */
	limit: number;
	options: RequestOptions;
}

/** @throws InputRefusal for what is not filled in, and for values that are none of the choices */
function readWanted(parameters: ItemParameters): Wanted {
	const options = parameters.within('options');
	const names = parameters.texts('fields');
	return {
		filter: readFilter(parameters),
		fields: MAILING_FIELDS.filter((field) => names.includes(field)),
		settings: settingsQuery(options),
		limit: readLimit(parameters),
		options: readRequestOptions(options),
	};
}

async function readAll(client: MaileonClient, wanted: Wanted): Promise<PagedList<MailingRow>> {
	return wanted.filter
		? await readSelection(client, wanted.filter, wanted)
		: await ofKnownTypes(async (types) => await readSelection(client, byTypes(types), wanted));
}

async function readSelection(
	client: MaileonClient,
	{ endpoint, query }: Selection,
	{ fields, settings, limit, options: { timeout, retries } }: Wanted,
): Promise<PagedList<MailingRow>> {
	const fieldQuery = fields.map((field) => ['fields', field] as const);
	const request = { ...endpoint.request({}, [...query, ...fieldQuery, ...settings]), timeout };
	const paging = { pageSize: Math.min(limit, LARGEST_MAILING_PAGE), limit, retries };
	return await readPages(client, request, paging, {
		entriesOf: (answer) => {
			const root = listRoot(answer, request);
			return root ? readMailingRows(root, fields) : [];
		},
		keyOf: ({ id }) => id ?? undefined,
	});
}
