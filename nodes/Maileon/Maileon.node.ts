import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { resources } from './actions';
import {
	getCustomFieldOptions,
	getPreferenceCategoryOptions,
	searchContactFilters,
} from './methods/contactOptions';
import { maileonRestApiTest } from './methods/credentialTest';
import {
	searchCustomFields,
	searchPreferenceCategories,
	searchPreferences,
	searchPreferencesOfEntry,
} from './methods/listSearch';
import { getContactFields, getSynchronizeFields } from './methods/resourceMapping';
import { getTransactionAttributes, searchTransactionTypes } from './methods/transactionTypes';
import { describe, runOperation } from './run/description';

export class Maileon implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maileon API',
		name: 'maileon',
		icon: { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Create, update and synchronize contacts in Maileon, with permission and double opt-in',
		defaults: { name: 'Maileon' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'maileonRestApi', required: true, testedBy: 'maileonRestApiTest' }],
		properties: describe(resources),
	};

	methods = {
		credentialTest: { maileonRestApiTest },
		loadOptions: { getCustomFieldOptions, getPreferenceCategoryOptions },
		listSearch: {
			searchContactFilters,
			searchCustomFields,
			searchPreferenceCategories,
			searchPreferences,
			searchPreferencesOfEntry,
			searchTransactionTypes,
		},
		resourceMapping: { getContactFields, getSynchronizeFields, getTransactionAttributes },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, resources)];
	}
}
