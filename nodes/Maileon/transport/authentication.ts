/**
 * Signs requests.
 * Rests on the page "Authentication".
 */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { authorizationHeader, BaseUrlRefusal, checkedBaseUrl } from './baseUrl';

/**
 * The request with the `Authorization` header. The key leaves for no other place than the base URL
 * of its own credential.
 * @throws BaseUrlRefusal when the base URL cannot be used, or the request goes elsewhere
 */
export function signedRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const baseUrl = checkedBaseUrl(credentials.baseUrl);
	const target = new URL(request.url, request.baseURL ?? `${baseUrl}/`);
	if (target.origin !== new URL(baseUrl).origin)
		throw new BaseUrlRefusal(
			`The request goes to ${target.host}, not to the Base URL of the credential`,
		);
	return {
		...request,
		disableFollowRedirect: true,
		headers: {
			...request.headers,
			Authorization: authorizationHeader(String(credentials.apiKey ?? '')),
		},
	};
}
