import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../../input/parameters';

/** Limits a read to contacts that changed. */
export const updatedAfter: INodeProperties = {
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description:
		'Only contacts that changed after this time. The time is sent as it is written, whatever the time zone of the workflow: Maileon reads it in its own time zone.',
};

/**
 * The time as Maileon documents it, `yyyy-MM-dd HH:mm:ss`; undefined where none is given.
 * @throws InputRefusal when it is not a date
 */
export function readUpdatedAfter(parameters: ItemParameters): string | undefined {
	const date = parameters.date('updatedAfter');
	if (date === undefined) return undefined;
	return date.includes(' ') ? date : `${date} 00:00:00`;
}
