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
import { TRANSACTION_TYPE } from '../input/transactionTypes';
import { createClient } from '../transport/client';
import { fetchTransactionType, fetchTransactionTypes } from '../transport/transactionTypes';
import { lookupError } from './failures';
import { matching } from './listSearch';

/** All transaction types of the account, by name. */
export async function searchTransactionTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	try {
		const types = await fetchTransactionTypes(await createClient(this));
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

/** The attributes of the type that is chosen in the node, as columns. */
export async function getTransactionAttributes(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const reference = typeReference(chosenText(this.getCurrentNodeParameter(TRANSACTION_TYPE)));
	if (!reference) return { fields: [], emptyFieldsNotice: 'Choose a transaction type first.' };
	try {
		const { attributes } = await fetchTransactionType(await createClient(this), reference);
		return {
			fields: attributes.map(column),
			emptyFieldsNotice:
				'This transaction type has no attributes: its transactions carry no content.',
		};
	} catch (error) {
		throw lookupError(this, error);
	}
}

/** What a resource locator points to; '' as long as nothing is chosen. */
function chosenText(locator: unknown): string {
	const isLocator = typeof locator === 'object' && locator !== null && 'value' in locator;
	const value: unknown = isLocator ? locator.value : locator;
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
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
