import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { getCustomFieldOptions } from './methods/contactOptions';
import { maileonRestApiTest } from './methods/credentialTest';
import { searchMailings } from './methods/mailings';
import { DOCUMENTATION } from './run/documentation';
import { eventsSubtitle, reportTriggerProperties } from './trigger/report/parameters';
import { poll } from './trigger/report/polling';

export class MaileonReportTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maileon API Report Trigger',
		name: 'maileonReportTrigger',
		icon: { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow with new opens, clicks, bounces, unsubscriptions and more from the reports of Maileon',
		documentationUrl: `${DOCUMENTATION}/report-trigger.md`,
		eventTriggerDescription: 'Looking for the newest events in Maileon',
		activationMessage:
			'The workflow now gets what happens in Maileon. What happens while n8n is down, or while the workflow is switched off, follows later.',
		defaults: { name: 'Maileon Report Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'maileonRestApi', required: true, testedBy: 'maileonRestApiTest' }],
		properties: reportTriggerProperties,
	};

	methods = {
		credentialTest: { maileonRestApiTest },
		loadOptions: { getCustomFieldOptions },
		listSearch: { searchMailings },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
