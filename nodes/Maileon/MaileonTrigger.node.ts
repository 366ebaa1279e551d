import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { DOCUMENTATION } from './run/documentation';
import { maileonRestApiTest } from './methods/credentialTest';
import { receive } from './trigger/webhook/delivery';
import { eventSubtitle, triggerProperties } from './trigger/webhook/parameters';
import { createWebhook, deleteWebhook, webhookExists } from './trigger/webhook/registration';

export class MaileonTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maileon API Trigger',
		name: 'maileonTrigger',
		icon: { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventSubtitle,
		description:
			'Starts the workflow when a Maileon contact confirms, unsubscribes, bounces or changes a field, or when a mail to it is not built',
		documentationUrl: `${DOCUMENTATION}/trigger.md`,
		eventTriggerDescription: 'Waiting for the event to happen in Maileon',
		activationMessage:
			'Maileon now calls this workflow. Events that happen while it is switched off are not sent later.',
		defaults: { name: 'Maileon Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'maileonRestApi', required: true, testedBy: 'maileonRestApiTest' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: triggerProperties,
	};

	methods = {
		credentialTest: { maileonRestApiTest },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await webhookExists(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createWebhook(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteWebhook(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
