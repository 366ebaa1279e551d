/**
 * The test behind "Save" in the credential dialog.
 * Rests on the ping service (`GET /ping`) and on "HTTP Status Codes".
 */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { authorizationHeader, BaseUrlRefusal, checkedBaseUrl } from '../transport/baseUrl';
import { ping } from '../maileon/endpoints/ping';
import { MEDIA_TYPE, requestUrl } from '../maileon/request';

const OK: INodeCredentialTestResult = { status: 'OK', message: 'Maileon accepted the API key.' };

/** Asks Maileon whether it accepts the key, and tells the answers apart in words. */
export async function maileonRestApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { apiKey, baseUrl } = credential.data ?? {};
	const key = typeof apiKey === 'string' ? apiKey : '';
	if (key.trim() === '')
		return refused('Enter the API key. It stands in Maileon under Settings → API keys.');
	try {
		const { helpers } = this;
		const response = (await helpers.request({
			method: 'GET',
			uri: requestUrl(checkedBaseUrl(baseUrl), ping.get.request()),
			headers: {
				Accept: `${MEDIA_TYPE.xml}; charset=utf-8`,
				Authorization: authorizationHeader(key),
			},
			followRedirect: false,
			resolveWithFullResponse: true,
			simple: false,
			timeout: 30_000,
		})) as { statusCode: number };
		return wordsForStatus(response.statusCode);
	} catch (error) {
		if (error instanceof BaseUrlRefusal) return refused(error.message);
		return wordsForError(error);
	}
}

function wordsForStatus(status: number): INodeCredentialTestResult {
	if (status >= 200 && status < 300) return OK;
	if (status === 401)
		return refused('Maileon refused the API key. Check that it is complete and has not expired.');
	if (status === 403)
		return refused(
			'The API key is valid but has no right to read (GET), so it cannot be tested. It may still work for writing; lists in the editor stay empty.',
		);
	if (status >= 300 && status < 400)
		return refused(
			'Redirect not followed. Following it would send the API key to another address. Check the Base URL.',
		);
	if (status === 404)
		return refused('There is no Maileon API at the Base URL. It usually ends in /1.0.');
	return refused(`Maileon answered with status ${status}. Try again later.`);
}

/** Depending on its version, n8n throws for a status that is no success. */
function wordsForError(error: unknown): INodeCredentialTestResult {
	const status = statusOf(error);
	return status === undefined
		? refused('Maileon was not reached. Check the Base URL and the network of n8n.')
		: wordsForStatus(status);
}

function statusOf(error: unknown): number | undefined {
	if (typeof error !== 'object' || error === null) return undefined;
	const { statusCode, httpCode, response } = error as Record<string, unknown>;
	const nested =
		typeof response === 'object' && response !== null
			? (response as Record<string, unknown>).status
			: undefined;
	const status = Number(statusCode ?? httpCode ?? nested);
	return Number.isInteger(status) && status > 0 ? status : undefined;
}

function refused(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
