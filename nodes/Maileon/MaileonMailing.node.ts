import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { mailingResources } from './actions/mailing';
import { maileonRestApiTest } from './methods/credentialTest';
import { searchContactFilters } from './methods/contactOptions';
import { searchMailingAttachments } from './methods/mailingAttachments';
import {
	searchCms2Templates,
	searchDoiKeys,
	searchMailingBlacklists,
	searchMailings,
	searchMailingTemplates,
	searchTargetGroups,
} from './methods/mailings';
import { searchTransactionTypes } from './methods/transactionTypes';
import { actionNode } from './run/actionNode';
import { runOperation, subtitle } from './run/description';

export class MaileonMailing implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maileon API Mailing',
		name: 'maileonMailing',
		icon: { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' },
		group: ['output'],
		subtitle: subtitle(mailingResources),
		description: 'Create, test, schedule and send mailings such as newsletters with Maileon',
		defaults: { name: 'Maileon Mailing' },
		usableAsTool: true,
		...actionNode(mailingResources, 'mailing.md'),
	};

	methods = {
		credentialTest: { maileonRestApiTest },
		listSearch: {
			searchCms2Templates,
			searchContactFilters,
			searchDoiKeys,
			searchMailingAttachments,
			searchMailingBlacklists,
			searchMailings,
			searchMailingTemplates,
			searchTargetGroups,
			searchTransactionTypes,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, mailingResources)];
	}
}
