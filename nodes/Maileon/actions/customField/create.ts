import type { INodeProperties } from 'n8n-workflow';

import { CUSTOM_FIELD_TYPES, customFieldNameRefusal } from '../../maileon/contact/customFields';
import { InputRefusal } from '../../input/refusal';
import { customFields } from '../../maileon/endpoints/fields';
import type { Operation } from '../../run/operation';
import type { ItemParameters } from '../../input/parameters';
import { changed, perRequest } from '../../run/perRequest';
import { customFieldCreated } from '../../transport/doneBefore';
import { changingOptions, readRequestOptions } from '../shared/requests';

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. COLOR',
		description:
			'Name of the new field: 3 to 64 characters, case sensitive, and not one that Maileon uses itself (FIRSTNAME, created …)',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Boolean', value: 'boolean', description: 'True or false' },
			{ name: 'Date', value: 'date', description: 'A calendar date; a time of day is not stored' },
			{ name: 'Decimal Number', value: 'float', description: 'A number such as 1.5' },
			{ name: 'Text', value: 'string', description: 'At most 255 characters' },
			{
				name: 'Whole Number',
				value: 'integer',
				description: 'A number from -2,147,483,648 to 2,147,483,647',
			},
		],
		default: 'string',
		description: 'What the field holds. It cannot be changed later.',
	},
	changingOptions,
];

/** Adds a custom field to the account ("Create Custom Field"). */
export const createCustomField: Operation = {
	resource: 'customField',
	value: 'create',
	name: 'Create',
	action: 'Create custom field',
	description: 'Add a field of your own to the contacts of the account',
	properties,
	endpoints: [customFields.create],
	run: perRequest((parameters) => {
		const name = readNewName(parameters, 'name');
		const type = parameters.choice('type', CUSTOM_FIELD_TYPES);
		const request = {
			...customFields.create.request({ name }, [['type', type]]),
			doneBefore: customFieldCreated(name, type),
		};
		return {
			request,
			options: readRequestOptions(parameters.within('options')),
			subject: { what: `custom field "${name}"` },
			orderKeys: [name],
			rows: changed(request, { name, type }),
		};
	}),
};

/**
 * The name of a field that does not exist yet.
 * @throws InputRefusal when Maileon cannot take it
 */
export function readNewName(parameters: ItemParameters, parameter: string): string {
	const name = parameters.requiredText(parameter);
	const reason = customFieldNameRefusal(name);
	if (reason)
		throw new InputRefusal(`${parameters.label(parameter)} ${reason}.`, { field: parameter });
	return name;
}
