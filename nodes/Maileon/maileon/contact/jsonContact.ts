/**
 * The JSON body of a create call.
 * Rests on "Create Contact By External ID (JSON)": fields are objects of name → value, and null is
 * not allowed.
 */
import { withoutNulls, type Contact, type FieldEntry } from './contact';
import { sendableText } from '../text';

/** At least `{}`. Empty parts are left out, and so are nulls and what XML could not hold. */
export function contactJsonBody(contact: Contact): string {
	const { customFields, standardFields } = withoutNulls(contact);
	const email = sendableText(contact.email ?? '');
	const externalId = sendableText(contact.externalId ?? '');
	const body: Record<string, unknown> = {};
	if (customFields.length > 0) body.custom_fields = fieldsObject(customFields);
	if (email !== '') body.email = email;
	if (externalId !== '') body.external_id = externalId;
	if (standardFields.length > 0) body.standard_fields = fieldsObject(standardFields);
	return JSON.stringify(body);
}

function fieldsObject(fields: readonly FieldEntry[]): Record<string, string | null> {
	return Object.fromEntries(
		fields.map(([name, value]) => [sendableText(name), value && sendableText(value)]),
	);
}
