import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { reportResources } from './actions/report';
import { getCustomFieldOptions } from './methods/contactOptions';
import { maileonRestApiTest } from './methods/credentialTest';
import { searchMailings } from './methods/mailings';
import { actionNode } from './run/actionNode';
import { runOperation, subtitle } from './run/description';

export class MaileonReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maileon API Report',
		name: 'maileonReport',
		icon: { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' },
		group: ['input'],
		subtitle: subtitle(reportResources),
		description:
			'Get the figures of mailings from Maileon, such as opens, clicks and bounces, or start a workflow with each of them',
		defaults: { name: 'Maileon Report' },
		usableAsTool: true,
		...actionNode(reportResources, 'report.md'),
	};

	methods = {
		credentialTest: { maileonRestApiTest },
		loadOptions: { getCustomFieldOptions },
		listSearch: { searchMailings },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, reportResources)];
	}
}
