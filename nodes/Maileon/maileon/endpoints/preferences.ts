import { endpoint } from './endpoint';

const CATEGORIES = '/contacts/preference_categories' as const;
const CATEGORY = `${CATEGORIES}/:category` as const;
const PREFERENCE = `${CATEGORY}/preferences/:preference` as const;

const CATEGORY_404 = 'Check the name of the category.';
const PREFERENCE_404 = 'Check the names of the category and of the preference.';

/** Contact preference categories, which Maileon knows by their names. */
export const preferenceCategories = {
	getMany: endpoint(`GET ${CATEGORIES}`, {
		articles: 'Get Contact Preference Categories',
		answer: 'list',
		root: 'preference_categories',
	}),
	create: endpoint(`POST ${CATEGORIES}`, {
		articles: 'Create Contact Preference Category',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			400: 'The account may have a category of this name already.',
			409: 'The account has a category of this name already.',
		},
	}),
	get: endpoint(`GET ${CATEGORY}`, {
		articles: 'Get Contact Preference Category By Name',
		answer: 'document',
		root: 'preference_category',
	}),
	update: endpoint(`PUT ${CATEGORY}`, {
		articles: 'Update Contact Preference Category',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			400: 'The account may have a category of the new name already.',
			404: CATEGORY_404,
			409: 'The account has a category of the new name already.',
		},
	}),
	delete: endpoint(`DELETE ${CATEGORY}`, {
		articles: 'Delete Contact Preference Category',
		answer: 'confirmation',
		removes: true,
		advice: { 404: CATEGORY_404 },
	}),
};

/** The preferences of a category. */
export const preferences = {
	getMany: endpoint(`GET ${CATEGORY}/preferences`, {
		articles: 'Get Preferences Of Contact Preferences Category',
		answer: 'list',
		root: 'preferences',
		advice: { 404: CATEGORY_404 },
	}),
	create: endpoint(`POST ${CATEGORY}/preferences`, {
		articles: 'Create Contact Preference',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			400: 'A category holds at most 20 preferences, and each name once.',
			404: CATEGORY_404,
			409: 'The category has a preference of this name already.',
		},
	}),
	get: endpoint(`GET ${PREFERENCE}`, {
		articles: 'Get Contact Preference',
		answer: 'document',
		root: 'preference',
	}),
	update: endpoint(`PUT ${PREFERENCE}`, {
		articles: 'Update Contact Preference',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			400: 'The category may have a preference of the new name already.',
			404: PREFERENCE_404,
			409: 'The category has a preference of the new name already.',
		},
	}),
	delete: endpoint(`DELETE ${PREFERENCE}`, {
		articles: 'Delete Contact Preference',
		answer: 'confirmation',
		removes: true,
		advice: { 404: PREFERENCE_404 },
	}),
};
