import type { INodeProperties } from 'n8n-workflow';

import { TRANSACTION_TYPE } from '../../input/transactionTypes';
import { listLocator } from '../../input/listLocator';

/** The list of transaction types in the editor. */
export const TRANSACTION_TYPE_SEARCH = 'searchTransactionTypes';

/** The transaction type that an operation is about. */
export function transactionType(description: string): INodeProperties {
	return listLocator({
		displayName: 'Transaction Type',
		name: TRANSACTION_TYPE,
		description,
		searchListMethod: TRANSACTION_TYPE_SEARCH,
		otherwise: { id: '42', name: 'shop_order' },
	});
}
