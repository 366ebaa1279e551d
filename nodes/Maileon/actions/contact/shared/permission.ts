import type { INodePropertyOptions } from 'n8n-workflow';

import { PERMISSIONS } from '../../../maileon/contact/permission';

/** The permissions as choices of a menu, 1 to 6. */
export const PERMISSION_OPTIONS: INodePropertyOptions[] = PERMISSIONS.map(
	({ code, name, description }) => ({ name, value: code, description }),
);

/** For expressions, and for models, which do not see the menu. */
export const PERMISSION_NUMBERS = `In an expression: ${PERMISSIONS.map(
	({ code, name }) => `${code} ${name}`,
).join(', ')}.`;

export const PERMISSION_CODES: readonly number[] = PERMISSIONS.map(({ code }) => code);

/** The choice that leaves the permission alone, under the name that each operation has for it. */
export type NoPermission = 'unchanged' | 'notSet';
