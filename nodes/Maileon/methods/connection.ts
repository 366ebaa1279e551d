/**
 * Whether there is an account to ask: the editor asks for lists before a credential is chosen, too.
 */
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { createClient, CREDENTIAL, type MaileonClient } from '../transport/client';

/**
 * A client for the account of the node; undefined as long as no credential is chosen, or where the chosen
 * one does not exist, as in a workflow that comes from another n8n.
 * @throws what n8n says about a credential that it cannot read
 * @throws BaseUrlRefusal when the base URL of the credential cannot be used
 */
export async function connect(context: ILoadOptionsFunctions): Promise<MaileonClient | undefined> {
	if (!context.getNode().credentials?.[CREDENTIAL]?.id) return undefined;
	return await createClient(context).catch((error: unknown) => {
		if (isMissingCredential(error)) return undefined;
		throw error;
	});
}

function isMissingCredential(error: unknown): boolean {
	return error instanceof Error && error.constructor.name === 'CredentialNotFoundError';
}
