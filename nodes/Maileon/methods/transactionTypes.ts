/**
 * What the editor asks about transaction types: their list, and the attributes of one.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperFields,
} from 'n8n-workflow';

import { typeReference, type TransactionAttribute } from '../maileon/transaction/transactionType';
import type { AttributeColumn } from '../input/content';
import { locatedText } from '../input/locator';
import { TRANSACTION_TYPE } from '../input/transactionTypes';
import { fetchTransactionType, fetchTransactionTypes } from '../transport/transactionTypes';
import { connect } from './connection';
import { lookupError } from './failures';
import { matching } from './listSearch';

/** All transaction types of the account, by name. */
export async function searchTransactionTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await connect(this);
		if (!client) return { results: [] };
		const types = await fetchTransactionTypes(client);
		const entries = types.map(({ id, name, description }) => ({
			name,
			value: String(id),
			...(description && { description }),
		}));
		return { results: matching(entries, filter) };
	} catch (error) {
		throw lookupError(this, error);
	}
}

/** In automatic mapping n8n shows any notice that it is given, even beside columns. */
const NO_ATTRIBUTES = 'This transaction type has no attributes: its transactions carry no content.';

/** The attributes of the type that is chosen in the node, as columns. */
export async function getTransactionAttributes(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const reference = typeReference(locatedText(this.getCurrentNodeParameter(TRANSACTION_TYPE)));
	if (!reference) return { fields: [], emptyFieldsNotice: 'Choose a transaction type first.' };
	try {
		const client = await connect(this);
		if (!client) return { fields: [], emptyFieldsNotice: 'Choose a credential first.' };
		const { attributes } = await fetchTransactionType(client, reference);
		return {
			fields: attributes.map(column),
			...(attributes.length === 0 && { emptyFieldsNotice: NO_ATTRIBUTES }),
		};
	} catch (error) {
		throw lookupError(this, error);
	}
}

const TYPE_LABELS: Readonly<Record<string, string>> = {
	boolean: 'Boolean',
	date: 'Date, e.g. 2026-12-31',
	double: 'Decimal Number',
	float: 'Decimal Number',
	integer: 'Whole Number',
	json: 'JSON',
	string: 'Text',
	timestamp: 'Date and Time, e.g. 2026-12-31 18:30:00',
};

/** Columns are text, so that n8n changes no value before the node sees it; booleans are a switch. */
function column({ name, type, required }: TransactionAttribute): AttributeColumn {
	const label = Object.hasOwn(TYPE_LABELS, type) ? TYPE_LABELS[type] : type;
	return {
		id: name,
		displayName: `${name} (${label})`,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: type === 'boolean' ? 'boolean' : 'string',
		attributeType: type,
	};
}
