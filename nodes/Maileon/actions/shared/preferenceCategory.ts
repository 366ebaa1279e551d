import { listLocator } from '../../input/listLocator';

/** The lists of preference categories, and of the preferences of one, in the editor. */
export const CATEGORY_SEARCH = 'searchPreferenceCategories';
export const PREFERENCE_SEARCH = 'searchPreferences';

/** The preference category that an operation is about. */
export const category = listLocator({
	displayName: 'Category',
	name: 'category',
	description: 'Preference category of the account',
	searchListMethod: CATEGORY_SEARCH,
	otherwise: { name: 'Development' },
});

/** The preference, within its category, that an operation is about. */
export const preference = listLocator({
	displayName: 'Preference',
	name: 'preference',
	description: 'Preference within the category',
	searchListMethod: PREFERENCE_SEARCH,
	otherwise: { name: 'Release notes' },
	dependsOn: 'category.value',
});
