/**
 * Reads which contact an item names.
 */
import type { Contact } from '../maileon/contact/contact';
import type { ContactKey } from '../maileon/contact/contactKey';
import type { IdentifyBy } from '../maileon/contact/identity';
import { InputRefusal } from './refusal';
import type { ItemParameters } from './parameters';

const MODES: readonly IdentifyBy[] = ['email', 'externalId', 'maileonId'];

/**
 * The contact of a resource locator; a bare value, as an expression for the whole locator makes it,
 * is an email.
 * @throws InputRefusal when it is empty, or no number where a Maileon ID is expected
 */
export function readContactLocator(parameters: ItemParameters, name: string): ContactKey {
	const { mode, value } = parameters.locator(name);
	const by = mode === '' ? 'email' : MODES.find((known) => known === mode);
	if (by === undefined)
		throw new InputRefusal(
			`${parameters.label(name)} must be given by ${MODES.join(', ')}, but is given by "${mode}".`,
			{ field: name },
		);
	return checkedKey(by, value, parameters.label(name), name);
}

/**
 * The contact of a text parameter.
 * @throws InputRefusal when it is empty, or no number where a Maileon ID is expected
 */
export function readContactKey(
	parameters: ItemParameters,
	name: string,
	by: IdentifyBy,
): ContactKey {
	return checkedKey(by, parameters.requiredText(name), parameters.label(name), name);
}

/**
 * The identifiers that a contact is to get beside the one that finds it: an email without surrounding
 * spaces, an external ID as it is. What is empty or blank is left out.
 * @throws InputRefusal when one is a list or an object
 */
export function readIdentifiers(
	parameters: ItemParameters,
	names: { email?: string; externalId?: string },
): Pick<Contact, 'email' | 'externalId'> {
	const read = (name?: string) => (name === undefined ? '' : parameters.text(name));
	const externalId = read(names.externalId);
	return {
		email: read(names.email).trim() || undefined,
		externalId: externalId.trim() === '' ? undefined : externalId,
	};
}

function checkedKey(by: IdentifyBy, text: string, label: string, field: string): ContactKey {
	if (by === 'externalId') return { by, value: text };
	const value = text.trim();
	if (by === 'maileonId' && !/^\d+$/.test(value))
		throw new InputRefusal(`${label} must be a number, but is "${value}".`, {
			description: 'If this is the ID of your own system, use it as the external ID.',
			field,
		});
	return { by, value };
}
