import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../../input/parameters';

/** The choice between checking the checksum of a contact and ignoring it. */
export function checksumFields(verb: string): INodeProperties[] {
	return [
		{
			displayName: 'Ignore Checksum',
			name: 'ignoreChecksum',
			type: 'boolean',
			default: true,
			description: `Whether to ${verb} without the checksum of the contact. Leave on for data from your own systems; turn off when ID and checksum come from a link in a mailing, so that nobody can change the contact of someone else.`,
		},
		{
			displayName: 'Checksum',
			name: 'checksum',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. q2FnLmGx',
			displayOptions: { show: { ignoreChecksum: [false] } },
			description: 'Checksum that belongs to the Maileon ID, from a link in a mailing',
		},
	];
}

/**
 * The checksum to send; undefined where it is to be ignored.
 * @throws InputRefusal when it is empty
 */
export function readChecksum(parameters: ItemParameters): string | undefined {
	return parameters.flag('ignoreChecksum') ? undefined : parameters.requiredText('checksum');
}
