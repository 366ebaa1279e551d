/**
 * What can be added to each event of a report.
 * Rests on the Reports pages of the documentation ("embed_…").
 */
import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../../input/parameters';
import type { ExtraName } from '../../../maileon/report/lists';

interface Extra {
	wire: string;
	property: INodeProperties;
}

function extra(wire: string, displayName: string, name: string, description: string): Extra {
	return {
		wire,
		property: { displayName, name, type: 'boolean', default: false, description },
	};
}

export const EXTRAS = {
	contactHash: extra(
		'embed_contact_hash',
		'Include Contact Hash',
		'contactHash',
		'Whether to return a number that is the same for one contact within one sendout, to count people who are anonymous',
	),
	emailClient: extra(
		'embed_email_client_infos',
		'Include Email Client',
		'emailClient',
		'Whether to return the program, the browser and the system of the person, as far as they are known',
	),
	linkTags: extra(
		'embed_link_tags',
		'Include Link Tags',
		'linkTags',
		'Whether to return the tags of the link',
	),
	transactionId: extra(
		'embed_transaction_id',
		'Include Transaction ID',
		'transactionId',
		'Whether to return the ID of the transaction that the mail was sent for',
	),
} as const satisfies Readonly<Record<ExtraName, Extra>>;

/** What an item asks for, as a query; nothing is sent for what is not asked for. */
export function extrasQuery(
	options: ItemParameters,
	names: readonly ExtraName[],
): Array<readonly [string, true]> {
	return names
		.filter((name) => options.flag(name))
		.map((name) => [EXTRAS[name].wire, true] as const);
}
