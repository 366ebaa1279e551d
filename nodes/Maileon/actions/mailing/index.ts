/**
 * THE LIST of the mailing node, in menu order.
 */
import type { Resource } from '../../run/operation';
import { deleteMailing } from './delete';

export const mailingResources: readonly Resource[] = [
	{
		value: 'mailing',
		name: 'Mailing',
		operations: [deleteMailing],
	},
];
