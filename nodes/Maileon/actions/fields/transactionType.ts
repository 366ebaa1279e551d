import type { INodeProperties } from 'n8n-workflow';

import { TRANSACTION_TYPE } from '../../run/transactionTypes';

/** The list of transaction types in the editor. */
export const TRANSACTION_TYPE_SEARCH = 'searchTransactionTypes';

/** The transaction type that an operation is about. */
export function transactionType(description: string): INodeProperties {
	return {
		displayName: 'Transaction Type',
		name: TRANSACTION_TYPE,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: TRANSACTION_TYPE_SEARCH, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 42' },
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. shop_order' },
		],
		description,
	};
}
