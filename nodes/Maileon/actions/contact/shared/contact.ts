import type { INodeProperties } from 'n8n-workflow';

/** The contact that an operation is about, by any identifier. */
export function contact(description: string): INodeProperties {
	return {
		displayName: 'Contact',
		name: 'contact',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'email', value: '' },
		modes: [
			{
				displayName: 'By Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. ada@example.com',
			},
			{
				displayName: 'By External ID',
				name: 'externalId',
				type: 'string',
				placeholder: 'e.g. CRM-00123',
			},
			{
				displayName: 'By Maileon ID',
				name: 'maileonId',
				type: 'string',
				placeholder: 'e.g. 12345',
			},
		],
		description,
	};
}

/** The Maileon ID of the contact that an operation is about. */
export function contactId(description: string): INodeProperties {
	return {
		displayName: 'Maileon ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12345',
		description,
	};
}
