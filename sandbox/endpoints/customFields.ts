import { getValue, setValue } from '../account/contact';
import type { FieldType } from '../account/fields';
import {
	customFieldNameProblem,
	FIELD_TYPES,
	READ_ONLY_STANDARD_FIELDS,
	WRITABLE_STANDARD_FIELDS,
} from '../account/fields';
import type { Answer } from '../server/answer';
import { empty, xml } from '../server/answer';
import { badRequest, notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { parentElement, textElement } from '../xml';

/** Custom fields, and clearing standard ones (documentation: … custom field …). */
export const fieldRoutes: Route[] = [
	{ method: 'GET', path: '/contacts/fields/custom', run: list },
	{
		method: 'POST',
		path: '/contacts/fields/custom/:name',
		query: { type: { kind: 'text', required: true, choices: FIELD_TYPES } },
		run: create,
	},
	{ method: 'PUT', path: '/contacts/fields/custom/:name/:newName', run: rename },
	{ method: 'DELETE', path: '/contacts/fields/custom/:name', run: remove },
	{ method: 'DELETE', path: '/contacts/fields/custom/:name/values', run: clearCustom },
	{ method: 'DELETE', path: '/contacts/fields/standard/:name/values', run: clearStandard },
];

function list(call: Call): Answer {
	const fields = [...call.account.customFields].map(([name, type]) =>
		parentElement('custom_field', [textElement('name', name), textElement('type', type)]),
	);
	return xml(200, parentElement('custom_fields', fields));
}

function create(call: Call): Answer {
	const name = call.path.name ?? '';
	checkNewName(call, name);
	const type = FIELD_TYPES.find((each): each is FieldType => each === call.query.text('type'));
	call.account.addCustomField(name, type ?? 'string');
	return empty(201);
}

function rename(call: Call): Answer {
	const name = existingField(call);
	const newName = call.path.newName ?? '';
	checkNewName(call, newName);
	call.account.customFields = new Map(
		[...call.account.customFields].map(([each, type]) => [each === name ? newName : each, type]),
	);
	for (const contact of call.account.contacts.all()) {
		const value = getValue(contact.customFields, name);
		if (value === null) continue;
		setValue(contact.customFields, name, null);
		setValue(contact.customFields, newName, value);
	}
	return empty(200);
}

function remove(call: Call): Answer {
	const name = existingField(call);
	clearValues(call, name, 'customFields');
	call.account.customFields.delete(name);
	return empty(call.variants.deleteStatus);
}

function clearCustom(call: Call): Answer {
	clearValues(call, existingField(call), 'customFields');
	return empty(call.variants.deleteStatus);
}

function clearStandard(call: Call): Answer {
	const name = call.path.name ?? '';
	if (READ_ONLY_STANDARD_FIELDS.includes(name)) {
		throw badRequest(`standard field ${name} is read only`);
	}
	if (!WRITABLE_STANDARD_FIELDS.includes(name)) {
		throw notFound(`there is no standard field ${name}`);
	}
	clearValues(call, name, 'standardFields');
	return empty(call.variants.deleteStatus);
}

function clearValues(call: Call, name: string, kind: 'customFields' | 'standardFields'): void {
	const now = call.account.now();
	for (const contact of call.account.contacts.all()) {
		if (getValue(contact[kind], name) === null) continue;
		setValue(contact[kind], name, null);
		contact.updated = now;
	}
}

function existingField(call: Call): string {
	const name = call.path.name ?? '';
	if (!call.account.customFields.has(name)) throw notFound(`no such custom field ${name}`);
	return name;
}

function checkNewName(call: Call, name: string): void {
	const problem = customFieldNameProblem(name);
	if (problem) throw badRequest(problem);
	if (call.account.customFields.has(name)) {
		throw badRequest(`custom field ${name} exists already`);
	}
}
