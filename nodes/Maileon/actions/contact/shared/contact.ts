import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { IdentifyBy } from '../../../maileon/contact/identity';

const MODES: Readonly<Record<IdentifyBy, { displayName: string; example: string }>> = {
	email: { displayName: 'By Email', example: 'ada@example.com' },
	externalId: { displayName: 'By External ID', example: 'CRM-00123' },
	maileonId: { displayName: 'By Maileon ID', example: '12345' },
};

/**
 * The contact that an operation is about, by any identifier.
 * @param by the identifiers that it can be given by; all by default
 */
export function contact(
	description: string,
	by: readonly IdentifyBy[] = ['email', 'externalId', 'maileonId'],
): INodeProperties {
	return {
		displayName: 'Contact',
		name: 'contact',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'email', value: '' },
		modes: by.map((name): INodePropertyMode => {
			const { displayName, example } = MODES[name];
			const type = 'string';
			return { displayName, name, type, placeholder: `e.g. ${example}` };
		}),
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
