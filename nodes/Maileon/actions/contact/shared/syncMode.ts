import type { INodeProperties } from 'n8n-workflow';

export const SYNC_MODES: readonly number[] = [1, 2];

/** What happens to a contact that Maileon already has. */
export const syncMode: INodeProperties = {
	displayName: 'If Contact Exists',
	name: 'syncMode',
	type: 'options',
	options: [
		{
			name: 'Ignore',
			value: 2,
			description: 'Leave the existing contact as it is: nothing of this item is stored',
		},
		{
			name: 'Update',
			value: 1,
			description: 'Write the fields of this item to the existing contact',
		},
	],
	default: 2,
	description:
		'What to do when Maileon already has the contact. "Ignore" leaves it untouched and still counts as a success; choose "Update" to create or update. In an expression: 1 Update, 2 Ignore.',
};
