import fc from 'fast-check';

import {
	mailingValues,
	type MailingValue,
} from '../../../nodes/Maileon/maileon/endpoints/mailingValues';
import { MAILING_ELEMENTS } from '../../../nodes/Maileon/maileon/mailing/elements';
import { propertiesDocument } from '../../../nodes/Maileon/maileon/mailing/properties';
import { valueDocument } from '../../../nodes/Maileon/maileon/mailing/values';
import { anyText, check, whatXmlCanHold } from '../../support/propertySettings';
import { readStrictly } from '../../support/strictXml';

const VALUES = Object.keys(mailingValues) as MailingValue[];

/** What is sent as HTML or text, in bytes. */
function sent(label: 'HTML' | 'Text', content: string): Buffer {
	const row = MAILING_ELEMENTS.find((one) => one.label === label);
	const [setting] =
		row && 'settings' in row
			? row.settings({
					values: {},
					html: { html: content, grabImages: false, trackLinks: false },
					text: content,
					addedBlacklists: [],
					removedBlacklists: [],
					properties: [],
					disableChecks: false,
				})
			: [];
	return Buffer.from(setting?.request('1').body?.content ?? 'nothing');
}

it.each(['HTML', 'Text'] as const)('%s is sent byte for byte, whatever it holds', (label) => {
	check(
		label,
		fc.property(anyText, (content) => {
			const wellFormed = [...content].filter((character) => character.isWellFormed()).join('');
			expect(sent(label, content).equals(Buffer.from(wellFormed))).toBe(true);
		}),
	);
});

it('a value is read by a strict parser as it was written', () => {
	check(
		'values',
		fc.property(fc.constantFrom(...VALUES), anyText, (value, text) => {
			const root = readStrictly(valueDocument(value, text));
			expect(root).toMatchObject({ name: mailingValues[value].element, children: [] });
			expect(root.text).toBe(whatXmlCanHold(text));
		}),
	);
});

it('properties are read by a strict parser as they were written', () => {
	const property = fc.record({ key: anyText, value: anyText });
	check(
		'properties',
		fc.property(fc.array(property, { maxLength: 4 }), (properties) => {
			const root = readStrictly(propertiesDocument(properties));
			const read = root.children.map(({ children }) => children.map(({ text }) => text));
			expect(read).toEqual(
				properties.map(({ key, value }) => [whatXmlCanHold(key), whatXmlCanHold(value)]),
			);
		}),
	);
});
