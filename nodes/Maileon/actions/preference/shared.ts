import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { textRefusal } from '../../maileon/preference/definitions';
import { InputRefusal } from '../../input/refusal';
import type { ItemParameters } from '../../input/parameters';

/** What a category or a preference can be changed to; only what is added is sent. */
export function updateFields(thing: string, example: string): INodeProperties {
	return {
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				description: `New description of the ${thing}. An empty one clears it.`,
			},
			{
				displayName: 'New Name',
				name: 'newName',
				type: 'string',
				default: '',
				placeholder: `e.g. ${example}`,
				description: `New name of the ${thing}. Maileon does not document what else a rename does: check contacts and forms that use the old name.`,
			},
		],
		description: 'What to change. Add at least one field; what is not added stays as it is.',
	};
}

export interface Update {
	newName?: string;
	description?: string;
}

/**
 * What an item changes; names and descriptions are taken as they are.
 * @throws InputRefusal when nothing is to be changed, or the new name is empty
 */
export function readUpdate(parameters: ItemParameters): Update {
	const fields = parameters.within('updateFields');
	const update: Update = {
		...(fields.has('newName') && { newName: fields.requiredText('newName') }),
		...(fields.has('description') && { description: fields.text('description') }),
	};
	if (Object.keys(update).length === 0)
		throw new InputRefusal('There is nothing to update.', {
			description: 'Add a field under "Update Fields".',
			field: 'updateFields',
		});
	return update;
}

/**
 * Refuses names and descriptions of preferences that are longer than documented.
 * @throws InputRefusal naming the one that is too long
 */
export function expectShort(
	texts: Readonly<Record<'Name' | 'Description', string | undefined>>,
): void {
	for (const [label, text] of Object.entries(texts)) {
		const reason = textRefusal(text ?? '');
		if (reason) throw new InputRefusal(`${label} ${reason}.`, { field: label.toLowerCase() });
	}
}

/** The row of an update: what exists now, as far as it is known. */
export function updatedRow(name: string, { newName, description }: Update): IDataObject {
	return {
		name: newName ?? name,
		...(description !== undefined && { description }),
		...(newName !== undefined && newName !== name && { previous_name: name }),
	};
}
