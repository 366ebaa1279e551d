import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

export const CONTACT_FIELDS_METHOD = 'getContactFields';
export const SYNCHRONIZE_FIELDS_METHOD = 'getSynchronizeFields';

const MISSING_FIELDS =
	'Custom fields missing in the list? The API key may not read: use "Custom Fields (JSON)" in the options.';

/**
 * The mapper of standard and custom fields, and a notice below it: n8n shows no hint on a mapper, and
 * what the list itself can say only where it is empty or not used.
 * @param emptyValues what a value does that is missing, null or empty
 */
export function contactFields(
	resourceMapperMethod: string,
	emptyValues: string,
	{ dependsOn, show }: { dependsOn?: string[]; show?: IDisplayOptions['show'] } = {},
): INodeProperties[] {
	const displayOptions = show && { displayOptions: { show } };
	const mapper: INodeProperties = {
		displayName: 'Contact Fields',
		name: 'contactFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			...(dependsOn && { loadOptionsDependsOn: dependsOn }),
			resourceMapper: {
				resourceMapperMethod,
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
		description:
			'Values for the standard and custom fields of the contact. "Map Automatically" matches input keys to fields without regard to case, blanks, _ and - (First Name fills FIRSTNAME); keys that match no field are not sent, and a warning names them.',
		...displayOptions,
	};
	const notice: INodeProperties = {
		displayName: `${emptyValues} ${MISSING_FIELDS}`,
		name: 'contactFieldsNotice',
		type: 'notice',
		default: '',
		...displayOptions,
	};
	return [mapper, notice];
}

/** For keys that may not read the list of fields. */
export const customFieldsJson: INodeProperties = {
	displayName: 'Custom Fields (JSON)',
	name: 'customFieldsJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"COLOR": "blue"}',
	description:
		'Custom fields as an object of names and values, for API keys that may not list the fields of the account. Names are case sensitive; fields named here win over mapped ones.',
};
