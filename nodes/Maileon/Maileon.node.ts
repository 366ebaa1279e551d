import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
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
import { searchDoiKeys } from './methods/mailings';
import { getContactFields, getSynchronizeFields } from './methods/resourceMapping';
import { getTransactionAttributes, searchTransactionTypes } from './methods/transactionTypes';
import { actionNode } from './run/actionNode';
import { runOperation, subtitle } from './run/description';

export class Maileon implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maileon API',
		name: 'maileon',
		icon: { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' },
		group: ['output'],
		subtitle: subtitle(resources),
		description:
			'Create, update and synchronize Maileon contacts, send transactions, or start a workflow when a contact confirms, unsubscribes or bounces',
		defaults: { name: 'Maileon' },
		usableAsTool: true,
		...actionNode(resources, 'operations.md'),
	};

	methods = {
		credentialTest: { maileonRestApiTest },
		loadOptions: { getCustomFieldOptions, getPreferenceCategoryOptions },
		listSearch: {
			searchContactFilters,
			searchCustomFields,
			searchDoiKeys,
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
