import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { withBuilderHint } from '../../../input/builderHint';

export const CONTACT_FIELDS_METHOD = 'getContactFields';
/** n8n 2.x reads the fields again when somebody opens the node; n8n 1.x offers a button for it. */
const REFRESHED_WHEN_OPENED = {
	refreshStaleSchemaOnOpen: true,
	refreshIncompleteSchemaOnOpen: true,
};

export const SYNCHRONIZE_FIELDS_METHOD = 'getSynchronizeFields';

const MISSING_FIELDS =
	'Custom fields missing? Refresh the list of fields. If the API key may not read, use "Custom Fields (JSON)" in the options.';

/** What an AI that builds workflows has to know of the mapper. */
function fieldsHint(resourceMapperMethod: string): string {
	const identifiers =
		resourceMapperMethod === SYNCHRONIZE_FIELDS_METHOD
			? ' Identifiers stand beside the fields: email, external_id, id.'
			: '';
	return `Pass the full object: { mappingMode: "defineBelow", value: { FIRSTNAME: expr("{{ $json.first_name }}") }, matchingColumns: [], schema: [] }, with standard fields in capitals and custom fields as the account writes them.${identifiers}`;
}

/**
 * The mapper of standard and custom fields, and a notice below it, since n8n shows no hint on a mapper.
 * @param emptyValues what a missing, null or empty value does
 */
export function contactFields(
	resourceMapperMethod: string,
	emptyValues: string,
	{ dependsOn, show }: { dependsOn?: string[]; show?: IDisplayOptions['show'] } = {},
): INodeProperties[] {
	const displayOptions = show && { displayOptions: { show } };
	const mapper = withBuilderHint<INodeProperties>(
		{
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
					valuesLabel: 'Contact Fields',
					fieldWords: { singular: 'field', plural: 'fields' },
					addAllFields: false,
					multiKeyMatch: false,
					supportAutoMap: true,
					...REFRESHED_WHEN_OPENED,
				},
			},
			description:
				'Values for the standard and custom fields of the contact. "Map Automatically" matches input keys to fields regardless of case, spaces, _ and - (First Name fills FIRSTNAME); keys that match no field are not sent, and a warning names them.',
			...displayOptions,
		},
		fieldsHint(resourceMapperMethod),
	);
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
		'Object of names and values, for API keys that may not list custom fields. Names are case sensitive; what is given here overrides mapped fields.',
};
