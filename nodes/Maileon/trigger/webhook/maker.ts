import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../../transport/credential';
import type { Maker } from './secret';

/** The maker of the secrets of a node for an event. The path of the URL tells test and production apart. */
export async function makerOf(
	context: IHookFunctions | IWebhookFunctions,
	event: string,
): Promise<Maker> {
	const { apiKey } = await context.getCredentials(CREDENTIAL);
	const url = context.getNodeWebhookUrl('default') ?? '';
	return {
		apiKey: String(apiKey ?? ''),
		path: URL.canParse(url) ? new URL(url).pathname : url,
		event,
	};
}
