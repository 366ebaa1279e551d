/**
 * Reads the address that the API key of a node goes to.
 */
import type { ClientContext } from './context';
import { BaseUrlRefusal, checkedBaseUrl } from './baseUrl';

export const CREDENTIAL = 'maileonRestApi';

/**
 * The base URL of the node's credential.
 *
 * n8n evaluates expressions in credentials with the data of the run. Whoever can put data into the
 * workflow must not choose where the key goes, so the URL has to be the same without an item.
 * @throws BaseUrlRefusal when it cannot be used, or depends on an item
 */
export async function readBaseUrl(context: ClientContext): Promise<string> {
	const { baseUrl } = await context.getCredentials(CREDENTIAL);
	if ('getInputData' in context) {
		const noItem = context.getInputData().length;
		const without = await context.getCredentials(CREDENTIAL, noItem).catch(() => undefined);
		if (without?.baseUrl !== baseUrl)
			throw new BaseUrlRefusal(
				'The Base URL depends on the data of the workflow, which could send the API key anywhere',
			);
	}
	return checkedBaseUrl(baseUrl);
}
