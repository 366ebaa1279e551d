import { checkAddress } from '../../account/mailingRules';
import type { Mailing } from '../../account/mailings';
import type { Answer } from '../../server/answer';
import { empty, xml } from '../../server/answer';
import { MAILEON_XML } from '../../server/media';
import type { QueryRule } from '../../server/query';
import { badRequest, notFound } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { childrenByName, expectName, listOf, parentElement, textElement, textOf } from '../../xml';
import { requiredText } from '../contactInput';
import { findDraft, findMailing, setAnswer, valueElement } from './mailing';

const PROPERTIES = '/mailings/:mailingId/settings/properties';
const MAX_PROPERTY = 255;
const NAME: QueryRule = { kind: 'text', required: true };

/** Settings of a mailing that are more than one value (documentation: reply-to address, custom property). */
export const settingRoutes: Route[] = [
	{ method: 'GET', path: '/mailings/:mailingId/settings/replyto', run: getReplyTo },
	{
		method: 'POST',
		path: '/mailings/:mailingId/settings/replyto',
		query: {
			active: { kind: 'boolean' },
			auto: { kind: 'boolean', required: true },
			customEmail: { kind: 'text' },
		},
		run: setReplyTo,
	},
	{
		method: 'PUT',
		path: '/mailings/:mailingId/settings/disableQosChecks',
		run: (call) => {
			findDraft(call).isChecked = false;
			return empty(200);
		},
	},
	{ method: 'GET', path: PROPERTIES, run: listProperties },
	{ method: 'POST', path: PROPERTIES, body: [MAILEON_XML], run: addProperties },
	{
		method: 'PUT',
		path: PROPERTIES,
		query: { name: NAME, value: { kind: 'text', required: true, ifEmpty: 'taken' } },
		run: updateProperty,
	},
	{ method: 'DELETE', path: PROPERTIES, query: { name: NAME }, run: removeProperty },
];

function getReplyTo(call: Call): Answer {
	const { active, auto, customEmail } = findMailing(call).replyTo;
	return xml(
		200,
		parentElement('reply_to', [
			textElement('active', active),
			textElement('auto', auto),
			valueElement(call, 'customEmail', customEmail),
		]),
	);
}

function setReplyTo(call: Call): Answer {
	const mailing = findDraft(call);
	const auto = call.query.flag('auto');
	const customEmail = call.query.text('customEmail') ?? null;
	const active = call.query.flag('active', true);
	if (customEmail !== null) checkAddress('customEmail', customEmail);
	else if (active && !auto) throw badRequest('without auto, customEmail is needed');
	mailing.replyTo = { active, auto, customEmail };
	return setAnswer(call);
}

function listProperties(call: Call): Answer {
	const properties = [...findMailing(call).properties].map(([key, value]) =>
		parentElement('property', [textElement('key', key), textElement('value', value)]),
	);
	if (properties.length > 0) return xml(200, parentElement('properties', properties));
	switch (call.variants.propertiesEmpty) {
		case 'selfClosing':
			return xml(200, '<properties/>');
		case 'openAndClose':
			return xml(200, '<properties></properties>');
		case 'noContent':
			return empty(204);
	}
}

function addProperties(call: Call): Answer {
	const mailing = findDraft(call);
	if (call.body.kind !== 'xml') throw badRequest('the body holds no properties');
	expectName(call.body.root, 'properties');
	const given = listOf(call.body.root, 'property').map((element): [string, string] => {
		const parts = childrenByName(element, ['key', 'value']);
		const value = parts.get('value');
		const property: [string, string] = [
			requiredText(parts, 'key', element.name),
			(value && textOf(value)) ?? '',
		];
		checkProperty(...property);
		return property;
	});
	const kept = call.variants.propertiesAdded === 'kept' ? mailing.properties : [];
	mailing.properties = new Map([...kept, ...given]);
	return setAnswer(call);
}

function updateProperty(call: Call): Answer {
	const mailing = findDraft(call);
	const name = existingProperty(call, mailing);
	const value = call.query.text('value') ?? '';
	checkProperty(name, value);
	mailing.properties = new Map([...mailing.properties, [name, value]]);
	return empty(200);
}

function removeProperty(call: Call): Answer {
	const mailing = findDraft(call);
	const name = existingProperty(call, mailing);
	mailing.properties = new Map([...mailing.properties].filter(([key]) => key !== name));
	return empty(200);
}

function existingProperty({ query }: Call, { id, properties }: Mailing): string {
	const name = query.text('name') ?? '';
	checkProperty(name, '');
	if (!properties.has(name)) throw notFound(`mailing ${id} has no property ${name}`);
	return name;
}

function checkProperty(name: string, value: string): void {
	for (const [what, text] of Object.entries({ name, value })) {
		if ([...text].length > MAX_PROPERTY) {
			throw badRequest(`the ${what} of a property must not exceed ${MAX_PROPERTY} characters`);
		}
	}
}
