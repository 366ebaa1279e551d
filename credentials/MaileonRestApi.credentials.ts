import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { signedRequest } from '../nodes/Maileon/transport/authentication';

export class MaileonRestApi implements ICredentialType {
	name = 'maileonRestApi';

	displayName = 'Maileon REST API';

	icon = { light: 'file:maileon.svg', dark: 'file:maileon.dark.svg' } as const;

	documentationUrl = 'https://support.maileon.com/support/authentication/';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key as Maileon shows it. It needs the rights for what your workflows do: GET to read, POST to create, PUT to change, DELETE to delete.',
			hint: 'Find it in Maileon → Settings → API keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			noDataExpression: true,
			default: 'https://api.maileon.com/1.0',
			description:
				'Address of the Maileon API. It must begin with https://, since the key is sent there.',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signedRequest(credentials, requestOptions);
	}
}
