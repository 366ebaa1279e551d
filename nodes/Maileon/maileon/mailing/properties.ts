/**
 * Custom properties of a mailing.
 * Rests on "Mailing – Get List of Custom Mailing Properties" and its sisters. Whether adding some replaces
 * those that are there is not documented, so all of them are written, and read afterwards.
 */
import { element, XML_DECLARATION } from '../xml/write';
import { sendableText } from '../text';
import type { MailingProperty } from './parts';

/** What is to become of a property; null takes it away. */
export interface PropertyChange {
	key: string;
	value: string | null;
}

/** The body that adds properties. */
export function propertiesDocument(properties: readonly MailingProperty[]): string {
	const elements = properties.map(
		({ key, value }) => `<property>${element('key', key)}${element('value', value)}</property>`,
	);
	return `${XML_DECLARATION}<properties>${elements.join('')}</properties>`;
}

/** A property that is given a value. */
export interface SetProperty {
	key: string;
	value: string;
}

/** How changes come about, by what Maileon has for each of them. */
export interface PropertyPlan {
	updated: SetProperty[];
	/** Keys; without those that the mailing does not have anyway. */
	removed: string[];
	added: SetProperty[];
}

/** What has to be done to properties that a mailing has, so that the changes come true. */
export function planProperties(
	existing: readonly MailingProperty[],
	changes: readonly PropertyChange[],
): PropertyPlan {
	const known = new Set(existing.map(({ key }) => key));
	const kept = changes.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }]));
	return {
		updated: kept.filter(({ key }) => known.has(key)),
		removed: changes.flatMap(({ key, value }) => (value === null && known.has(key) ? [key] : [])),
		added: kept.filter(({ key }) => !known.has(key)),
	};
}

/** The keys of those properties that a mailing was to have, and does not, or with another value. */
export function missingProperties(
	wanted: readonly MailingProperty[],
	found: readonly MailingProperty[],
): string[] {
	const values = new Map(found.map(({ key, value }) => [key, comparable(value)]));
	return wanted.flatMap(({ key, value }) => {
		return values.get(sendableText(key)) === comparable(value) ? [] : [key];
	});
}

/** None and an empty value are the same; white space can change on its way through XML. */
function comparable(text: string | null): string {
	return sendableText(text ?? '')
		.replace(/\s+/g, ' ')
		.trim();
}
