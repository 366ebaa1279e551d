import type { Preference, PreferenceCategory } from '../account/account';
import { isShort } from '../account/fields';
import type { Answer } from '../server/answer';
import { empty, xml } from '../server/answer';
import { MAILEON_XML } from '../server/media';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { childrenByName, expectName, parentElement, textElement, textOf } from '../xml';
import { requiredText } from './contactInput';

const CATEGORIES = '/contacts/preference_categories';
const CATEGORY = `${CATEGORIES}/:category`;
const PREFERENCES = `${CATEGORY}/preferences`;
const PREFERENCE = `${PREFERENCES}/:preference`;
const MAX_PREFERENCES = 20;
/** What a preference has in a contact only; in a definition it is ignored. */
const CONTACT_PARTS = ['category', 'value', 'source', 'last_modified'];

/** Definitions of preferences and their categories (documentation: … contact preference …). */
export const preferenceRoutes: Route[] = [
	{ method: 'GET', path: CATEGORIES, run: listCategories },
	{ method: 'POST', path: CATEGORIES, body: [MAILEON_XML], run: createCategory },
	{ method: 'GET', path: CATEGORY, run: (call) => xml(200, categoryElement(findCategory(call))) },
	{ method: 'PUT', path: CATEGORY, body: [MAILEON_XML], run: updateCategory },
	{ method: 'DELETE', path: CATEGORY, run: deleteCategory },
	{ method: 'GET', path: PREFERENCES, run: listPreferences },
	{ method: 'POST', path: PREFERENCES, body: [MAILEON_XML], run: createPreference },
	{
		method: 'GET',
		path: PREFERENCE,
		run: (call) => xml(200, preferenceElement(findPreference(call))),
	},
	{ method: 'PUT', path: PREFERENCE, body: [MAILEON_XML], run: updatePreference },
	{ method: 'DELETE', path: PREFERENCE, run: deletePreference },
];

interface Definition {
	name: string;
	/** Undefined: not in the body. */
	description: string | null | undefined;
}

function listCategories(call: Call): Answer {
	const categories = [...call.account.preferenceCategories.values()].map(categoryElement);
	return xml(200, parentElement('preference_categories', categories));
}

function createCategory(call: Call): Answer {
	const { name, description } = readDefinition(call, 'preference_category');
	if (call.account.preferenceCategories.has(name)) {
		throw badRequest(`preference category ${name} exists already`);
	}
	call.account.addPreferenceCategory(name, [], description ?? undefined);
	return empty(201);
}

function updateCategory(call: Call): Answer {
	const category = findCategory(call);
	const { name, description } = readDefinition(call, 'preference_category');
	const { preferenceCategories, contacts } = call.account;
	if (name !== category.name) {
		if (preferenceCategories.has(name)) {
			throw badRequest(`preference category ${name} exists already`);
		}
		for (const contact of contacts.all()) {
			for (const each of contact.preferences) {
				if (each.category === category.name) each.category = name;
			}
		}
		preferenceCategories.delete(category.name);
		category.name = name;
		preferenceCategories.set(name, category);
	}
	if (description !== undefined) category.description = description;
	return empty(200);
}

function deleteCategory(call: Call): Answer {
	const { name } = findCategory(call);
	call.account.preferenceCategories.delete(name);
	for (const contact of call.account.contacts.all()) {
		contact.preferences = contact.preferences.filter(({ category }) => category !== name);
	}
	return empty(call.variants.deleteStatus);
}

function listPreferences(call: Call): Answer {
	const preferences = [...findCategory(call).preferences.values()].map(preferenceElement);
	return xml(200, parentElement('preferences', preferences));
}

function createPreference(call: Call): Answer {
	const category = findCategory(call);
	const { name, description } = readDefinition(call, 'preference');
	if (category.preferences.has(name)) throw badRequest(`preference ${name} exists already`);
	if (category.preferences.size >= MAX_PREFERENCES) {
		throw badRequest(`a category must not have more than ${MAX_PREFERENCES} preferences`);
	}
	category.preferences.set(name, { name, description: description ?? null });
	return empty(201);
}

function updatePreference(call: Call): Answer {
	const category = findCategory(call);
	const preference = findPreference(call);
	const { name, description } = readDefinition(call, 'preference');
	if (name !== preference.name) {
		if (category.preferences.has(name)) throw badRequest(`preference ${name} exists already`);
		for (const contact of call.account.contacts.all()) {
			for (const each of contact.preferences) {
				if (each.category === category.name && each.name === preference.name) each.name = name;
			}
		}
		category.preferences.delete(preference.name);
		preference.name = name;
		category.preferences.set(name, preference);
	}
	if (description !== undefined) preference.description = description;
	return empty(200);
}

function deletePreference(call: Call): Answer {
	const category = findCategory(call);
	const { name } = findPreference(call);
	category.preferences.delete(name);
	for (const contact of call.account.contacts.all()) {
		contact.preferences = contact.preferences.filter(
			(each) => each.category !== category.name || each.name !== name,
		);
	}
	return empty(call.variants.deleteStatus);
}

function findCategory(call: Call): PreferenceCategory {
	const name = call.path.category ?? '';
	const category = call.account.preferenceCategories.get(name);
	if (!category) throw notFound(`no such preference category ${name}`);
	return category;
}

function findPreference(call: Call): Preference {
	const name = call.path.preference ?? '';
	const preference = findCategory(call).preferences.get(name);
	if (!preference) throw notFound(`no such preference ${name}`);
	return preference;
}

function readDefinition(call: Call, element: string): Definition {
	if (call.body.kind !== 'xml') throw badRequest(`the body holds no ${element}`);
	expectName(call.body.root, element);
	const contactParts = element === 'preference' ? CONTACT_PARTS : [];
	const parts = childrenByName(call.body.root, ['name', 'description', ...contactParts]);
	if (contactParts.some((part) => parts.has(part))) {
		call.lenient('contact parts in a preference definition');
	}
	const name = requiredText(parts, 'name', element);
	const part = parts.get('description');
	const description = part && textOf(part);
	if (!isShort(name) || !isShort(description ?? '')) {
		throw badRequest('name and description must not exceed 255 characters');
	}
	return { name, description };
}

function categoryElement(category: PreferenceCategory): string {
	return definitionElement('preference_category', category);
}

function preferenceElement(preference: Preference): string {
	return definitionElement('preference', preference);
}

function definitionElement(element: string, definition: Preference | PreferenceCategory): string {
	return parentElement(element, [
		textElement('name', definition.name),
		textElement('description', definition.description),
	]);
}
