import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { withBuilderHint } from '../../../input/builderHint';

export const SYNC_MODES: readonly number[] = [1, 2];

const UPDATE: INodePropertyOptions = {
	name: 'Update',
	value: 1,
	description: 'Write the fields of this item to the existing contact',
};

/** What happens to a contact of a list that Maileon already has. */
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
		UPDATE,
	],
	default: 2,
	description:
		'What to do when Maileon already has the contact. "Ignore" leaves it unchanged and still counts as a success; choose "Update" to create or update. In an expression: 1 Update, 2 Ignore.',
};

/** The same for a create, which can send a double opt-in mail to an existing contact too. */
export const ifContactExists: INodeProperties = withBuilderHint(
	{
		...syncMode,
		options: [
			{
				name: 'Ignore',
				value: 2,
				description: 'Leave the fields as they are; a double opt-in mail can still go out',
			},
			UPDATE,
		],
		description:
			'What to do when Maileon already has the contact. "Ignore" leaves its fields unchanged and still counts as a success; choose "Update" to create or update. In an expression: 1 Update, 2 Ignore.',
	},
	'Set 1 to create or update: the default leaves the fields of existing contacts as they are.',
);
