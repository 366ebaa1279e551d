import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PERMISSIONS } from '../../../maileon/contact/permission';
import { DOI_PERMISSIONS } from '../../../maileon/contact/query';
import { withBuilderHint } from '../../../input/builderHint';
import type { ItemParameters } from '../../../input/parameters';

/** The permissions as choices of a menu, 1 to 6. */
export const PERMISSION_OPTIONS: INodePropertyOptions[] = PERMISSIONS.map(
	({ code, name, description }) => ({ name, value: code, description }),
);

/** For expressions, and for AI models, which do not see the menu. */
export const PERMISSION_NUMBERS = `In an expression: ${PERMISSIONS.map(
	({ code, name }) => `${code} ${name}`,
).join(', ')}.`;

export const PERMISSION_CODES: readonly number[] = PERMISSIONS.map(({ code }) => code);

const KEEP_PERMISSION =
	'Leave the default unless the workflow is about consent. 4 and 5 record a confirmation: never assume one.';

/** The choice that leaves the permission alone, under the name that each operation has for it. */
export type NoPermission = 'unchanged' | 'notSet';

/**
 * The choice of a new permission, or of none, which is the default.
 * @param none the choice that leaves the permission alone
 */
export function permissionMenu(
	none: INodePropertyOptions & { value: NoPermission },
	description: string,
): INodeProperties {
	const { value: unset } = none;
	return withBuilderHint(
		{
			displayName: 'Permission',
			name: 'permission',
			type: 'options',
			options: [none, ...PERMISSION_OPTIONS],
			default: unset,
			description: `${description} ${PERMISSION_NUMBERS}`,
		},
		KEEP_PERMISSION,
	);
}

/**
 * The code of the chosen permission; undefined where none is chosen.
 * @throws InputRefusal when it is none of the choices
 */
export function readPermission(parameters: ItemParameters, none: NoPermission): number | undefined {
	const permission = parameters.choice('permission', [none, ...PERMISSION_CODES]);
	return typeof permission === 'number' ? permission : undefined;
}

/**
 * What is said below the permission where it records a confirmation that nobody asked for.
 * @param show further settings under which it holds
 */
export function confirmedNotice(text: string, show: IDisplayOptions['show'] = {}): INodeProperties {
	return {
		displayName: text,
		name: 'permissionNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { permission: [...DOI_PERMISSIONS], ...show } },
	};
}
