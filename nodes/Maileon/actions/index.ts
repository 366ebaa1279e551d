/**
 * THE LIST: every resource and operation, in menu order. Menus, fields and dispatch come from it.
 */
import type { Resource } from '../run/operation';
import { createByExternalId } from './contact/createByExternalId';
import { synchronize } from './contact/synchronize';
import { updateById } from './contact/updateById';

export const resources: readonly Resource[] = [
	{
		value: 'contact',
		name: 'Contact',
		operations: [createByExternalId, synchronize, updateById],
	},
];
