import type { INodeProperties } from 'n8n-workflow';

import {
	typeDescriptionRefusal,
	typeNameRefusal,
} from '../../../maileon/transaction/transactionType';
import { InputRefusal } from '../../../input/refusal';
import type { ItemParameters } from '../../../input/parameters';

const LONGEST_ARCHIVING = 2 ** 31 - 1;

export const archivingDuration: INodeProperties = {
	displayName: 'Archiving Duration (Days)',
	name: 'archivingDuration',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'After how many days Maileon deletes transactions of this type; 0 keeps them forever. Links that show a mail in the browser stop working once its transaction is deleted.',
};

export const typeDescription: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Orders of the shop',
	description: 'What transactions of this type mean: up to 1,000 characters',
};

/**
 * The name of a type.
 * @throws InputRefusal when Maileon cannot take it
 */
export function readTypeName(parameters: ItemParameters, parameter: string): string {
	const name = parameters.requiredText(parameter).trim();
	const reason = typeNameRefusal(name);
	if (reason)
		throw new InputRefusal(`${parameters.label(parameter)} ${reason}.`, {
			description: 'For example shop_order or shop.order.',
			field: parameter,
		});
	return name;
}

/** @throws InputRefusal when it is too long */
export function readTypeDescription(parameters: ItemParameters): string | undefined {
	if (!parameters.has('description')) return undefined;
	const description = parameters.text('description');
	const reason = typeDescriptionRefusal(description);
	if (reason)
		throw new InputRefusal(`${parameters.label('description')} ${reason}.`, {
			field: 'description',
		});
	return description;
}

/** @throws InputRefusal when it is no number of days */
export function readArchivingDuration(parameters: ItemParameters): number | undefined {
	return parameters.has('archivingDuration')
		? parameters.wholeNumber('archivingDuration', { min: 0, max: LONGEST_ARCHIVING })
		: undefined;
}
