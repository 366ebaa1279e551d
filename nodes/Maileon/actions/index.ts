/**
 * THE LIST: every resource and operation, in menu order. Menus, fields and dispatch come from it.
 */
import type { Resource } from '../run/operation';
import { createByEmail } from './contact/createByEmail';
import { createByExternalId } from './contact/createByExternalId';
import { synchronize } from './contact/synchronize';
import { updateByEmail } from './contact/updateByEmail';
import { updateByExternalId } from './contact/updateByExternalId';
import { updateById } from './contact/updateById';
import { clearCustomFieldValues } from './customField/clearValues';
import { createCustomField } from './customField/create';
import { deleteCustomField } from './customField/delete';
import { getManyCustomFields } from './customField/getMany';
import { renameCustomField } from './customField/rename';
import { createPreference } from './preference/create';
import { deletePreference } from './preference/delete';
import { getPreference } from './preference/get';
import { getManyPreferences } from './preference/getMany';
import { updatePreference } from './preference/update';
import { createPreferenceCategory } from './preferenceCategory/create';
import { deletePreferenceCategory } from './preferenceCategory/delete';
import { getPreferenceCategory } from './preferenceCategory/get';
import { getManyPreferenceCategories } from './preferenceCategory/getMany';
import { updatePreferenceCategory } from './preferenceCategory/update';
import { clearStandardFieldValues } from './standardField/clearValues';

export const resources: readonly Resource[] = [
	{
		value: 'contact',
		name: 'Contact',
		operations: [
			createByEmail,
			createByExternalId,
			synchronize,
			updateByEmail,
			updateByExternalId,
			updateById,
		],
	},
	{
		value: 'customField',
		name: 'Custom Field',
		operations: [
			clearCustomFieldValues,
			createCustomField,
			deleteCustomField,
			getManyCustomFields,
			renameCustomField,
		],
	},
	{
		value: 'preference',
		name: 'Preference',
		operations: [
			createPreference,
			deletePreference,
			getPreference,
			getManyPreferences,
			updatePreference,
		],
	},
	{
		value: 'preferenceCategory',
		name: 'Preference Category',
		operations: [
			createPreferenceCategory,
			deletePreferenceCategory,
			getPreferenceCategory,
			getManyPreferenceCategories,
			updatePreferenceCategory,
		],
	},
	{
		value: 'standardField',
		name: 'Standard Field',
		operations: [clearStandardFieldValues],
	},
];
