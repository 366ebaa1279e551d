import type { INodeProperties } from 'n8n-workflow';

import {
	transactionTypeDocument,
	type AttributeDefinition,
	type TransactionType,
	type TypeDefinition,
} from '../../maileon/transaction/transactionType';
import { optionsCollection } from '../../input/optionsCollection';
import { InputRefusal } from '../../input/refusal';
import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import { perItem } from '../../run/perItem';
import { changed } from '../../run/perRequest';
import { readTypeReference, typeSubject } from '../../input/transactionTypes';
import { fetchTransactionType } from '../../transport/transactionTypes';
import { attributes, readAttributes } from './shared/attributes';
import { readRequestOptions, retries, timeout } from '../shared/requests';
import { transactionType } from '../shared/transactionType';
import {
	archivingDuration,
	readArchivingDuration,
	readTypeDescription,
	readTypeName,
	typeDescription,
} from './shared/typeDefinition';

const properties: INodeProperties[] = [
	transactionType('Transaction type to change'),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			archivingDuration,
			{ ...typeDescription, description: 'New description: up to 1,000 characters' },
			{
				displayName: 'New Name',
				name: 'newName',
				type: 'string',
				default: '',
				placeholder: 'e.g. shop_order',
				description:
					'New name of the type. Whatever sends transactions by the old name has to be changed too.',
			},
		],
		description: 'What to change. What is not added stays as it is.',
	},
	attributes(
		'Attributes to add. Those that the type already has stay as they are and need not be listed.',
	),
	optionsCollection([retries, timeout]),
];

interface Change {
	name?: string;
	description?: string;
	archivingDuration?: number;
	attributes: readonly AttributeDefinition[];
}

/** Changes a type, or adds attributes to it ("Update Transaction Type"). */
export const updateTransactionType: Operation = {
	resource: 'transactionType',
	value: 'update',
	name: 'Update',
	action: 'Update transaction type',
	description:
		'Add attributes to a transaction type (kind of contact event), or change its name, description or archiving duration',
	properties,
	endpoints: [transactionTypes.get, transactionTypes.update],
	run: perItem(() => ({
		prepare: ({ parameters }) => {
			const reference = readTypeReference(parameters);
			const change = readChange(parameters);
			const read = readRequestOptions(parameters.within('options'));
			return {
				// The type is read and then written: two items at a time could undo each other.
				concurrency: 1,
				subject: typeSubject(reference),
				send: async (client) => {
					const type = await fetchTransactionType(client, reference, read);
					const added = addedAttributes(type, change);
					const content = transactionTypeDocument(merged(type, change, added));
					const request = {
						...transactionTypes.update.request({ type: String(type.id) }, [], content),
						timeout: read.timeout,
					};
					const answer = await client.send(request, { retries: read.retries });
					return changed(request, {
						id: type.id,
						name: change.name ?? type.name,
						added_attributes: added.map(({ name }) => name),
					})(answer);
				},
			};
		},
	})),
};

/** @throws InputRefusal when there is nothing to change, or it cannot be */
function readChange(parameters: ItemParameters): Change {
	const fields = parameters.within('updateFields');
	const change: Change = {
		...(fields.has('newName') && { name: readTypeName(fields, 'newName') }),
		...(fields.has('description') && { description: readTypeDescription(fields) }),
		...(fields.has('archivingDuration') && { archivingDuration: readArchivingDuration(fields) }),
		attributes: readAttributes(parameters),
	};
	if (Object.keys(change).length === 1 && change.attributes.length === 0)
		throw new InputRefusal('There is nothing to update.', {
			description: 'Add a field under "Update Fields", or an attribute.',
			field: 'updateFields',
		});
	return change;
}

/**
 * The attributes that the type does not have yet. One that it has in the same form counts as added.
 * @throws InputRefusal for one that it has with another type, since attributes cannot be changed
 */
function addedAttributes(type: TransactionType, change: Change): AttributeDefinition[] {
	const known = new Map(type.attributes.map((attribute) => [attribute.name, attribute]));
	return change.attributes.filter((attribute) => {
		const existing = known.get(attribute.name);
		if (existing && existing.type !== attribute.type)
			throw new InputRefusal(
				`The type already has an attribute "${attribute.name}" with the type ${existing.type}.`,
				{ description: 'Attributes cannot be changed. Use another name.', field: 'attributes' },
			);
		return !existing;
	});
}

/** The whole type, since Maileon wants every existing attribute to be listed. */
function merged(
	type: TransactionType,
	change: Change,
	added: readonly AttributeDefinition[],
): TypeDefinition {
	const { archivingDuration: days } = type;
	return {
		name: type.name,
		description: type.description || undefined,
		archivingDuration: typeof days === 'number' ? days : undefined,
		storeOnly: type.storeOnly,
		...change,
		attributes: [...type.attributes, ...added],
	};
}
