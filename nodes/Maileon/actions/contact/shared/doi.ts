import type { INodeProperties } from 'n8n-workflow';

/** The parameter for the key of a DOI mailing. */
export const doiMailing: INodeProperties = {
	displayName: 'DOI Mailing Key',
	name: 'doiMailing',
	type: 'string',
	default: '',
	placeholder: 'e.g. doi-newsletter',
	description:
		'Key of an active double opt-in mailing, as Maileon shows it (not the mailing ID). Leave empty to send the default double opt-in mailing of the account.',
};
