import type { INodeProperties } from 'n8n-workflow';

import { listLocator } from '../../input/listLocator';
import type { ItemParameters } from '../../input/parameters';
import { TRANSACTION_TYPE } from '../../input/transactionTypes';
import { referenceText, type TypeReference } from '../../maileon/transaction/transactionType';
import { chosenName, confirmation, expectConfirmation } from './confirmation';

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

/** The transaction type once more, typed by a person, before many transactions are deleted. */
export function typeConfirmation(consequence: string): INodeProperties {
	return confirmation({
		displayName: 'Type the Transaction Type to Confirm',
		description: `Name of the transaction type, or its ID where it is given by ID. ${consequence}`,
		example: 'shop_order',
	});
}

/**
 * A type that was chosen from the list may be confirmed by the name that the list shows.
 * @throws InputRefusal unless the ID or the name of the type was typed
 */
export function expectTypeConfirmation(parameters: ItemParameters, reference: TypeReference): void {
	const shown = chosenName(parameters, TRANSACTION_TYPE);
	expectConfirmation(parameters, referenceText(reference), { alias: shown });
}
