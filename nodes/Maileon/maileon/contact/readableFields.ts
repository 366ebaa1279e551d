/**
 * Which fields a read returns.
 * Rests on "Standard Contact Fields" and on the read parameters of "Get Contact By Maileon ID" and its
 * sisters: nothing is returned that was not asked for, and there is no parameter for "all".
 */
import { STANDARD_FIELDS } from './fields';

export interface ReadableField {
	name: string;
	label: string;
	description?: string;
}

const WRITABLE: readonly ReadableField[] = STANDARD_FIELDS.map(({ name, label }) => ({
	name,
	label,
}));

const STATUSES: readonly ReadableField[] = [
	{
		name: 'PERMISSION_STATUS',
		label: 'Permission Status',
		description: 'Available, none or unsubscribed',
	},
	{ name: 'SENDOUT_STATUS', label: 'Sendout Status', description: 'Allowed or blocked' },
];

const ON_REQUEST: readonly ReadableField[] = [
	{
		name: 'CHECKSUM',
		label: 'Checksum',
		description:
			'Allows whoever has it to change the contact through a personalized link; not part of All Fields',
	},
	{
		name: 'CUSTOM_SOURCE',
		label: 'Source',
		description: 'The source given when the contact was created; not part of All Fields',
	},
];

/** Every standard field that can be asked for. */
export const READABLE_STANDARD_FIELDS: readonly ReadableField[] = [
	...WRITABLE,
	...STATUSES,
	...ON_REQUEST,
];

/** What "all standard fields" means: those that the official page lists. */
export const ALL_STANDARD_FIELDS: readonly string[] = [...WRITABLE, ...STATUSES].map(
	({ name }) => name,
);

export interface FieldSelection {
	standardFields: readonly string[];
	customFields: readonly string[];
	preferenceCategories: readonly string[];
}

/** The part of a query that asks for fields: a repeated parameter for each. */
export function selectionQuery(
	selection: FieldSelection,
): ReadonlyArray<readonly [string, string]> {
	const repeated = (parameter: string, names: readonly string[]) =>
		[...new Set(names)].map((name) => [parameter, name] as const);
	return [
		...repeated('standard_field', selection.standardFields),
		...repeated('custom_field', selection.customFields),
		...repeated('preference_categories', selection.preferenceCategories),
	];
}
